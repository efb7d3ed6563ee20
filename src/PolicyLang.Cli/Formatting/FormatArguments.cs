using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Formatting;

/// <summary>What <c>policyc fmt</c> was asked for.</summary>
/// <param name="Files">Files and folders, or <c>-</c>; empty for the project around the working directory.</param>
/// <param name="Check">Whether to list the files that are in another layout, and write nothing.</param>
/// <param name="Diff">Whether to show what would change, and write nothing.</param>
/// <param name="InputName">The name of what comes by standard input, or nothing.</param>
/// <param name="Color">When to colour.</param>
internal sealed record FormatArguments(ImmutableArray<string> Files, bool Check, bool Diff, string? InputName, ColorMode Color)
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether the text comes by standard input.</summary>
    public bool ReadsInput => Files.Contains(StandardInput, StringComparer.Ordinal);
}
