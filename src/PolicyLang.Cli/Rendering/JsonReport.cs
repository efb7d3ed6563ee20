using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes diagnostics and output changes for programs: one JSON document that obeys <c>schemas/diagnostics.schema.json</c>.</summary>
internal static class JsonReport
{
    private const int SchemaVersion = 1;

    /// <summary>Writes the document.</summary>
    /// <param name="diagnostics">The findings.</param>
    /// <param name="changes">The output files that differ from the policy, or that were changed; absent for commands without outputs.</param>
    /// <param name="withDiffs">Whether each change carries its diff.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(ImmutableArray<Diagnostic> diagnostics, ImmutableArray<OutputChange>? changes, bool withDiffs, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", SchemaVersion);
            WriteDiagnostics(json, diagnostics);
            if (changes is { } files)
            {
                WriteChanges(json, files, withDiffs);
            }

            json.WriteStartObject("summary");
            json.WriteNumber("errors", diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error));
            json.WriteNumber("warnings", diagnostics.Count(d => d.Severity == DiagnosticSeverity.Warning));
            json.WriteNumber("infos", diagnostics.Count(d => d.Severity == DiagnosticSeverity.Info));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, ImmutableArray<Diagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code);
            json.WriteString("severity", Word(diagnostic.Severity));
            json.WriteString("message", WellFormed(diagnostic.Message));
            WriteLocation(json, diagnostic.Location);
            if (diagnostic.Help is { } help)
            {
                json.WriteString("help", WellFormed(help));
            }

            if (!diagnostic.Related.IsEmpty)
            {
                WriteRelated(json, diagnostic.Related);
            }

            if (diagnostic.Fix is { } fix)
            {
                WriteFix(json, fix);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRelated(Utf8JsonWriter json, ImmutableArray<RelatedLocation> related)
    {
        json.WriteStartArray("related");
        foreach (var item in related)
        {
            json.WriteStartObject();
            json.WriteString("message", WellFormed(item.Message));
            WriteLocation(json, item.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFix(Utf8JsonWriter json, SuggestedFix fix)
    {
        json.WriteStartObject("fix");
        json.WriteString("title", WellFormed(fix.Title));
        json.WriteBoolean("safe", fix.IsSafe);
        json.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            json.WriteStartObject();
            WriteLocation(json, edit.Location);
            json.WriteString("text", WellFormed(edit.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation? location)
    {
        if (location is null)
        {
            return;
        }

        var (startLine, startColumn) = location.Source.GetLineAndColumn(location.Span.Start);
        var (endLine, endColumn) = location.Source.GetLineAndColumn(location.Span.End);
        json.WriteStartObject("location");
        json.WriteString("file", WellFormed(location.Source.Path));
        json.WriteNumber("startLine", startLine + 1);
        json.WriteNumber("startColumn", startColumn + 1);
        json.WriteNumber("endLine", endLine + 1);
        json.WriteNumber("endColumn", endColumn + 1);
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, ImmutableArray<OutputChange> changes, bool withDiffs)
    {
        json.WriteStartArray("outputs");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("path", change.Path);
            if (change.Target is { } target)
            {
                json.WriteString("target", target);
            }

            json.WriteString("change", change.Kind switch
            {
                OutputChangeKind.Create => "create",
                OutputChangeKind.Update => "update",
                _ => "remove",
            });
            if (withDiffs)
            {
                json.WriteString("diff", WellFormed(string.Concat(UnifiedDiff.Write(change).Select(line => line + "\n"))));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    // A message may quote half of a surrogate pair, which JSON cannot hold.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
