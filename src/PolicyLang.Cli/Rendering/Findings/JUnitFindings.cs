using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>
/// Findings as JUnit XML, for whatever shows test results: one suite a file, one failed case a finding. Notes are skipped cases. JUnit has no schema that all
/// readers share; these are the elements that Jenkins, GitLab and GitHub's common reporters read.
/// </summary>
internal sealed class JUnitFindings : IFindingReport
{
    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        output.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        output.WriteLine($"<testsuites{Attribute("name", "policyc lint")}{Counts(findings)}>");
        foreach (var file in findings.GroupBy(finding => finding.Location?.Source.Path ?? "policyc", StringComparer.Ordinal))
        {
            output.WriteLine($"  <testsuite{Attribute("name", file.Key)}{Counts([.. file])}>");
            foreach (var finding in file)
            {
                WriteCase(finding, file.Key, output);
            }

            output.WriteLine("  </testsuite>");
        }

        output.WriteLine("</testsuites>");
    }

    private static void WriteCase(Diagnostic finding, string file, TextWriter output)
    {
        var place = finding.Location is { } location ? FindingPlace.Of(location) : (FindingPlace?)null;
        var at = place is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.StartLine}:{known.StartColumn}") : "";
        var line = place is { } shown ? Attribute("file", shown.Path) + Attribute("line", shown.StartLine.ToString(CultureInfo.InvariantCulture)) : "";
        output.WriteLine($"    <testcase{Attribute("name", at.Length == 0 ? finding.Code : $"{finding.Code} at {at}")}{Attribute("classname", file)}{line}>");
        var text = finding.Help is { } help ? $"{finding.Message}; {help}" : finding.Message;
        output.WriteLine(finding.Severity == DiagnosticSeverity.Info
            ? $"      <skipped{Attribute("message", text)} />"
            : $"      <failure{Attribute("type", finding.Code)}{Attribute("message", finding.Message)}>{XmlText.Escape(text)}</failure>");
        output.WriteLine("    </testcase>");
    }

    private static string Attribute(string name, string value) => XmlText.Attribute(name, value);

    private static string Counts(ImmutableArray<Diagnostic> findings)
    {
        var skipped = findings.Count(finding => finding.Severity == DiagnosticSeverity.Info);
        return XmlText.Counts(findings.Length, findings.Length - skipped) + Attribute("skipped", skipped.ToString(CultureInfo.InvariantCulture));
    }
}
