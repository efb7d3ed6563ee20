using System.Globalization;
using System.Text;
using System.Xml;
using PolicyLang.Diagnostics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes test results as JUnit XML: one suite a policy test, one case an expectation, and a suite for the guards.</summary>
internal static class JUnitReport
{
    /// <summary>Writes the document.</summary>
    public static void Write(TestRun run, TextWriter output)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CheckCharacters = true };
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, run.Guards.Length + run.Tests.Sum(t => t.Expectations.Length), run.Guards.Count(g => g.Outcome != GuardOutcome.Holds) + run.Tests.Sum(t => t.Expectations.Count(e => !e.Passed)));
            if (!run.Guards.IsEmpty)
            {
                WriteGuards(xml, run);
            }

            foreach (var test in run.Tests)
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", TerminalText.Escape(test.Test.Name));
                WriteCounts(xml, test.Expectations.Length, test.Expectations.Count(e => !e.Passed));
                foreach (var expectation in test.Expectations)
                {
                    WriteCase(xml, expectation.Expectation.Location, expectation.Passed ? null : string.Join("; ", ExpectationReport.Sentences(expectation)), TestingDiagnostics.ExpectationFailed.Code);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void WriteGuards(XmlWriter xml, TestRun run)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "guards");
        WriteCounts(xml, run.Guards.Length, run.Guards.Count(g => g.Outcome != GuardOutcome.Holds));
        foreach (var guard in run.Guards)
        {
            var diagnostics = new DiagnosticBag();
            GuardReport.Report(guard, diagnostics);
            var finding = diagnostics.ToSortedArray().FirstOrDefault();
            WriteCase(xml, guard.Guard.Location, finding?.Message, finding?.Code ?? "");
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, SourceLocation location, string? failure, string code)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", TerminalText.Escape(AnswerText.OneLine(location)));
        xml.WriteAttributeString("classname", TerminalText.Escape(location.Source.Path));
        xml.WriteAttributeString("file", TerminalText.Escape(location.Source.Path));
        xml.WriteAttributeString("line", (location.Source.GetLineAndColumn(location.Span.Start).Line + 1).ToString(CultureInfo.InvariantCulture));
        if (failure is not null)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", code);
            xml.WriteAttributeString("message", TerminalText.Escape(failure));
            xml.WriteString(TerminalText.Escape($"{location}: {failure}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, int tests, int failures)
    {
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
    }
}
