using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>
/// GitLab's Code Quality report: a list of issues with a fingerprint each. Findings without a place are left to the exit status, since an issue needs a file.
/// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
/// </summary>
internal sealed class GitLabReport : IFindingReport
{
    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        var fingerprints = FindingFingerprint.Of(findings);
        using var stream = new MemoryStream();
        using (var json = TestJson.Open(stream))
        {
            json.WriteStartArray();
            foreach (var (finding, fingerprint) in findings.Zip(fingerprints))
            {
                if (finding.Location is not { } location)
                {
                    continue;
                }

                var place = FindingPlace.Of(location);
                json.WriteStartObject();
                json.WriteString("description", TestJson.WellFormed(finding.Help is { } help ? $"{finding.Message} ({help})" : finding.Message));
                json.WriteString("check_name", finding.Code);
                json.WriteString("fingerprint", fingerprint);
                json.WriteString("severity", finding.Severity switch
                {
                    DiagnosticSeverity.Error => "critical",
                    DiagnosticSeverity.Warning => "minor",
                    _ => "info",
                });
                json.WriteStartObject("location");
                json.WriteString("path", TestJson.WellFormed(place.Path));
                json.WriteStartObject("lines");
                json.WriteNumber("begin", place.StartLine);
                json.WriteNumber("end", place.EndLine);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
