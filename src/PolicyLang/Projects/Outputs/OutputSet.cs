using System.Collections.Immutable;
using PolicyLang.Targets;

namespace PolicyLang.Projects.Outputs;

/// <summary>Everything that a policy compiles to, and how much of it is to be written.</summary>
/// <param name="Files">The files by target.</param>
/// <param name="Clusters">The declared clusters, retired ones too.</param>
public sealed record OutputSet(ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> Files, ImmutableArray<OutputCluster> Clusters)
{
    /// <summary>The targets to write; empty means all.</summary>
    public ImmutableSortedSet<string> OnlyTargets { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether some targets may be written while others are out of date.</summary>
    public bool AllowsMixedTargets { get; init; }

    /// <summary>Whether a target is to be written.</summary>
    public bool Includes(string target) => OnlyTargets.IsEmpty || OnlyTargets.Contains(target);
}
