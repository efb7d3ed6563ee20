using System.Text;
using PolicyLang.Comparing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes the differences between two policies as a comment for a pull request. Names stand in code spans, so that no e-mail mentions anybody and no text becomes markup.</summary>
internal static class DiffMarkdown
{
    private const int MostLines = 10;

    // GitHub takes 65,536 characters in a comment.
    private const int MostCharacters = 60_000;

    /// <summary>Writes the comment. Its first line is a mark by which a job finds its own comment again.</summary>
    public static void Write(DiffReport report, TextWriter output)
    {
        var comparison = report.Comparison;
        output.WriteLine("<!-- policyc diff -->");
        output.WriteLine($"**Access: {DiffWords.Verdict(comparison)}** ({Code(report.OldName)} → {Code(report.NewName)})");
        var written = 0;
        for (var i = 0; i < comparison.Changes.Length; i++)
        {
            var text = TextOf(comparison.Changes[i], report);
            if (written + text.Length > MostCharacters)
            {
                output.WriteLine();
                output.WriteLine(DiffWords.Number($"… and {comparison.Changes.Length - i} more causes; run `policyc diff` to read them."));
                break;
            }

            written += text.Length;
            output.Write(text);
        }

        WriteGuards(comparison, output);
        if (!comparison.NewAssumptions.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine(DiffWords.Number($"Rests on {comparison.NewAssumptions.Length} new assumption{(comparison.NewAssumptions.Length == 1 ? "" : "s")}: {DiffWords.Assumptions(comparison.NewAssumptions)}."));
        }
    }

    private static string TextOf(AccessChange change, DiffReport report)
    {
        var text = new StringBuilder();
        var place = DiffWords.Place(change.Cause.Old, change.Cause.New);
        text.Append("\n**").Append(Title(change.Cause.Title)).Append("**").Append(place.Length == 0 ? "" : " " + Code(place));
        text.Append(change.Cause.Because is { } because ? " because " + Code(because) : "").Append("\n\n");
        var lines = DiffWords.Lines(change);
        var shown = DiffWords.Shown(lines, MostLines);
        foreach (var line in lines.Take(shown))
        {
            var effect = line.Effect;
            text.Append("- ").Append(DiffWords.Names(effect.Who, Code)).Append(Verb(effect))
                .Append(DiffWords.Names(effect.Rights, Code)).Append(' ').Append(DiffWords.Where(line, report.ClustersOf(effect), Code)).Append('\n');
        }

        return text.Append(DiffWords.Rest(lines, shown, Code) is { } rest ? $"- … {rest}\n" : "").ToString();
    }

    private static string Verb(AccessEffect effect)
        => (effect.IsGain, effect.Who.Length == 1) switch
        {
            (true, true) => " **gains** ",
            (true, false) => " **gain** ",
            (false, true) => " **loses** ",
            _ => " **lose** ",
        };

    private static void WriteGuards(PolicyComparison comparison, TextWriter output)
    {
        foreach (var group in comparison.Guards.GroupBy(g => g.IsWeaker))
        {
            output.WriteLine();
            output.WriteLine(group.Key ? "**⚠ Weaker guard**" : "**Stronger guard**");
            output.WriteLine();
            foreach (var guard in group)
            {
                var place = DiffWords.Place(guard.Old, guard.New);
                output.WriteLine($"- {Title(guard.Title)}{(place.Length == 0 ? "" : " " + Code(place))}");
            }
        }
    }

    // A title quotes names in back-ticks; what stands between them is our own words.
    private static string Title(string title)
    {
        var parts = title.Split('`');
        return string.Concat(parts.Select((part, i) => i % 2 == 1 && i < parts.Length - 1 ? Code(part) : Escape(part)));
    }

    private static string Code(string text)
    {
        var safe = TerminalText.Escape(text).Replace('\t', ' ');
        var longest = 0;
        var run = 0;
        foreach (var c in safe)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return longest > 0 || safe.Length == 0 ? $"{fence} {safe} {fence}" : $"{fence}{safe}{fence}";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in TerminalText.Escape(text))
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '*' or '_' or '[' or ']' or '|' or '\\' or '#' or '`' => "\\" + c,
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
