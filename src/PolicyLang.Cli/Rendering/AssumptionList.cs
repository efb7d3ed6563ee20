using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes assumptions by system and kind.</summary>
internal static class AssumptionList
{
    private const string Policy = "the policy itself";

    /// <summary>Writes them.</summary>
    /// <param name="assumptions">The assumptions.</param>
    /// <param name="format"><c>text</c>, <c>markdown</c> or <c>json</c>.</param>
    /// <param name="style">Colours of text.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(ImmutableArray<Assumption> assumptions, string format, TextStyle style, TextWriter output)
    {
        switch (format)
        {
            case "json":
                WriteJson(assumptions, output);
                break;
            case "markdown":
                WriteMarkdown(assumptions, output);
                break;
            default:
                WriteText(assumptions, style, output);
                break;
        }
    }

    private static IEnumerable<(string Target, IEnumerable<(AssumptionGuide Guide, Assumption[] Assumptions)> Kinds)> Grouped(ImmutableArray<Assumption> assumptions)
        => assumptions
            .GroupBy(a => a.Target ?? Policy)
            .OrderBy(group => group.Key != Policy).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.GroupBy(a => a.Kind).OrderBy(kind => kind.Key).Select(kind => (AssumptionGuide.Of(kind.Key), kind.ToArray()))));

    private static void WriteText(ImmutableArray<Assumption> assumptions, TextStyle style, TextWriter output)
    {
        foreach (var (target, kinds) in Grouped(assumptions))
        {
            output.WriteLine(style.Strong(target));
            foreach (var (guide, of) in kinds)
            {
                output.WriteLine($"  {guide.Word}: {guide.Meaning}");
                foreach (var assumption in of)
                {
                    output.WriteLine(TerminalText.Escape($"    [ ] {assumption.Statement}{(assumption.Location is { } place ? $"  ({place})" : "")}"));
                }

                output.WriteLine($"    {style.Note("to make sure:")} {guide.Check}");
            }
        }

        if (assumptions.IsEmpty)
        {
            output.WriteLine("nothing");
        }
    }

    private static void WriteMarkdown(ImmutableArray<Assumption> assumptions, TextWriter output)
    {
        foreach (var (target, kinds) in Grouped(assumptions))
        {
            output.WriteLine($"## {target}");
            foreach (var (guide, of) in kinds)
            {
                output.WriteLine();
                output.WriteLine($"**{guide.Word}**: {guide.Meaning}. To make sure: {guide.Check}.");
                output.WriteLine();
                foreach (var assumption in of)
                {
                    output.WriteLine($"- [ ] {TerminalText.Escape(assumption.Statement)}");
                }
            }

            output.WriteLine();
        }
    }

    private static void WriteJson(ImmutableArray<Assumption> assumptions, TextWriter output)
        => JsonText.Write(output, json =>
        {
            json.WriteStartArray("assumptions");
            foreach (var assumption in assumptions)
            {
                json.WriteStartObject();
                json.WriteString("kind", AssumptionGuide.Of(assumption.Kind).Word);
                if (assumption.Target is { } target)
                {
                    json.WriteString("target", target);
                }

                json.WriteString("topic", TestJson.WellFormed(assumption.Topic));
                json.WriteString("statement", TestJson.WellFormed(assumption.Statement));
                if (assumption.Location is { } place)
                {
                    json.WriteString("place", TestJson.WellFormed(place.ToString()));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
