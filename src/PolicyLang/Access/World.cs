using System.Collections.Immutable;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Somebody who comes by a path while some postures hold.</summary>
/// <param name="Memberships">Every subject that the principal is or belongs to, groups that list these included.</param>
/// <param name="Path">The path.</param>
/// <param name="Holding">The postures that hold.</param>
public sealed record World(ImmutableHashSet<Subject> Memberships, AccessPath Path, ImmutableHashSet<Posture> Holding)
{
    /// <summary>Whether a condition holds.</summary>
    public bool Satisfies(Condition condition) => condition.Postures.All(Holding.Contains);
}

/// <summary>A ClusterRole in a scope: what the policy gives is a set of these.</summary>
/// <param name="Component">The ClusterRole.</param>
/// <param name="Namespace">The namespace; absent for the whole cluster.</param>
public readonly record struct ScopedRole(RoleComponent Component, string? Namespace);

/// <summary>Answers what the policy gives in a world.</summary>
public static class WorldRights
{
    /// <summary>The ClusterRoles that the policy's rules give in a world on one cluster, each with the rules that give it.</summary>
    public static IReadOnlyDictionary<ScopedRole, ImmutableArray<AllowRule>> RightsIn(this ClusterAccess access, World world)
    {
        var rights = new Dictionary<ScopedRole, ImmutableArray<AllowRule>>();
        foreach (var grant in access.Grants)
        {
            if (!world.Memberships.Contains(grant.Subject) || !grant.Paths.Contains(world.Path) || !world.Satisfies(grant.Condition))
            {
                continue;
            }

            foreach (var component in grant.Role.Components)
            {
                foreach (var ns in grant.Namespaces?.AsEnumerable<string?>() ?? [null])
                {
                    var key = new ScopedRole(component, ns);
                    rights[key] = rights.GetValueOrDefault(key, []).Add(grant.Rule);
                }
            }
        }

        return rights;
    }
}
