using k8s.Models;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Parts of RBAC objects. API groups are always explicit, so that what is applied is what the server shows.</summary>
internal static class RbacObjects
{
    public const string ApiGroup = "rbac.authorization.k8s.io";
    public const string ApiVersion = "rbac.authorization.k8s.io/v1";

    /// <summary>A reference to a ClusterRole: always a ClusterRole, never a Role of the same name in the namespace.</summary>
    public static V1RoleRef ClusterRole(string name) => new() { ApiGroup = ApiGroup, Kind = "ClusterRole", Name = name };

    public static Rbacv1Subject Subject(RbacSubject subject)
        => new() { ApiGroup = ApiGroup, Kind = subject.Kind == RbacSubjectKind.Group ? "Group" : "User", Name = subject.Name };

    public static Rbacv1Subject ServiceAccount(string ns, string name) => new() { Kind = "ServiceAccount", Name = name, NamespaceProperty = ns };

    public static V1PolicyRule Rule(RbacRule rule)
        => new()
        {
            ApiGroups = OrNothing(rule.ApiGroups),
            Resources = OrNothing(rule.Resources),
            ResourceNames = OrNothing(rule.ResourceNames),
            NonResourceURLs = OrNothing(rule.NonResourceUrls),
            Verbs = [.. rule.Verbs],
        };

    /// <summary>A rule about resources of one API group, for every object.</summary>
    public static V1PolicyRule Rule(string apiGroup, IList<string> resources, params IList<string> verbs)
        => new() { ApiGroups = [apiGroup], Resources = resources, Verbs = verbs };

    /// <summary>A rule about named objects only. There must be a name: a rule with an empty list holds for every object.</summary>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public static V1PolicyRule RuleFor(IReadOnlyCollection<string> names, string apiGroup, string resource, params IList<string> verbs)
        => names.Count == 0
            ? throw new ArgumentException("a rule without names would hold for every object", nameof(names))
            : new() { ApiGroups = [apiGroup], Resources = [resource], ResourceNames = [.. names], Verbs = verbs };

    public static V1ClusterRoleBinding ClusterRoleBinding(V1ObjectMeta metadata, string clusterRole, Rbacv1Subject subject)
        => new() { ApiVersion = ApiVersion, Kind = "ClusterRoleBinding", Metadata = metadata, RoleRef = ClusterRole(clusterRole), Subjects = new[] { subject } };

    public static V1RoleBinding RoleBinding(V1ObjectMeta metadata, string clusterRole, Rbacv1Subject subject)
        => new() { ApiVersion = ApiVersion, Kind = "RoleBinding", Metadata = metadata, RoleRef = ClusterRole(clusterRole), Subjects = new[] { subject } };

    private static List<string>? OrNothing(System.Collections.Immutable.ImmutableArray<string> texts) => texts.IsEmpty ? null : [.. texts];
}
