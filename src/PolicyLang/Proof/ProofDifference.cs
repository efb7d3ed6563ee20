using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>A world in which policy and artefacts do not agree.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Path">The path.</param>
/// <param name="Endpoint">The endpoint's name; empty for a cluster's only one.</param>
/// <param name="Who">The caller as people read it.</param>
/// <param name="Right">The right in question.</param>
/// <param name="IsGiven">Whether the artefacts give it and no rule does; otherwise a rule gives it and the artefacts do not, or not for sure.</param>
/// <param name="Reason">What in the artefacts decides, in a few words.</param>
/// <param name="Places">The deciding places in the artefacts.</param>
/// <param name="Rules">The rules that give the right.</param>
public sealed record ProofDifference(
    Cluster Cluster,
    AccessPath Path,
    string Endpoint,
    string Who,
    string Right,
    bool IsGiven,
    string Reason,
    ImmutableArray<ArtefactPlace> Places,
    ImmutableArray<AllowRule> Rules)
{
    /// <summary>Whether it is known for sure what the artefacts give.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>What the caller is and belongs to, in the words of the path's system.</summary>
    public ImmutableArray<Atom> Principals { get; init; } = [];
}
