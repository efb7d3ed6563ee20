using System.Collections.Immutable;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>Answers from two sources: somebody has what either of them gives. What both give is told as the first tells it.</summary>
/// <param name="first">The first.</param>
/// <param name="second">The second.</param>
public sealed class UnionAccessSource(IAccessSource first, IAccessSource second) : IAccessSource
{
    private readonly Dictionary<string, ImmutableArray<Entitlement>> _entitlements = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public SubjectRelations Relations => first.Relations;

    /// <inheritdoc/>
    public ImmutableArray<Entitlement> On(Cluster cluster)
    {
        if (!_entitlements.TryGetValue(cluster.Name, out var entitlements))
        {
            var known = first.On(cluster);
            _entitlements.Add(cluster.Name, entitlements = [.. known, .. second.On(cluster).Where(more => !known.Any(less => Covers(less, more)))]);
        }

        return entitlements;
    }

    private bool Covers(Entitlement less, Entitlement more)
        => Relations.MembershipsOf(more.Holder).Contains(less.Holder)
            && string.Equals(less.Component.ClusterRoleName, more.Component.ClusterRoleName, StringComparison.Ordinal)
            && more.Paths.All(less.Paths.Contains)
            && less.Condition.Postures.All(more.Condition.Postures.Contains)
            && (less.Namespaces is not { } namespaces || (more.Namespaces is { } asked && asked.All(ns => namespaces.Contains(ns, StringComparer.Ordinal))));
}
