using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>
/// The Kubernetes names of subjects. A group is keyed by cluster and team, so that a slipped tag or label elsewhere grants nothing and a new namespace
/// is a role binding and nothing else. Declared names have no <c>:</c> and no <c>+</c>, so every generated name can be taken apart again.
/// </summary>
internal static class KubernetesGroupNames
{
    // A tagged Tailscale device without a capability becomes a member of the group `tag:…`; the others belong to Kubernetes, EKS and policyc.
    private static readonly string[] ReservedPrefixes = ["system:", "policyc:", "eks:", "tag:"];

    /// <summary>The suffix of a rule with its own paths or condition: from the rule's own text, so that adding a rule never renames another.</summary>
    public static string SuffixOf(BoundAllow allow)
    {
        var via = allow.Via is { } paths ? ":via-" + string.Join('+', paths.Select(p => p.Value.Name).Order(StringComparer.Ordinal)) : "";
        var when = allow.Condition.IsAlways ? "" : ":when-" + allow.Condition.Key;
        return via + when;
    }

    /// <summary>The group that proxies assert for a subject in a cluster.</summary>
    public static string For(Cluster cluster, Subject subject, string suffix)
        => subject.KubernetesGroup is { } setting ? setting.Text + suffix : $"policyc:{cluster.Name}:{subject.Name}{suffix}";

    /// <summary>The name that an API server gives a principal by itself, or nothing when it must not be bound.</summary>
    public static RbacSubject? ForNative(NativePrincipal principal, Authenticator authenticator)
    {
        var name = principal.Kind switch
        {
            PrincipalKind.Group => authenticator.GroupsPrefix + principal.Value,
            PrincipalKind.Person when authenticator.UsersPrefix is { } prefix => prefix + principal.Value,
            _ => null,
        };
        return name is null || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            ? null
            : new RbacSubject(principal.Kind == PrincipalKind.Group ? RbacSubjectKind.Group : RbacSubjectKind.User, name, IsOwned: false);
    }
}
