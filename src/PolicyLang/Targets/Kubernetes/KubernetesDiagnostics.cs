using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>The diagnostics of the kubernetes target.</summary>
public static class KubernetesDiagnostics
{
    /// <summary>The output template is no relative folder with <c>{cluster}</c> in it.</summary>
    public static readonly DiagnosticDescriptor InvalidOutputTemplate = new("kubernetes-output-template", DiagnosticSeverity.Error, "the `output` template of the kubernetes section does not name a folder for each cluster")
    {
        Explanation =
            "`output` of the `kubernetes` section is a template for the folder of each cluster's files, relative to the output root and with `{cluster}` where the "
            + "cluster's name stands. Without it, clusters would write over each other's files. Write a template such as `kubernetes/{cluster}/`.",
    };

    /// <summary>The marker's namespace is no legal namespace name.</summary>
    public static readonly DiagnosticDescriptor InvalidMarkerNamespace = new("kubernetes-marker-namespace", DiagnosticSeverity.Error, "`marker_namespace` of the kubernetes section is not a legal namespace name")
    {
        Explanation =
            "`marker_namespace` names the namespace of the ConfigMap that keeps the set of objects from ever being empty. No namespace can have this name, so the "
            + "manifests could not be applied. Write at most 63 small letters, digits and hyphens, such as `default`.",
    };

    /// <summary>The identity that applies the files cannot be read.</summary>
    public static readonly DiagnosticDescriptor InvalidApplier = new("kubernetes-applier", DiagnosticSeverity.Error, "`applier` of the kubernetes section does not name a Kubernetes identity")
    {
        Explanation =
            "`applier` is the identity that applies the files, written as `User:NAME`, `Group:NAME` or `ServiceAccount:NAMESPACE/NAME`. It gets the rights to write "
            + "bindings, so it must be exactly who is meant; names that begin with `system:` or `policyc:` are reserved. Correct it, or leave it out and bind the "
            + "roles of `applier.yaml` yourself.",
    };

    /// <summary>A Kubernetes user or group without a name.</summary>
    public static readonly DiagnosticDescriptor EmptySubjectName = new("empty-kubernetes-name", DiagnosticSeverity.Error, "a subject would be bound to an empty Kubernetes name")
    {
        Explanation =
            "A subject would be bound under a Kubernetes name that is empty. Whom an API server would take it for is not known, so nothing is written. Give the "
            + "subject a name in the system that the finding speaks of.",
    };

    /// <summary>A name that holds characters which no manifest should carry.</summary>
    public static readonly DiagnosticDescriptor UnwritableName = new("unwritable-kubernetes-name", DiagnosticSeverity.Error, "a Kubernetes name holds control characters or broken Unicode")
    {
        Explanation =
            "The name that a subject has for the API server holds a control character or broken Unicode. A manifest cannot carry it so that every tool reads it "
            + "back alike. Rename it where it comes from.",
    };

    /// <summary>A ClusterRole name that a binding cannot refer to.</summary>
    public static readonly DiagnosticDescriptor InvalidClusterRoleName = new("invalid-clusterrole-name", DiagnosticSeverity.Error, "a ClusterRole name is not a legal object name")
    {
        Explanation =
            "The name of a ClusterRole cannot be that of an object: it is empty, longer than 253 bytes, `.` or `..`, or holds `/`, `%` or a control character. The "
            + "API server would refuse the binding. Correct the name in the role.",
    };

    /// <summary>An existing ClusterRole with a name that policyc writes itself.</summary>
    public static readonly DiagnosticDescriptor ReservedClusterRoleName = new("reserved-clusterrole-name", DiagnosticSeverity.Error, "a role names an existing ClusterRole whose name is policyc's own")
    {
        Explanation =
            "The name is one that policyc writes for something else, such as a lock or the rights of the applier. Two contents under one name would replace each "
            + "other. Declare the role's rights in the policy, or use another name.",
    };

    /// <summary>One ClusterRole name with two contents.</summary>
    public static readonly DiagnosticDescriptor ConflictingClusterRole = new("conflicting-clusterrole", DiagnosticSeverity.Error, "two roles of a cluster want the same ClusterRole name for different rights")
    {
        Explanation =
            "Two roles want one ClusterRole name in a cluster, and hold different rights. One would replace the other, so that somebody had too much or too little. "
            + "Rename one of the roles.",
    };

    /// <summary>Own rules that RBAC cannot hold.</summary>
    public static readonly DiagnosticDescriptor UnwritableRule = new("unwritable-rbac-rule", DiagnosticSeverity.Error, "a role holds a rule that RBAC would refuse or read more widely")
    {
        Explanation =
            "A role's rights contain a rule that the API server would refuse, or read more widely than it says: an empty object name, for one, matches every "
            + "request that names no object. The rule is refused instead of written. Correct the `can` that it comes from.",
    };

    /// <summary>Two bindings with one name.</summary>
    public static readonly DiagnosticDescriptor BindingNameCollision = new("binding-name-collision", DiagnosticSeverity.Error, "two bindings of a cluster or namespace would have the same name")
    {
        Explanation =
            "The name of a binding is made of its group and its ClusterRole. For Kubernetes groups with names of your own, two different pairs can give one name, "
            + "such as `platform` with `ops-view` and `platform-ops` with `view`, and one binding would replace the other. Rename one of the Kubernetes groups.",
        Example = """
            cluster prod       { tailscale { tag = "tag:k8s-prod" } }
            group platform     { members = [alice@acme.com]  kubernetes = "platform" }
            group platform-ops { members = [bob@acme.com]    kubernetes = "platform-ops" }
            role ops-view = clusterrole "ops-view"
            role view     = clusterrole "view"
            allow platform     as ops-view on prod cluster-wide
            allow platform-ops as view     on prod cluster-wide
            """,
    };

    /// <summary>A proxy without a usable service account.</summary>
    public static readonly DiagnosticDescriptor InvalidProxyAccount = new("invalid-proxy-account", DiagnosticSeverity.Error, "a proxy's service account is not a legal Kubernetes name")
    {
        Explanation =
            "A proxy tells the API server who is calling, and its lock limits the service account by which it does. Either the account cannot exist, or two proxies "
            + "of the cluster have one name, so that there would be one lock for both. Write namespace and name of the account with small letters, digits and dashes, "
            + "and give endpoints different names.",
    };

    /// <summary>Two proxies that share a service account although they may impersonate different people.</summary>
    public static readonly DiagnosticDescriptor SharedProxyAccount = new("shared-proxy-account", DiagnosticSeverity.Error, "two proxies share a service account, so that the lock of each opens the other")
    {
        Explanation =
            "Two proxies of a cluster use one service account. Each has a lock that says whom it may speak for, and RBAC adds up: on one account, each proxy could "
            + "speak for the people of the other. Give each proxy an account of its own.",
        Example = """
            cluster prod {
              tailscale { tag = "tag:k8s-prod"  service_account = "proxies/proxy" }
              teleport  { label = "policyc-cluster=prod"  service_account = "proxies/proxy" }
            }
            group sre { tailscale = "group:sre@acme.com"  github = "acme/sre" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide via tailscale
            """,
    };
}
