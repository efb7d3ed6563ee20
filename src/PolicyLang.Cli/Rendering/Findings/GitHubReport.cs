using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>
/// Workflow commands that GitHub turns into annotations of a pull request. Source:
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
/// </summary>
internal sealed class GitHubReport : IFindingReport
{
    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        foreach (var finding in findings)
        {
            var command = finding.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "notice",
            };
            var properties = new StringBuilder();
            if (finding.Location is { } location)
            {
                var place = FindingPlace.Of(location);
                properties.Append(CultureInfo.InvariantCulture, $"file={Property(place.Path)},line={place.StartLine},");

                // GitHub takes columns only where a place lies on one line.
                properties.Append(place.StartLine == place.EndLine
                    ? string.Create(CultureInfo.InvariantCulture, $"col={place.StartColumn},endColumn={place.EndColumn},")
                    : string.Create(CultureInfo.InvariantCulture, $"endLine={place.EndLine},"));
            }

            properties.Append(CultureInfo.InvariantCulture, $"title={Property(finding.Code)}");
            var text = finding.Help is { } help ? $"{finding.Message}\nhelp: {help}" : finding.Message;
            output.WriteLine($"::{command} {properties}::{Data(text)}");
        }
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
