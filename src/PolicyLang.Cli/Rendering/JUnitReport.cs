using System.Globalization;
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
        output.WriteLine($"<testsuites{XmlText.Counts(run.Guards.Length + run.Tests.Sum(t => t.Expectations.Length), failedGuards + run.Tests.Sum(t => t.Expectations.Count(e => !e.Passed)))}>");
        if (!run.Guards.IsEmpty)
        {
            output.WriteLine($"  <testsuite{XmlText.Attribute("name", "guards")}{XmlText.Counts(run.Guards.Length, failedGuards)}>");
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
            output.WriteLine($"  <testsuite{XmlText.Attribute("name", test.Test.Name)}{XmlText.Counts(test.Expectations.Length, test.Expectations.Count(e => !e.Passed))}>");
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
        output.Write($"    <testcase{XmlText.Attribute("name", AnswerText.OneLine(location))}{XmlText.Attribute("classname", location.Source.Path)}{XmlText.Attribute("file", location.Source.Path)}{XmlText.Attribute("line", line)}");
        if (failure is null)
        {
            output.WriteLine(" />");
            return;
        }

        output.WriteLine(">");
        output.WriteLine($"      <failure{XmlText.Attribute("type", code)}{XmlText.Attribute("message", failure)}>{XmlText.Escape($"{location}: {failure}")}</failure>");
        output.WriteLine("    </testcase>");
    }
}
