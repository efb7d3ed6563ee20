using PolicyLang.Diagnostics;

namespace PolicyLang.Access;

/// <summary>The diagnostics of the access model.</summary>
public static class AccessDiagnostics
{
    /// <summary>Reach-only paths whose gates and roles do not form a product.</summary>
    public static readonly DiagnosticDescriptor ReachCannotSeparate = new("reach-cannot-separate", DiagnosticSeverity.Error, "behind paths that carry only reach, the API server cannot tell by which path or under which condition somebody came, so roles meant for one apply on all");

    /// <summary>A binding to a person that a proxy would let somebody use too.</summary>
    public static readonly DiagnosticDescriptor UserBindingCrossesPaths = new("user-binding-crosses-paths", DiagnosticSeverity.Error, "a role would be bound to a person by a name that a proxy of the cluster asserts too, so it would also hold on the proxy's path");

    /// <summary>Two sources of one Kubernetes name.</summary>
    public static readonly DiagnosticDescriptor KubernetesNameCollision = new("kubernetes-name-collision", DiagnosticSeverity.Error, "two different sources give the same Kubernetes group in one cluster, so rights of one would be rights of the other");

    /// <summary>Subjects assumed disjoint that list one member.</summary>
    public static readonly DiagnosticDescriptor ContradictedAssumption = new("contradicted-assumption", DiagnosticSeverity.Error, "`assume disjoint` names subjects that the policy itself gives a common member");
}
