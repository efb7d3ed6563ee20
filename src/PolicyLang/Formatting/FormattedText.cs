using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Formatting;

/// <summary>What became of a file that was to be formatted.</summary>
/// <param name="Text">The text in its layout; nothing when there are findings.</param>
/// <param name="Diagnostics">Why there is no text, sorted.</param>
public sealed record FormattedText(string? Text, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>A text.</summary>
    internal static FormattedText Of(string text) => new(text, []);

    /// <summary>No text.</summary>
    internal static FormattedText Refused(params ImmutableArray<Diagnostic> diagnostics) => new(null, diagnostics);

    /// <summary>No text, because the formatter made a mistake.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problem">What is wrong with the text, behind "the formatted text".</param>
    internal static FormattedText Unsafe(SourceText source, string problem) => Refused(new Diagnostic(
        FormattingDiagnostics.NotSafe,
        $"`{source.Path}` is left alone: the formatted text {problem}",
        null)
    {
        Help = "this is a defect of policyc: please report it with the file",
    });
}
