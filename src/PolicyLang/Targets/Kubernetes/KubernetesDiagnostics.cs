using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>The diagnostics of the kubernetes target.</summary>
public static class KubernetesDiagnostics
{
    /// <summary>The output template is no relative folder with <c>{cluster}</c> in it.</summary>
    public static readonly DiagnosticDescriptor InvalidOutputTemplate = new("kubernetes-output-template", DiagnosticSeverity.Error, "the `output` template of the kubernetes section does not name a folder for each cluster");

    /// <summary>The marker's namespace is no legal namespace name.</summary>
    public static readonly DiagnosticDescriptor InvalidMarkerNamespace = new("kubernetes-marker-namespace", DiagnosticSeverity.Error, "`marker_namespace` of the kubernetes section is not a legal namespace name");

    /// <summary>The identity that applies the files cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidApplier = new("kubernetes-applier", DiagnosticSeverity.Error, "`applier` of the kubernetes section does not name a Kubernetes identity");

    /// <summary>A Kubernetes user or group without a name.</summary>
    public static readonly DiagnosticDescriptor EmptySubjectName = new("empty-kubernetes-name", DiagnosticSeverity.Error, "a subject would be bound to an empty Kubernetes name");

    /// <summary>A name that holds characters which no manifest should carry.</summary>
    public static readonly DiagnosticDescriptor UnwritableName = new("unwritable-kubernetes-name", DiagnosticSeverity.Error, "a Kubernetes name holds control characters or broken Unicode");

    /// <summary>A ClusterRole name that a binding cannot refer to.</summary>
    public static readonly DiagnosticDescriptor InvalidClusterRoleName = new("invalid-clusterrole-name", DiagnosticSeverity.Error, "a ClusterRole name is not a legal object name");

    /// <summary>An existing ClusterRole with a name that policyc writes itself.</summary>
    public static readonly DiagnosticDescriptor ReservedClusterRoleName = new("reserved-clusterrole-name", DiagnosticSeverity.Error, "a role names an existing ClusterRole whose name is policyc's own");

    /// <summary>One ClusterRole name with two contents.</summary>
    public static readonly DiagnosticDescriptor ConflictingClusterRole = new("conflicting-clusterrole", DiagnosticSeverity.Error, "two roles of a cluster want the same ClusterRole name for different rights");

    /// <summary>Own rules that RBAC cannot hold.</summary>
    public static readonly DiagnosticDescriptor UnwritableRule = new("unwritable-rbac-rule", DiagnosticSeverity.Error, "a role holds a rule that RBAC would refuse or read more widely");

    /// <summary>Two bindings with one name.</summary>
    public static readonly DiagnosticDescriptor BindingNameCollision = new("binding-name-collision", DiagnosticSeverity.Error, "two bindings of a cluster or namespace would have the same name");

    /// <summary>A proxy without a usable service account.</summary>
    public static readonly DiagnosticDescriptor InvalidProxyAccount = new("invalid-proxy-account", DiagnosticSeverity.Error, "a proxy's service account is not a legal Kubernetes name");

    /// <summary>Two proxies that share a service account although they may impersonate different people.</summary>
    public static readonly DiagnosticDescriptor SharedProxyAccount = new("shared-proxy-account", DiagnosticSeverity.Error, "two proxies share a service account, so that the lock of each opens the other");
}
