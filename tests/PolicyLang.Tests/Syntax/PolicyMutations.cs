using System.Globalization;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Tests.Syntax;

/// <summary>A policy text with one small accident.</summary>
/// <param name="Name">Where and what, stable as long as the text above it is.</param>
/// <param name="Text">The text after the accident.</param>
/// <param name="Lines">How many lines it has damaged.</param>
public sealed record PolicyMutation(string Name, string Text, int Lines = 1);

/// <summary>The small accidents of editing and merging: a word lost, two neighbours swapped, a line lost.</summary>
public static class PolicyMutations
{
    /// <summary>Every text that lacks one word or sign.</summary>
    public static IEnumerable<PolicyMutation> DeleteEachToken(string text)
    {
        var source = new SourceText("mutated.policy", text);
        foreach (var token in Spans(source))
        {
            var changed = text[..token.Start] + new string(' ', token.Length) + text[token.End..];
            yield return new PolicyMutation($"delete {Place(source, token)} {text.Substring(token.Start, token.Length)}", changed);
        }
    }

    /// <summary>Every text with two different neighbours swapped.</summary>
    public static IEnumerable<PolicyMutation> SwapNeighbours(string text)
    {
        var source = new SourceText("mutated.policy", text);
        var spans = Spans(source);
        for (var i = 0; i + 1 < spans.Length; i++)
        {
            var (first, second) = (spans[i], spans[i + 1]);
            var (a, b) = (text.Substring(first.Start, first.Length), text.Substring(second.Start, second.Length));
            if (a != b)
            {
                var changed = $"{text[..first.Start]} {b} {text[first.End..second.Start]} {a} {text[second.End..]}";
                yield return new PolicyMutation($"swap {Place(source, first)} {a} {b}", changed, text[first.Start..second.Start].Contains('\n', StringComparison.Ordinal) ? 2 : 1);
            }
        }
    }

    /// <summary>Every text that lacks one line.</summary>
    public static IEnumerable<PolicyMutation> DeleteEachLine(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var kept = lines.Where((_, index) => index != i);
            yield return new PolicyMutation(string.Create(CultureInfo.InvariantCulture, $"line {i + 1}"), string.Join('\n', kept));
        }
    }

    private static TextSpan[] Spans(SourceText source)
        => [.. PolicyTokens.Read(source, CancellationToken.None).Tokens.Select(PolicyTokens.SpanOf)];

    private static string Place(SourceText source, TextSpan span)
    {
        var (line, column) = source.GetLineAndColumn(span.Start);
        return string.Create(CultureInfo.InvariantCulture, $"{line + 1}:{column + 1}");
    }
}
