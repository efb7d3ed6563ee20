using System.Globalization;
using System.Net;
using PolicyLang.Diagnostics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes test results as JUnit XML: one suite a policy test, one case an expectation, and a suite for the guards.</summary>
internal static class JUnitReport
{
    /// <summary>Writes the document.</summary>
    public static void Write(TestRun run, TextWriter output)
    {
        var failedGuards = run.Guards.Count(g => g.Outcome != GuardOutcome.Holds);
        output.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        output.WriteLine($"<testsuites{Counts(run.Guards.Length + run.Tests.Sum(t => t.Expectations.Length), failedGuards + run.Tests.Sum(t => t.Expectations.Count(e => !e.Passed)))}>");
        if (!run.Guards.IsEmpty)
        {
            output.WriteLine($"  <testsuite{Attribute("name", "guards")}{Counts(run.Guards.Length, failedGuards)}>");
            foreach (var guard in run.Guards)
            {
                var diagnostics = new DiagnosticBag();
                GuardReport.Report(guard, diagnostics);
                var finding = diagnostics.ToSortedArray().FirstOrDefault();
                WriteCase(guard.Guard.Location, finding?.Message, finding?.Code ?? "", output);
            }

            output.WriteLine("  </testsuite>");
        }

        foreach (var test in run.Tests)
        {
            output.WriteLine($"  <testsuite{Attribute("name", test.Test.Name)}{Counts(test.Expectations.Length, test.Expectations.Count(e => !e.Passed))}>");
            foreach (var expectation in test.Expectations)
            {
                WriteCase(expectation.Expectation.Location, expectation.Passed ? null : string.Join("; ", ExpectationReport.Sentences(expectation)), TestingDiagnostics.ExpectationFailed.Code, output);
            }

            output.WriteLine("  </testsuite>");
        }

        output.WriteLine("</testsuites>");
    }

    private static void WriteCase(SourceLocation location, string? failure, string code, TextWriter output)
    {
        var line = (location.Source.GetLineAndColumn(location.Span.Start).Line + 1).ToString(CultureInfo.InvariantCulture);
        output.Write($"    <testcase{Attribute("name", AnswerText.OneLine(location))}{Attribute("classname", location.Source.Path)}{Attribute("file", location.Source.Path)}{Attribute("line", line)}");
        if (failure is null)
        {
            output.WriteLine(" />");
            return;
        }

        output.WriteLine(">");
        output.WriteLine($"      <failure{Attribute("type", code)}{Attribute("message", failure)}>{Escape($"{location}: {failure}")}</failure>");
        output.WriteLine("    </testcase>");
    }

    private static string Counts(int tests, int failures) => Attribute("tests", tests.ToString(CultureInfo.InvariantCulture)) + Attribute("failures", failures.ToString(CultureInfo.InvariantCulture));

    private static string Attribute(string name, string value) => $" {name}=\"{Escape(value)}\"";

    // Controls, which XML cannot hold, are written as on a terminal.
    private static string Escape(string text) => WebUtility.HtmlEncode(TerminalText.Escape(text));
}
