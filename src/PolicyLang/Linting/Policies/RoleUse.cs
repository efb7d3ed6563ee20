using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Policies;

/// <summary>What a rule gives by naming a role. Rules that give the same share it, so that it is looked into once.</summary>
/// <param name="Components">The ClusterRoles it consists of, in every version that the rule's clusters have.</param>
/// <param name="IsClusterWide">Whether it is given for whole clusters.</param>
/// <param name="IsEverything">Whether it holds everything there is.</param>
internal sealed record GivenRole(ImmutableArray<RoleComponent> Components, bool IsClusterWide, bool IsEverything);

/// <summary>A role that a rule gives.</summary>
/// <param name="Allow">The rule.</param>
/// <param name="Role">The role.</param>
/// <param name="Location">Where the rule names it.</param>
/// <param name="Given">What it is.</param>
internal sealed record RoleUse(BoundAllow Allow, Role Role, SourceLocation Location, GivenRole Given)
{
    /// <summary>Whether the rule says why.</summary>
    public bool IsExplained => Allow.Rule.IsExplained;

    /// <summary>The roles of all rules in force, in source order.</summary>
    public static ImmutableArray<RoleUse> Find(PolicyModel policy, RoleVersions roles)
    {
        var everything = new Dictionary<RoleComponent, bool>();
        var given = new Dictionary<(ImmutableArray<RoleComponent> Components, bool IsClusterWide), GivenRole>();
        var uses = ImmutableArray.CreateBuilder<RoleUse>(policy.Allows.Length);
        foreach (var allow in policy.Allows)
        {
            var isClusterWide = allow.Places.Any(place => place.Namespaces is null);
            foreach (var role in allow.Roles)
            {
                var components = roles.ComponentsOf(role.Value, allow);
                if (components.IsEmpty)
                {
                    continue;
                }

                if (!given.TryGetValue((components, isClusterWide), out var gift))
                {
                    given.Add((components, isClusterWide), gift = new GivenRole(components, isClusterWide, components.Any(HoldsEverything)));
                }

                uses.Add(new RoleUse(allow, role.Value, role.Location, gift));
            }
        }

        return uses.DrainToImmutable();

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
