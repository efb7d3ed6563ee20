using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>
/// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning takes it: relative URIs, columns from one, the rules that found something
/// with their documentation, and fixes. Findings without a place are notifications of the run.
/// </summary>
internal sealed class SarifReport : IFindingReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Root = "SRCROOT";

    private static readonly FrozenDictionary<string, RuleDescription> Rules = Linter.Rules.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output)
    {
        var descriptors = findings.Select(finding => finding.Descriptor).DistinctBy(descriptor => descriptor.Code).OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal).ToImmutableArray();
        var indexes = descriptors.Select((descriptor, index) => (descriptor.Code, index)).ToFrozenDictionary(pair => pair.Code, pair => pair.index, StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using (var json = TestJson.Open(stream))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, descriptors);
            WriteInvocation(json, findings, indexes);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var (finding, fingerprint) in findings.Zip(FindingFingerprint.Of(findings)))
            {
                if (finding.Location is { } location)
                {
                    WriteResult(json, finding, location, fingerprint, indexes[finding.Code]);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void WriteTool(Utf8JsonWriter json, ImmutableArray<DiagnosticDescriptor> descriptors)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "policyc");
        json.WriteString("version", ToolVersion.Number);
        json.WriteString("semanticVersion", ToolVersion.Number);
        json.WriteStartArray("rules");
        foreach (var descriptor in descriptors)
        {
            json.WriteStartObject();
            json.WriteString("id", descriptor.Code);
            WriteMessage(json, "shortDescription", descriptor.Title);
            if (Rules.TryGetValue(descriptor.Code, out var rule))
            {
                WriteMessage(json, "fullDescription", rule.Why);
                json.WriteStartObject("help");
                json.WriteString("text", RulePage.Text(rule));
                json.WriteString("markdown", RulePage.Markdown(rule, headingLevel: 1));
                json.WriteEndObject();
            }

            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule is null ? descriptor.Severity : rule.ToDescriptor(rule.DefaultLevel).Severity));
            json.WriteEndObject();
            if (rule is not null)
            {
                json.WriteStartObject("properties");
                json.WriteStartArray("tags");
                json.WriteStringValue("security");
                json.WriteStringValue(RuleNames.Of(rule.Category));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, ImmutableArray<Diagnostic> findings, FrozenDictionary<string, int> indexes)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", !findings.Any(finding => finding is { Location: null, Severity: DiagnosticSeverity.Error }));
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var finding in findings.Where(finding => finding.Location is null))
        {
            json.WriteStartObject();
            json.WriteString("level", Level(finding.Severity));
            WriteMessage(json, "message", Sentence(finding));
            json.WriteStartObject("associatedRule");
            json.WriteString("id", finding.Code);
            json.WriteNumber("index", indexes[finding.Code]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic finding, SourceLocation location, string fingerprint, int index)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", Level(finding.Severity));
        WriteMessage(json, "message", Sentence(finding));
        json.WriteStartArray("locations");
        WriteLocation(json, location, null, null);
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("policycLine/v1", fingerprint);
        json.WriteEndObject();
        if (!finding.Related.IsEmpty)
        {
            json.WriteStartArray("relatedLocations");
            for (var i = 0; i < finding.Related.Length; i++)
            {
                WriteLocation(json, finding.Related[i].Location, i + 1, finding.Related[i].Message);
            }

            json.WriteEndArray();
        }

        if (finding.Fix is { Edits.IsEmpty: false } fix)
        {
            WriteFix(json, fix);
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, SuggestedFix fix)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteMessage(json, "description", fix.IsSafe ? fix.Title : $"{fix.Title} (changes access)");
        json.WriteStartArray("artifactChanges");
        foreach (var file in fix.Edits.GroupBy(edit => edit.Location.Source.Path, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            WriteArtifact(json, file.Key);
            json.WriteStartArray("replacements");
            foreach (var edit in file)
            {
                json.WriteStartObject();
                WriteRegion(json, "deletedRegion", edit.Location);
                if (edit.Text.Length > 0)
                {
                    WriteMessage(json, "insertedContent", edit.Text);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation location, int? id, string? message)
    {
        json.WriteStartObject();
        if (id is { } number)
        {
            json.WriteNumber("id", number);
        }

        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, location.Source.Path);
        WriteRegion(json, "region", location);
        json.WriteEndObject();
        if (message is not null)
        {
            WriteMessage(json, "message", message);
        }

        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(segment => Uri.EscapeDataString(TestJson.WellFormed(segment)))));
        json.WriteString("uriBaseId", Root);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, string name, SourceLocation location)
    {
        var place = FindingPlace.Of(location);
        json.WriteStartObject(name);
        json.WriteNumber("startLine", place.StartLine);
        json.WriteNumber("startColumn", place.StartColumn);
        json.WriteNumber("endLine", place.EndLine);
        json.WriteNumber("endColumn", place.EndColumn);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", TestJson.WellFormed(text));
        json.WriteEndObject();
    }

    // Viewers show the first sentence of a message alone, and take a message for sentences.
    private static string Sentence(Diagnostic finding) => finding.Help is { } help ? $"{Capital(finding.Message)}. {Capital(help)}." : $"{Capital(finding.Message)}.";

    private static string Capital(string text) => text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
