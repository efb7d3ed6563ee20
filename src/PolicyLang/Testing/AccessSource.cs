using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>A ClusterRole that somebody holds on a cluster: what every source of answers comes down to.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Holder">Who holds it: everybody in the subject.</param>
/// <param name="RoleName">The role of the policy that it comes from.</param>
/// <param name="Component">The ClusterRole.</param>
/// <param name="Namespaces">In which namespaces; absent for the whole cluster.</param>
/// <param name="Paths">By which paths.</param>
/// <param name="Condition">Under which condition.</param>
/// <param name="Rule">What gives it.</param>
public sealed record Entitlement(
    Cluster Cluster,
    Subject Holder,
    string RoleName,
    RoleComponent Component,
    ImmutableArray<string>? Namespaces,
    ImmutableArray<AccessPath> Paths,
    Condition Condition,
    AllowRule Rule)
{
    /// <summary>Whether it is known for sure; in artefacts that are not understood as a whole somebody may have what nobody can tell.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>How artefacts give it, link by link; empty where the policy does.</summary>
    public ImmutableArray<ChainLink> Evidence { get; init; } = [];
}

/// <summary>Where answers about access come from: the policy, or artefacts read back.</summary>
public interface IAccessSource
{
    /// <summary>Who may be in several subjects at once.</summary>
    SubjectRelations Relations { get; }

    /// <summary>What is held on a cluster, in a fixed order.</summary>
    ImmutableArray<Entitlement> On(Cluster cluster);
}

/// <summary>Answers from the policy itself.</summary>
public sealed class PolicyAccessSource : IAccessSource
{
    private readonly Dictionary<string, ClusterAccess> _clusters;
    private readonly Dictionary<string, ImmutableArray<Entitlement>> _entitlements = new(StringComparer.Ordinal);

    /// <summary>Creates the source.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="access">Its access model.</param>
    public PolicyAccessSource(PolicyModel policy, AccessModel access)
    {
        _clusters = access.Clusters.ToDictionary(c => c.Cluster.Name, StringComparer.Ordinal);
        Relations = new SubjectRelations(policy.Subjects.Values, access.Overlaps);
    }

    /// <inheritdoc/>
    public SubjectRelations Relations { get; }

    /// <inheritdoc/>
    public ImmutableArray<Entitlement> On(Cluster cluster)
    {
        if (!_entitlements.TryGetValue(cluster.Name, out var entitlements))
        {
            entitlements = _clusters.TryGetValue(cluster.Name, out var access)
                ? [.. access.Grants.SelectMany(g => g.Role.Components.Select(c => new Entitlement(cluster, g.Subject, g.Role.Name, c, g.Namespaces, g.Paths, g.Condition, g.Rule)))]
                : [];
            _entitlements.Add(cluster.Name, entitlements);
        }

        return entitlements;
    }
}
