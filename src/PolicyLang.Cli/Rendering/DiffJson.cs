using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLang.Access;
using PolicyLang.Comparing;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes the differences between two policies for programs: one JSON document that obeys <c>schemas/diff.schema.json</c>.</summary>
internal static class DiffJson
{
    private const int SchemaVersion = 1;

    /// <summary>Writes the document.</summary>
    public static void Write(DiffReport report, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var comparison = report.Comparison;
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", SchemaVersion);
            json.WriteString("old", WellFormed(report.OldName));
            json.WriteString("new", WellFormed(report.NewName));
            json.WriteString("verdict", comparison is { Access: AccessVerdict.Unchanged, HasWeakerGuard: true } ? "weaker guard" : DiffWords.Word(comparison.Access));
            json.WriteBoolean("weakerGuard", comparison.HasWeakerGuard);
            WriteChanges(json, comparison.Changes);
            WriteGuards(json, comparison.Guards);
            WriteAssumptions(json, "newAssumptions", comparison.NewAssumptions);
            WriteAssumptions(json, "droppedAssumptions", comparison.DroppedAssumptions);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void WriteChanges(Utf8JsonWriter json, ImmutableArray<AccessChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("cause", DiffWords.Word(change.Cause.Kind));
            json.WriteString("title", WellFormed(change.Cause.Title));
            WriteLocation(json, "old", change.Cause.Old);
            WriteLocation(json, "new", change.Cause.New);
            if (change.Cause.Because is { } because)
            {
                json.WriteString("because", WellFormed(because));
            }

            json.WriteStartArray("effects");
            foreach (var effect in change.Effects)
            {
                Write(json, effect);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AccessEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("effect", effect.IsGain ? "gain" : "loss");
        WriteList(json, "who", effect.Who);
        WriteList(json, "rights", effect.Rights);
        WriteList(json, "clusters", effect.Clusters);
        if (effect.Namespaces is { } namespaces)
        {
            WriteList(json, "namespaces", namespaces);
        }

        WriteList(json, "paths", effect.Paths);
        if (effect.Condition.Length > 0)
        {
            WriteList(json, "postures", [.. effect.Condition.Split('+')]);
        }

        if (effect.Until is { } until)
        {
            json.WriteString("until", until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    private static void WriteGuards(Utf8JsonWriter json, ImmutableArray<GuardChange> guards)
    {
        json.WriteStartArray("guards");
        foreach (var guard in guards)
        {
            json.WriteStartObject();
            json.WriteString("kind", DiffWords.Word(guard.Kind));
            json.WriteString("change", guard.IsWeaker ? "weaker" : "stronger");
            json.WriteString("title", WellFormed(guard.Title));
            WriteLocation(json, "old", guard.Old);
            WriteLocation(json, "new", guard.New);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAssumptions(Utf8JsonWriter json, string name, ImmutableArray<Assumption> assumptions)
    {
        json.WriteStartArray(name);
        foreach (var assumption in assumptions)
        {
            json.WriteStartObject();
            json.WriteString("kind", AssumptionGuide.Of(assumption.Kind).Word);
            json.WriteString("topic", WellFormed(assumption.Topic));
            json.WriteString("statement", WellFormed(assumption.Statement));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, string name, SourceLocation? location)
    {
        if (location is null)
        {
            return;
        }

        var (line, column) = location.Source.GetLineAndColumn(location.Span.Start);
        json.WriteStartObject(name);
        json.WriteString("file", WellFormed(location.Source.Path));
        json.WriteNumber("line", line + 1);
        json.WriteNumber("column", column + 1);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(WellFormed(text));
        }

        json.WriteEndArray();
    }

    // Half of a surrogate pair is no text that JSON can hold.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
