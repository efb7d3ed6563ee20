using System.Collections.Immutable;
using System.Text.Json;
using PolicyLang.Cli.Commands;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes answers for programs: one JSON document that obeys <c>schemas/answers.schema.json</c>.</summary>
internal static class AnswerJson
{
    /// <summary>Writes the answers of <c>policyc can</c>.</summary>
    public static void Write(ImmutableArray<SubjectAnswer> answers, bool isRefused, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            WriteAnswer(json, answer, isRefused);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Writes the answers of <c>policyc why</c>.</summary>
    public static void Write(ImmutableArray<WhyAnswer> answers, bool isRefused, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartArray("answers");
        foreach (var (answer, ways, missing, others) in answers)
        {
            json.WriteStartObject();
            WriteAnswer(json, answer, isRefused);
            json.WriteStartArray("ways");
            foreach (var way in ways)
            {
                json.WriteStartObject();
                WritePlace(json, way.Place);
                json.WriteString("path", way.Path);
                json.WriteStartArray("chain");
                foreach (var link in way.Links)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", link.Kind);
                    json.WriteString("text", TestJson.WellFormed(link.Text));
                    if (link.Place is { } place)
                    {
                        json.WriteString("place", TestJson.WellFormed(place));
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            JsonText.WriteTexts(json, "missing", missing);
            JsonText.WriteTexts(json, "others", others);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Writes the answer of <c>policyc who</c>.</summary>
    public static void Write(ImmutableArray<WhoRow> rows, ImmutableArray<string> assumptions, bool isRefused, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteBoolean("refused", isRefused);
        json.WriteStartArray("who");
        foreach (var row in isRefused ? [] : rows)
        {
            json.WriteStartObject();
            json.WriteString("name", TestJson.WellFormed(row.Entitlement.Holder.Name));
            json.WriteString("kind", row.Entitlement.Holder.Kind.ToString().ToLowerInvariant());
            if (row.Entitlement.Holder.Members is { } members)
            {
                JsonText.WriteTexts(json, "members", members.Select(m => m.Name));
            }

            json.WriteString("cluster", row.Entitlement.Cluster.Name);
            if (row.Namespaces is { } namespaces)
            {
                JsonText.WriteTexts(json, "namespaces", namespaces);
            }

            JsonText.WriteTexts(json, "paths", row.Paths.Select(p => p.Name));
            JsonText.WriteTexts(json, "when", row.Entitlement.Condition.Postures.Select(p => p.Name));
            json.WriteString("how", Word(row.Kind));
            if (row.Right is { } right)
            {
                json.WriteString("right", TestJson.WellFormed(right.ToString()));
            }

            WriteRule(json, row.Entitlement);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonText.WriteTexts(json, "assumptions", assumptions);
    });

    /// <summary>The word for a way to a right.</summary>
    public static string Word(WayKind kind) => kind switch
    {
        WayKind.Direct => "direct",
        WayKind.UnknownContent => "unknown-content",
        WayKind.Implied => "implied",
        WayKind.Undecided => "undecided",
        _ => "runs-code",
    };

    private static void WriteAnswer(Utf8JsonWriter json, SubjectAnswer answer, bool isRefused)
    {
        json.WriteString("who", TestJson.WellFormed(answer.Question.Who.Name));
        json.WriteString("answer", isRefused && !answer.Assumptions.IsEmpty ? "unknown" : TestJson.Word(answer.Answer.Extent));
        json.WriteStartArray("places");
        foreach (var place in isRefused ? [] : answer.Answer.Places)
        {
            json.WriteStartObject();
            WritePlace(json, place);
            json.WriteString("answer", TestJson.Word(place.Extent));
            json.WriteStartArray("paths");
            foreach (var path in place.Paths)
            {
                json.WriteStartObject();
                json.WriteString("path", path.Path.Name);
                json.WriteString("answer", TestJson.Word(path.Extent));
                JsonText.WriteTexts(json, "limits", path.Limits);
                json.WriteStartArray("by");
                foreach (var entitlement in path.By)
                {
                    json.WriteStartObject();
                    json.WriteString("subject", TestJson.WellFormed(entitlement.Holder.Name));
                    WriteRule(json, entitlement);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonText.WriteTexts(json, "assumptions", answer.Assumptions);
    }

    private static void WritePlace(Utf8JsonWriter json, PlaceAnswer place)
    {
        json.WriteString("cluster", place.Cluster.Name);
        if (place.Namespace is { } ns)
        {
            json.WriteString("namespace", ns);
        }
    }

    private static void WriteRule(Utf8JsonWriter json, Entitlement entitlement)
    {
        json.WriteString("role", entitlement.RoleName);
        json.WriteString("clusterRole", TestJson.WellFormed(entitlement.Component.ClusterRoleName));
        json.WriteStartObject("rule");
        TestJson.WriteStatement(json, entitlement.Rule.Location);
        json.WriteEndObject();
    }
}
