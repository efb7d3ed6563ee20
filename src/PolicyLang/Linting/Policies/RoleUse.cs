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
    public bool IsEverything { get; private init; }

    /// <summary>The first right that the role has in common with some, beyond what Kubernetes' own roles for people hold; nothing when there is none.</summary>
    /// <param name="asked">The rights.</param>
    /// <param name="known">What was found in ClusterRoles before: the same few stand in many rules.</param>
    public HeldRight? Find(ImmutableArray<RbacRule> asked, Dictionary<(RoleComponent Component, bool InNamespace), HeldRight?> known)
    {
        if (IsEverything)
        {
            return null;
        }

        foreach (var component in Components)
        {
            if (!known.TryGetValue((component, !IsClusterWide), out var right))
            {
                right = !HasRuleOfItsOwn(component) && ForbiddenRights.RulesOf(component) is { } rules ? RuleMeeting.Find(rules, asked, !IsClusterWide) : null;
                known.Add((component, !IsClusterWide), right);
            }

            if (right is not null)
            {
                return right;
            }
        }

        return null;
    }

    // What Kubernetes offers to people, and what it keeps for its own components, is found by name.
    private static bool HasRuleOfItsOwn(RoleComponent component)
        => component.ClusterRoleName is "admin" or "cluster-admin" or "edit" or "view" || component.ClusterRoleName.StartsWith("system:", StringComparison.Ordinal);

    /// <summary>The roles of all rules in force, in source order.</summary>
    public static ImmutableArray<RoleUse> Find(PolicyModel policy, AccessModel access)
    {
        var components = new Dictionary<AllowRule, Dictionary<string, ImmutableArray<RoleComponent>>>(ReferenceEqualityComparer.Instance);
        foreach (var grant in access.Clusters.SelectMany(cluster => cluster.Grants))
        {
            if (!components.TryGetValue(grant.Rule, out var byRole))
            {
                components.Add(grant.Rule, byRole = new Dictionary<string, ImmutableArray<RoleComponent>>(StringComparer.Ordinal));
            }

            var known = byRole.GetValueOrDefault(grant.Role.Name, []);
            if (known != grant.Role.Components)
            {
                byRole[grant.Role.Name] = known.IsEmpty ? grant.Role.Components : [.. known.Union(grant.Role.Components)];
            }
        }

        var everything = new Dictionary<RoleComponent, bool>();
        var uses = ImmutableArray.CreateBuilder<RoleUse>();
        foreach (var allow in policy.Allows)
        {
            var isClusterWide = allow.Places.Any(place => place.Namespaces is null);
            foreach (var role in allow.Roles)
            {
                if (components.TryGetValue(allow.Rule, out var byRole) && byRole.TryGetValue(role.Value.Name, out var held))
                {
                    uses.Add(new RoleUse(allow, role.Value, role.Location, isClusterWide, held) { IsEverything = held.Any(HoldsEverything) });
                }
            }
        }

        return uses.ToImmutable();

        bool HoldsEverything(RoleComponent component)
        {
            if (!everything.TryGetValue(component, out var holds))
            {
                everything.Add(component, holds = ForbiddenRights.RulesOf(component) is { } rules && RbacRules.Covers(rules, ImpliedRights.Everything));
            }

            return holds;
        }
    }
}
