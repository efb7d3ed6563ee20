using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Policies;

/// <summary>Looks for rights in the roles that rules give. The same few roles stand in many rules; each is looked into once.</summary>
/// <param name="powers">The rights; any one of them is enough.</param>
internal sealed class PowerSearch(ImmutableArray<RbacRule> powers)
{
    private readonly Dictionary<GivenRole, HeldRight?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The first right that a role has in common with those looked for, beyond what Kubernetes' own roles for people hold; nothing when there is none.</summary>
    public HeldRight? In(GivenRole role)
    {
        if (!_known.TryGetValue(role, out var right))
        {
            _known.Add(role, right = Find(role));
        }

        return right;
    }

    private HeldRight? Find(GivenRole role)
    {
        foreach (var component in role.IsEverything ? [] : role.Components)
        {
            if (!HasRuleOfItsOwn(component) && ForbiddenRights.RulesOf(component) is { } rules && RuleMeeting.Find(rules.RemoveAll(IsForNamedAlone), powers, !role.IsClusterWide) is { } right)
            {
                return right;
            }
        }

        return null;
    }

    // Some secrets by their names are not every secret. The names behind `bind`, `escalate` and `impersonate` are those of rights and people, which may be all there is.
    private static bool IsForNamedAlone(RbacRule rule) => !rule.ResourceNames.IsEmpty && !rule.Verbs.Any(verb => verb is "*" or "bind" or "escalate" or "impersonate");

    // What Kubernetes offers to people, and what it keeps for its own components, is found by name.
    private static bool HasRuleOfItsOwn(RoleComponent component)
        => component.ClusterRoleName is "admin" or "cluster-admin" or "edit" or "view" || component.ClusterRoleName.StartsWith("system:", StringComparison.Ordinal);
}
