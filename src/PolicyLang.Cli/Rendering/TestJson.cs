using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLang.Diagnostics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes test results for programs: one JSON document that obeys <c>schemas/test-results.schema.json</c>.</summary>
internal static class TestJson
{
    private const int SchemaVersion = 1;

    /// <summary>Writes the document.</summary>
    public static void Write(TestRun run, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = Open(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", SchemaVersion);
            json.WriteBoolean("passed", run.Passed);
            json.WriteStartArray("tests");
            foreach (var test in run.Tests)
            {
                WriteTest(json, test);
            }

            json.WriteEndArray();
            json.WriteStartArray("guards");
            foreach (var guard in run.Guards)
            {
                WriteGuard(json, guard);
            }

            json.WriteEndArray();
            json.WriteStartObject("coverage");
            json.WriteNumber("rules", run.Coverage.Rules.Length);
            json.WriteNumber("covered", run.Coverage.Covered);
            json.WriteNumber("percent", run.Coverage.PerMille / 10m);
            json.WriteStartArray("uncovered");
            foreach (var rule in run.Coverage.Uncovered)
            {
                json.WriteStartObject();
                WriteStatement(json, rule.Location);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>Opens a document as all of policyc's are written.</summary>
    public static Utf8JsonWriter Open(Stream stream) => new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a statement's text and place.</summary>
    public static void WriteStatement(Utf8JsonWriter json, SourceLocation location)
    {
        var (line, column) = location.Source.GetLineAndColumn(location.Span.Start);
        json.WriteString("statement", WellFormed(AnswerText.OneLine(location)));
        json.WriteString("file", WellFormed(location.Source.Path));
        json.WriteNumber("line", line + 1);
        json.WriteNumber("column", column + 1);
    }

    /// <summary>The word for an extent.</summary>
    public static string Word(Extent extent) => extent switch { Extent.Full => "yes", Extent.Partly => "partly", _ => "no" };

    /// <summary>A text that JSON can hold, whatever it quotes.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void WriteTest(Utf8JsonWriter json, TestResult test)
    {
        json.WriteStartObject();
        json.WriteString("name", WellFormed(test.Test.Name));
        json.WriteBoolean("passed", test.Passed);
        json.WriteStartArray("expectations");
        foreach (var expectation in test.Expectations)
        {
            json.WriteStartObject();
            WriteStatement(json, expectation.Expectation.Location);
            json.WriteBoolean("passed", expectation.Passed);
            json.WriteStartArray("subjects");
            foreach (var subject in expectation.Subjects)
            {
                json.WriteStartObject();
                json.WriteString("name", WellFormed(subject.Who.Name));
                json.WriteString("can", Word(subject.Extent));
                json.WriteStartArray("details");
                foreach (var detail in subject.Details)
                {
                    json.WriteStringValue(WellFormed(detail));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGuard(Utf8JsonWriter json, GuardAnswer guard)
    {
        json.WriteStartObject();
        WriteStatement(json, guard.Guard.Location);
        json.WriteString("outcome", guard.Outcome switch { GuardOutcome.Holds => "holds", GuardOutcome.Broken => "broken", _ => "unproved" });
        json.WriteStartArray("witnesses");
        foreach (var witness in guard.Witnesses)
        {
            json.WriteStringValue(WellFormed(GuardReport.Describe(witness)));
        }

        json.WriteEndArray();
        json.WriteStartArray("notExcluded");
        foreach (var way in guard.IndirectWays)
        {
            json.WriteStringValue(WellFormed(GuardReport.Describe(way)));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
