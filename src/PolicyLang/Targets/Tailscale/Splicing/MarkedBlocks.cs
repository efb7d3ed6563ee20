using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale.Splicing;

/// <summary>
/// The blocks of a policy file that an earlier build put there, between <c>// policyc: begin</c> and <c>// policyc: end</c>, and the text without them. Whoever takes the output of a
/// build as the base of the next one gets the same bytes again.
/// </summary>
internal sealed class MarkedBlocks
{
    public const string Begin = "// policyc: begin";
    public const string End = "// policyc: end";

    private readonly SourceText _source;
    private readonly ImmutableArray<(int Start, int BaseStart)> _pieces;

    private MarkedBlocks(SourceText source, List<TextSpan> blocks)
    {
        _source = source;
        var text = new StringBuilder(source.Text.Length);
        var pieces = ImmutableArray.CreateBuilder<(int Start, int BaseStart)>(blocks.Count + 1);
        var position = 0;
        foreach (var block in blocks)
        {
            pieces.Add((text.Length, position));
            text.Append(source.Text, position, block.Start - position);
            position = block.End;
        }

        pieces.Add((text.Length, position));
        Text = text.Append(source.Text, position, source.Text.Length - position).ToString();
        _pieces = pieces.ToImmutable();
    }

    /// <summary>The text without the blocks.</summary>
    public string Text { get; }

    /// <summary>Finds the blocks; reports marks that do not go together and then returns nothing.</summary>
    public static MarkedBlocks? Find(SourceText source, DiagnosticBag diagnostics)
    {
        var blocks = new List<TextSpan>();
        (int Start, int Container)? open = null;
        var isSound = true;
        foreach (var (comment, container) in CommentsOf(source.Text))
        {
            var words = source.Text.AsSpan(comment.Start, comment.Length).Trim();
            var isBegin = words.Equals(Begin, StringComparison.Ordinal);
            var isEnd = words.Equals(End, StringComparison.Ordinal);
            if (!isBegin && !isEnd)
            {
                if (LooksLikeMark(words))
                {
                    Report($"`{words}` is no mark of policyc, and looks like one");
                }

                continue;
            }

            if (isBegin)
            {
                if (open is not null)
                {
                    Report("a marked block begins inside another one");
                }

                open = (comment.Start, container);
            }
            else if (open is not (var start, var outer))
            {
                Report("a marked block ends here and begins nowhere");
            }
            else if (outer != container)
            {
                Report("a marked block begins and ends in two different places of the file's structure");
            }
            else if (!IsFirstOnLine(source.Text, comment.Start))
            {
                Report("the end of a marked block does not stand on a line of its own");
            }
            else
            {
                blocks.Add(BlockOf(source.Text, start, comment));
                open = null;
            }

            void Report(string message)
            {
                isSound = false;
                Damaged(source, comment, message, diagnostics);
            }
        }

        if (open is { } last && isSound)
        {
            isSound = false;
            Damaged(source, new TextSpan(last.Start, Begin.Length), "a marked block begins here and does not end", diagnostics);
        }

        return isSound ? new MarkedBlocks(source, blocks) : null;
    }

    /// <summary>The offset in the file of an offset in <see cref="Text"/>.</summary>
    public int ToSource(int offset)
    {
        var i = _pieces.Length - 1;
        while (i > 0 && _pieces[i].Start > offset)
        {
            i--;
        }

        return offset - _pieces[i].Start + _pieces[i].BaseStart;
    }

    /// <summary>A place in the file.</summary>
    public SourceLocation LocationOf(TextSpan span) => new(_source, new TextSpan(ToSource(span.Start), span.Length));

    // Between two offsets of the text there may be blocks; they are left out.
    internal IEnumerable<(int Start, int End)> PiecesBetween(int start, int end)
    {
        for (var i = 0; i < _pieces.Length; i++)
        {
            var from = Math.Max(start, _pieces[i].Start);
            var to = Math.Min(end, i + 1 < _pieces.Length ? _pieces[i + 1].Start : Text.Length);
            if (to > from)
            {
                yield return (from - _pieces[i].Start + _pieces[i].BaseStart, to - _pieces[i].Start + _pieces[i].BaseStart);
            }
        }
    }

    // A block has whole lines, or begins behind what opens on its line; then the rest of that line was moved below it, as far in as the mark at its end.
    private static TextSpan BlockOf(string text, int begin, TextSpan endMark)
    {
        var end = endMark.End;
        if (IsFirstOnLine(text, begin))
        {
            return TextSpan.Between(new TextSpan(LineStart(text, begin), 0), new TextSpan(end, 0));
        }

        var indent = IndentOf(text, endMark.Start);
        var start = text[begin - 1] == ' ' ? begin - 1 : begin;
        return new TextSpan(start, (text.AsSpan(end).StartsWith(indent, StringComparison.Ordinal) ? end + indent.Length : end) - start);
    }

    internal static int LineStart(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    /// <summary>The white space with which the line of an offset begins.</summary>
    internal static string IndentOf(string text, int offset)
    {
        var start = LineStart(text, offset);
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text[start..end];
    }

    private static bool IsFirstOnLine(string text, int offset) => text.AsSpan(LineStart(text, offset)..offset).IndexOfAnyExcept(' ', '\t') < 0;

    private static bool LooksLikeMark(ReadOnlySpan<char> comment)
    {
        var words = comment.Trim("/* \t\r\n");
        var colon = words.IndexOf(':');
        return colon > 0
            && words[..colon].Trim().Equals("policyc", StringComparison.OrdinalIgnoreCase)
            && words[(colon + 1)..].Trim() is var rest
            && (rest.StartsWith("begin", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("end", StringComparison.OrdinalIgnoreCase));
    }

    // What is no HuJSON is said by the parser, so that here anything may stand. The container is where its bracket opens.
    private static IEnumerable<(TextSpan Comment, int Container)> CommentsOf(string text)
    {
        var containers = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        i += text[i] == '\\' ? 1 : 0;
                    }

                    break;
                case '{' or '[':
                    containers.Push(i);
                    break;
                case '}' or ']' when containers.Count > 0:
                    containers.Pop();
                    break;
                case '/' when HuJsonTrivia.CommentLength(text.AsSpan(i)) is var length and > 0:
                    yield return (new TextSpan(i, length), containers.Count > 0 ? containers.Peek() : -1);
                    i += length - 1;
                    break;
            }
        }
    }

    private static void Damaged(SourceText source, TextSpan span, string message, DiagnosticBag diagnostics)
    {
        var length = source.Text.AsSpan(span.Start, span.Length).TrimEnd().Length;
        diagnostics.Report(
            TailscaleDiagnostics.BaseMarkers,
            new SourceLocation(source, new TextSpan(span.Start, length)),
            message,
            $"a block that policyc wrote begins with `{Begin}` and ends with `{End}`, each on a line of one list or object: restore the marks, or remove the block with both of them");
    }
}
