using System.Collections.Immutable;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Testing;

/// <summary>Whether somebody can do something.</summary>
/// <param name="Who">Who: a group stands for somebody in it and in no other, a user for that person with all that the policy says of them.</param>
/// <param name="Rights">What, as what somebody must have; absent for reaching the cluster at all.</param>
/// <param name="Places">Where: every cluster, in the whole of it or in each of the namespaces.</param>
/// <param name="Paths">On each of which paths; absent for some path.</param>
/// <param name="Condition">Under which condition.</param>
public sealed record AccessQuestion(
    Subject Who,
    BoundRights? Rights,
    ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> Places,
    ImmutableArray<AccessPath>? Paths,
    Condition Condition);

/// <summary>How much of what was asked for is given.</summary>
public enum Extent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some of it.</summary>
    Partly,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>The answer to a question.</summary>
/// <param name="Extent">All of it, some or nothing.</param>
/// <param name="Places">Cluster by cluster, namespace by namespace.</param>
public sealed record AccessAnswer(Extent Extent, ImmutableArray<PlaceAnswer> Places)
{
    /// <summary>What gives it: of every place each path that gives all of it.</summary>
    public IEnumerable<Entitlement> By => Places.SelectMany(p => p.Paths).Where(p => p.Extent == Extent.Full).SelectMany(p => p.By).Distinct();
}

/// <summary>The answer for one cluster or one namespace of it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Namespace">The namespace; absent for the whole cluster.</param>
/// <param name="Extent">How much is given there.</param>
/// <param name="Paths">Path by path, in the order of names.</param>
public sealed record PlaceAnswer(Cluster Cluster, string? Namespace, Extent Extent, ImmutableArray<PathAnswer> Paths);

/// <summary>The answer for one path into a place.</summary>
/// <param name="Path">The path.</param>
/// <param name="Extent">How much is given by it.</param>
/// <param name="By">What gives it, in full or in part.</param>
/// <param name="Limits">What keeps it from being full, as people would say it: <c>only when `managed`</c>.</param>
public sealed record PathAnswer(AccessPath Path, Extent Extent, ImmutableArray<Entitlement> By, ImmutableArray<string> Limits);
