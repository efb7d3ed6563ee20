using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>One line a finding: <c>file:line:column: error[code] message</c>, as editors and <c>grep</c> like it.</summary>
/// <param name="style">Colours.</param>
internal sealed class ConciseReport(TextStyle style) : IFindingReport
{
    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        foreach (var finding in findings)
        {
            var (word, paint) = finding.Severity switch
            {
                DiagnosticSeverity.Error => ("error", (Func<string, string>)style.Error),
                DiagnosticSeverity.Warning => ("warning", style.Warning),
                _ => ("note", style.Note),
            };
            var place = finding.Location is { } location ? FindingPlace.Of(location) : (FindingPlace?)null;
            var where = place is { } at ? string.Create(CultureInfo.InvariantCulture, $"{TerminalText.Escape(at.Path)}:{at.StartLine}:{at.StartColumn}: ") : "";
            output.WriteLine($"{style.Strong(where)}{paint($"{word}[{finding.Code}]")} {TerminalText.Escape(finding.Message)}");
        }
    }
}
