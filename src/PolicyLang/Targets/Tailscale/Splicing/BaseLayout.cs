using System.Text;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale.Splicing;

/// <summary>How a base is laid out, so that what is added looks like it.</summary>
internal sealed class BaseLayout
{
    private readonly string _text;
    private readonly string _lineBreak;
    private readonly string _step;

    public BaseLayout(TailnetBase @base)
    {
        _text = @base.Blocks.Text;
        _lineBreak = @base.LineBreak;
        var outer = MarkedBlocks.IndentOf(_text, @base.Root.Span.Start);
        var inner = IndentOfMembers(@base.Root);
        _step = inner is not null && inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : "\t";
    }

    /// <summary>The members or items of a value as a marked block for a list or object of the base, and where it goes.</summary>
    public (int Offset, string Text) Block(HuJsonComposite container, HuJsonValue value, CancellationToken cancellation)
    {
        var opening = container.Span.Start + 1;
        var first = FirstTrivia(container);
        var lineEnd = EndOfFirstLine(first);
        var outer = MarkedBlocks.IndentOf(_text, container.Span.Start);
        var inner = IndentOfMembers(container) ?? outer + _step;
        var block = new StringBuilder();
        var isOnLineOfItsOwn = lineEnd >= 0;
        block.Append(isOnLineOfItsOwn ? inner : " ").Append(MarkedBlocks.Begin).Append(_lineBreak);
        AppendLines(block, value, inner, cancellation);
        block.Append(inner).Append(MarkedBlocks.End).Append(_lineBreak);
        return isOnLineOfItsOwn ? (opening + lineEnd, block.ToString()) : (opening, block.Append(inner).ToString());
    }

    // The value is formatted with a line for each member, and its brackets are left out.
    private void AppendLines(StringBuilder block, HuJsonValue value, string indent, CancellationToken cancellation)
    {
        var piece = new StringBuilder();
        HuJsonFormatter.AppendPiece(piece, value, 0, cancellation);
        var lines = piece.ToString().Split('\n');
        foreach (var line in lines.AsSpan()[1..^1])
        {
            var depth = line.AsSpan().IndexOfAnyExcept('\t') is var tabs and > 0 ? tabs : 0;
            if (line.Length > depth)
            {
                block.Append(indent);
                for (var i = 1; i < depth; i++)
                {
                    block.Append(_step);
                }
            }

            block.Append(line, depth, line.Length - depth).Append(_lineBreak);
        }
    }

    private static string FirstTrivia(HuJsonComposite container) => container switch
    {
        HuJsonObject { Members: [var first, ..] } => first.Name.Before,
        HuJsonArray { Items: [var first, ..] } => first.Before,
        _ => container.Closing,
    };

    // Behind the first line break that is no part of a comment over several lines; negative where there is none.
    private static int EndOfFirstLine(string trivia)
    {
        for (var i = 0; i < trivia.Length; i++)
        {
            if (trivia[i] == '\n')
            {
                return i + 1;
            }

            if (HuJsonTrivia.CommentLength(trivia.AsSpan(i)) is var length and > 0)
            {
                if (trivia[i + 1] == '/')
                {
                    return i + length;
                }

                i += length - 1;
            }
        }

        return -1;
    }

    private static string? IndentOfMembers(HuJsonComposite container)
    {
        var before = FirstTrivia(container);
        var feed = before.LastIndexOf('\n');
        if (container.Count == 0 || feed < 0)
        {
            return null;
        }

        var rest = before.AsSpan(feed + 1);
        var end = rest.IndexOfAnyExcept(' ', '\t');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
