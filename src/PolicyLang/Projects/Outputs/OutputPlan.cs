using System.Collections.Immutable;

namespace PolicyLang.Projects.Outputs;

/// <summary>What happens to one file.</summary>
public enum OutputChangeKind
{
    /// <summary>The file is new.</summary>
    Create,

    /// <summary>The file gets other bytes.</summary>
    Update,

    /// <summary>The file was written by an earlier build and is not produced any more.</summary>
    Remove,
}

/// <summary>A file that a build creates, rewrites or removes.</summary>
/// <param name="Path">The path relative to the output root.</param>
/// <param name="Target">The target that it belongs to; absent for the manifest.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Previous">The bytes on disk; empty for a new file.</param>
/// <param name="Content">The bytes to write; empty for a file to remove.</param>
public sealed record OutputChange(string Path, string? Target, OutputChangeKind Kind, ReadOnlyMemory<byte> Previous, ReadOnlyMemory<byte> Content);

/// <summary>The difference between an output root and what the policy compiles to.</summary>
/// <param name="Changes">The changes of the selected targets in path order; the manifest's own change is the last.</param>
/// <param name="UnchangedCount">How many selected files are on disk already, byte for byte.</param>
public sealed record OutputPlan(ImmutableArray<OutputChange> Changes, int UnchangedCount)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsUpToDate => Changes.IsEmpty;

    /// <summary>How many of a target's files have a change of a kind; the manifest does not count.</summary>
    public int Count(OutputChangeKind kind) => Changes.Count(change => change.Kind == kind && change.Target is not null);
}
