using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Policies;

/// <summary>A role that a rule gives.</summary>
/// <param name="Allow">The rule.</param>
/// <param name="Role">The role.</param>
/// <param name="Location">Where the rule names it.</param>
/// <param name="IsClusterWide">Whether the rule gives it for whole clusters.</param>
/// <param name="Components">The ClusterRoles it consists of, in every version that the rule's clusters have.</param>
internal sealed record RoleUse(BoundAllow Allow, Role Role, SourceLocation Location, bool IsClusterWide, ImmutableArray<RoleComponent> Components)
{
    /// <summary>Whether the rule says why.</summary>
    public bool IsExplained => Allow.Rule.Because is not null;

    /// <summary>Whether the role holds everything there is.</summary>
    public bool IsEverything => Components.Any(component => ForbiddenRights.RulesOf(component) is { } rules && RbacRules.Covers(rules, ImpliedRights.Everything));

    /// <summary>The first right that the role has in common with some, beyond what Kubernetes' own roles for people hold; nothing when there is none.</summary>
    /// <param name="asked">The rights.</param>
    public HeldRight? Find(ImmutableArray<RbacRule> asked)
        => IsEverything ? null : Components
            .Where(component => !HasRuleOfItsOwn(component))
            .Select(component => ForbiddenRights.RulesOf(component) is { } rules ? RuleMeeting.Find(rules, asked, !IsClusterWide) : null)
            .FirstOrDefault(right => right is not null);

    // What Kubernetes offers to people, and what it keeps for its own components, is found by name.
    private static bool HasRuleOfItsOwn(RoleComponent component)
        => component.ClusterRoleName is "admin" or "cluster-admin" or "edit" or "view" || component.ClusterRoleName.StartsWith("system:", StringComparison.Ordinal);

    /// <summary>The roles of all rules in force, in source order.</summary>
    public static ImmutableArray<RoleUse> Find(PolicyModel policy, AccessModel access)
    {
        var components = access.Clusters
            .SelectMany(cluster => cluster.Grants)
            .GroupBy(grant => (grant.Rule, grant.Role.Name))
            .ToDictionary(group => group.Key, group => group.SelectMany(grant => grant.Role.Components).Distinct().ToImmutableArray());
        return
        [
            .. policy.Allows.SelectMany(allow => allow.Roles
                .Where(role => components.ContainsKey((allow.Rule, role.Value.Name)))
                .Select(role => new RoleUse(allow, role.Value, role.Location, allow.Places.Any(place => place.Namespaces is null), components[(allow.Rule, role.Value.Name)]))),
        ];
    }
}
