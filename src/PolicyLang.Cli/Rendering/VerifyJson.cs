using System.Text.Json;
using PolicyLang.Reading;
using PolicyLang.Verifying;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes what <c>policyc verify</c> found for programs: one JSON document that obeys <c>schemas/verify.schema.json</c>.</summary>
internal static class VerifyJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Verification verification, TextWriter output)
        => JsonText.Write(output, json =>
        {
            json.WriteBoolean("exact", verification.IsExact);
            json.WriteString("verdict", DiffWords.Word(verification.Verdict));
            json.WriteStartArray("differences");
            foreach (var drift in verification.Drifts)
            {
                WriteDrift(json, drift);
            }

            json.WriteEndArray();
            json.WriteStartArray("excused");
            foreach (var drift in verification.Excused)
            {
                WriteDrift(json, drift);
            }

            json.WriteEndArray();
            json.WriteStartArray("effects");
            foreach (var effect in verification.Effects)
            {
                WriteSaying(json, effect.What, effect.Place);
            }

            json.WriteEndArray();
            json.WriteStartArray("memberships");
            foreach (var drift in verification.Memberships)
            {
                json.WriteStartObject();
                json.WriteString("group", drift.Group.Name);
                json.WriteString("provider", drift.Provider);
                json.WriteString("name", TestJson.WellFormed(drift.Name));
                JsonText.WriteTexts(json, "unlisted", drift.Unlisted);
                JsonText.WriteTexts(json, "absent", drift.Absent);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("problems");
            foreach (var problem in verification.Problems)
            {
                WriteSaying(json, problem.Message, problem.Place);
            }

            json.WriteEndArray();
        });

    private static void WriteDrift(Utf8JsonWriter json, AccessDrift drift)
    {
        json.WriteStartObject();
        json.WriteString("kind", drift.IsGiven ? "more" : "less");
        json.WriteBoolean("certain", drift.IsCertain);
        if (drift.Exception is { } exception)
        {
            json.WriteString("exception", exception);
        }

        JsonText.WriteTexts(json, "who", drift.Who);
        json.WriteString("right", TestJson.WellFormed(drift.Right));
        json.WriteString("path", drift.Path.Name);
        JsonText.WriteTexts(json, "clusters", drift.Clusters);
        json.WriteString("reason", TestJson.WellFormed(drift.Reason));
        JsonText.WriteTexts(json, "places", drift.Places.Select(place => place.ToString()));
        JsonText.WriteTexts(json, "rules", drift.Rules.Select(rule => rule.Location.ToString()));
        json.WriteEndObject();
    }

    private static void WriteSaying(Utf8JsonWriter json, string text, ArtefactPlace place)
    {
        json.WriteStartObject();
        json.WriteString("message", TestJson.WellFormed(text));
        json.WriteString("place", TestJson.WellFormed(place.ToString()));
        json.WriteEndObject();
    }
}
