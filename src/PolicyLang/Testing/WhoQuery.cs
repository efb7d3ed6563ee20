using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Testing;

/// <summary>How somebody comes to a right.</summary>
public enum WayKind
{
    /// <summary>A role gives it.</summary>
    Direct,

    /// <summary>A role has content that policyc does not know, so it may give it.</summary>
    UnknownContent,

    /// <summary>A role gives a right that counts as every right in its scope.</summary>
    Implied,

    /// <summary>A role lets somebody run code as a service account, which may have it.</summary>
    RunsCode,

    /// <summary>Artefacts that are not understood as a whole may give it.</summary>
    Undecided,
}

/// <summary>Somebody who can do at least a part of what was asked for.</summary>
/// <param name="Entitlement">What gives it; its holder is who can.</param>
/// <param name="Kind">How.</param>
/// <param name="Right">The right, or the one that leads to it; absent where any right was asked for.</param>
/// <param name="Namespaces">Where; absent for the whole cluster.</param>
/// <param name="Paths">By which paths.</param>
public sealed record WhoRow(Entitlement Entitlement, WayKind Kind, HeldRight? Right, ImmutableArray<string>? Namespaces, ImmutableArray<AccessPath> Paths);

/// <summary>Finds everybody who can do something: in part, somewhere, by some path or under some condition. Nobody is left out for having less than all of it.</summary>
public static class WhoQuery
{
    /// <summary>Asks.</summary>
    /// <param name="rights">What, as what somebody must not have; absent for reaching the clusters.</param>
    /// <param name="places">Where.</param>
    /// <param name="paths">By which paths; absent for all.</param>
    /// <param name="condition">The postures that hold; absent for whatever holds.</param>
    /// <param name="followsIndirect">Whether to follow rights that lead to others.</param>
    /// <param name="source">Who holds what.</param>
    public static ImmutableArray<WhoRow> Ask(
        BoundRights? rights,
        ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> places,
        ImmutableArray<AccessPath>? paths,
        Condition? condition,
        bool followsIndirect,
        IAccessSource source)
    {
        var forbidden = new ForbiddenRights(rights);
        var rows = ImmutableArray.CreateBuilder<WhoRow>();
        var reaching = new HashSet<(Subject, Cluster, AllowRule)>();
        foreach (var (cluster, namespaces) in places)
        {
            foreach (var entitlement in source.On(cluster))
            {
                ImmutableArray<AccessPath> by = paths is { } only ? [.. entitlement.Paths.Where(only.Contains)] : entitlement.Paths;
                var isMet = condition is null || entitlement.Condition.Postures.All(condition.Postures.Contains);
                if (by.IsEmpty || !isMet || source.Relations.PartsOf(entitlement.Holder).IsEmpty || !ForbiddenRights.Reaches(entitlement, namespaces, out var where))
                {
                    continue;
                }

                // Of a role that consists of several ClusterRoles, one is enough to reach a cluster.
                if (rights is null && !reaching.Add((entitlement.Holder, cluster, entitlement.Rule)))
                {
                    continue;
                }

                var finding = forbidden.Find(entitlement, namespaces);
                if (finding is not null && (followsIndirect || finding.Kind != FindingKind.Implied))
                {
                    var kind = !entitlement.IsCertain ? WayKind.Undecided : finding.Kind switch { FindingKind.Direct => WayKind.Direct, FindingKind.Implied => WayKind.Implied, _ => WayKind.UnknownContent };
                    rows.Add(new WhoRow(entitlement, kind, finding.Right, where, by));
                }
                else if (followsIndirect && rights is not null && forbidden.FindRunningCode(entitlement) is { } running)
                {
                    rows.Add(new WhoRow(entitlement, WayKind.RunsCode, running, where, by));
                }
            }
        }

        return [.. rows.OrderBy(r => r.Entitlement.Holder.Name, StringComparer.Ordinal).ThenBy(r => r.Entitlement.Cluster.Name, StringComparer.Ordinal)];
    }
}
