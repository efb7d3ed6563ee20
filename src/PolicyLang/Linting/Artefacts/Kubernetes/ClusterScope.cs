using PolicyLang.Access;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Which rights no Role or RoleBinding can give, since requests for them name no namespace.</summary>
internal static class ClusterScope
{
    /// <summary>Whether nothing of a rule can be given in a namespace.</summary>
    public static bool IsOutOfNamespaces(RbacRule rule)
        => rule.Resources.IsEmpty
            ? !rule.NonResourceUrls.IsEmpty
            : !rule.ApiGroups.IsEmpty && rule.Resources.All(resource => IsOutOfNamespaces(rule, resource));

    /// <summary>Whether nothing that a rule says of one of its resources can be given in a namespace. What is not built in is not known.</summary>
    public static bool IsOutOfNamespaces(RbacRule rule, string resource)
    {
        var (name, subresource) = resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? (resource[..slash], resource[(slash + 1)..]) : (resource, "");
        var isKnown = false;
        foreach (var group in rule.ApiGroups)
        {
            if (!ResourceTable.BuiltIn.HasGroup(group))
            {
                return false;
            }

            if (ResourceTable.BuiltIn.Find(group, name, subresource) is { } found)
            {
                isKnown = true;
                if (found.IsNamespaced || rule.Verbs.Any(verb => IsAskedInNamespaces(group, name, verb)))
                {
                    return false;
                }
            }
        }

        return isKnown;
    }

    // A request for one Namespace names it as its namespace. Binding a ClusterRole in a namespace and using a PodSecurityPolicy are asked for there too.
    private static bool IsAskedInNamespaces(string group, string resource, string verb) => (group, resource) switch
    {
        ("", "namespaces") => verb is not ("list" or "watch" or "create" or "deletecollection"),
        ("rbac.authorization.k8s.io", "clusterroles") => verb is "bind" or "*",
        ("policy", "podsecuritypolicies") => verb is "use" or "*",
        _ => false,
    };
}
