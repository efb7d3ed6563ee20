using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>A rule that a comment names.</summary>
/// <param name="Id">The name.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record SuppressedRule(string Id, SourceLocation Location);

/// <summary>A comment that keeps rules quiet: <c># policyc: ignore RULE because "…"</c>.</summary>
/// <param name="Location">The comment from its sign on.</param>
/// <param name="Rules">The rules, in order.</param>
/// <param name="Because">The reason; absent where none is given, or one that says nothing.</param>
/// <param name="FirstLine">The first line, from zero, on which findings may begin.</param>
/// <param name="LastLine">The last such line.</param>
internal sealed record Suppression(SourceLocation Location, ImmutableArray<SuppressedRule> Rules, string? Because, int FirstLine, int LastLine)
{
    private SourceText Source => Location.Source;

    /// <summary>Whether a finding on a line is meant.</summary>
    public bool Covers(int line) => line >= FirstLine && line <= LastLine;

    /// <summary>Whether it stands above lines of which nothing is left when a range of the text is taken away, so that it would speak of what comes next.</summary>
    public bool OutlivesItsLines(TextSpan removed)
        => LastLine < Source.LineCount
            && Location.Span.End <= removed.Start
            && removed.Start <= StartOf(FirstLine)
            && Source.GetOffset(LastLine, Source.GetLine(LastLine).TrimEnd().Length) <= removed.End;

    /// <summary>The edit that takes the comment away, with its line where nothing else stands on it.</summary>
    public TextEdit Removal()
    {
        var line = Source.GetLineAndColumn(Location.Span.Start).Line;
        var text = Source.GetLine(line);
        var before = Source.Text.AsSpan(0, Location.Span.Start).TrimEnd(" \t").Length;
        var isAlone = Location.Span.Start == StartOf(line);
        var start = isAlone ? Source.GetOffset(line, 0) : before;
        var end = isAlone && line + 1 < Source.LineCount ? Source.GetOffset(line + 1, 0) : Source.GetOffset(line, text.Length);
        return new TextEdit(new SourceLocation(Source, new TextSpan(start, end - start)), "");
    }

    /// <summary>The edit that takes one rule out of several.</summary>
    /// <param name="rule">One of the rules.</param>
    public TextEdit Without(SuppressedRule rule)
    {
        var index = Rules.IndexOf(rule);
        var span = index + 1 < Rules.Length
            ? new TextSpan(rule.Location.Span.Start, Rules[index + 1].Location.Span.Start - rule.Location.Span.Start)
            : TextSpan.Between(new TextSpan(Rules[index - 1].Location.Span.End, 0), rule.Location.Span);
        return new TextEdit(new SourceLocation(Source, span), "");
    }

    private int StartOf(int line)
    {
        var text = Source.GetLine(line);
        return Source.GetOffset(line, text.Length - text.TrimStart().Length);
    }
}

/// <summary>What became of a suppression.</summary>
/// <param name="Unused">The rules that were checked and found nothing there.</param>
/// <param name="Unknown">The names that are no rules.</param>
/// <param name="KnownNames">The names that are.</param>
internal sealed record SuppressionUse(ImmutableArray<SuppressedRule> Unused, ImmutableArray<SuppressedRule> Unknown, ImmutableArray<string> KnownNames);
