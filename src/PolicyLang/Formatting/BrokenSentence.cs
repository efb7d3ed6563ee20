using PolicyLang.Syntax.Generated;

namespace PolicyLang.Formatting;

/// <summary>
/// Writes a sentence on several lines. Whatever it decides depends on the tokens, the comments and the lists that their author broke, and a list that it breaks is written
/// like one of those: so the result, read again, gives the same result.
/// </summary>
internal sealed class BrokenSentence(LayoutTokens tokens, FlatText flat, NodeWriter writer)
{
    /// <summary>Writes a sentence; its last line is not finished.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="indent">Its indentation.</param>
    public void Write(SentenceNode sentence, int indent)
    {
        writer.Begin(indent);
        var inner = indent + LayoutRules.Indent;
        var isBehindBrokenPhrase = false;
        foreach (var phrase in sentence.Phrases)
        {
            var isFirst = phrase.Start == sentence.Start;
            var startsLine = !isFirst && (phrase.IsClause || isBehindBrokenPhrase || writer.MustBreak || !Fits(phrase, writer.Column + 1));
            var before = writer.LineCount;
            WritePhrase(phrase, isFirst ? "" : " ", startsLine, inner, indent + LayoutRules.Continuation);
            isBehindBrokenPhrase = writer.LineCount > before + (startsLine ? 1 + tokens.Before(phrase.Start).Length : 0);
        }
    }

    private bool Fits(Phrase phrase, int column)
        => flat.CanBeFlat(phrase) && tokens.Before(phrase.Start).IsEmpty && column + flat.Of(phrase.Start, phrase.End).Length <= LayoutRules.Width;

    private void WritePhrase(Phrase phrase, string space, bool startsLine, int lineIndent, int continuation)
    {
        var column = startsLine ? lineIndent : writer.Column + space.Length;
        var isFlat = flat.CanBeFlat(phrase) && column + flat.Of(phrase.Start, phrase.End).Length <= LayoutRules.Width;
        var pieces = isFlat ? [] : Breaks(phrase);
        pieces.Add(phrase.End);
        var start = phrase.Start;
        foreach (var end in pieces)
        {
            var isFirst = start == phrase.Start;
            var onLine = isFirst ? startsLine : tokens.MayStartLine(start);
            WritePiece(start, end, isFirst ? space : " ", onLine, isFirst ? lineIndent : continuation, continuation);
            start = end;
        }
    }

    private void WritePiece(int start, int end, string space, bool startsLine, int lineIndent, int continuation)
    {
        for (var i = start; i < end; i++)
        {
            if (i == start && startsLine)
            {
                writer.WriteOnLine(i, lineIndent);
            }
            else
            {
                writer.Write(i, i == start ? space : flat.Space(i), i == start ? lineIndent : continuation);
            }

            if (tokens.Type(i) == PolicyParser.LBRACKET && MustBreakList(i, end))
            {
                i = WriteBrokenList(i);
            }
        }
    }

    // Up to the next bracket, which may break in its turn.
    private bool MustBreakList(int open, int end)
    {
        var close = tokens.Closing(open);
        if (close == open + 1 && tokens.Before(close).IsEmpty)
        {
            return false;
        }

        if (flat.IsBrokenList(open) || tokens.HasCommentInside(open, close + 1))
        {
            return true;
        }

        var next = close + 1;
        while (next < end && tokens.Type(next - 1) != PolicyParser.LBRACKET)
        {
            next++;
        }

        return writer.Column - 1 + flat.Of(open, next).Length > LayoutRules.Width;
    }

    private int WriteBrokenList(int open)
    {
        var close = tokens.Closing(open);
        var indent = writer.LineIndent;
        var inner = indent + LayoutRules.Indent;
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.Type(i) == PolicyParser.COMMA)
            {
                writer.Write(i, "", inner);
            }
            else
            {
                writer.WriteOnLine(i, inner, i == close - 1 ? "," : "", keepsBlankLine: i > open + 1);
            }
        }

        writer.WriteOnLine(close, indent, commentIndent: inner);
        return close;
    }

    // Before `and` and `or`, the outermost ones, otherwise behind commas; a phrase with brackets is broken inside them.
    private List<int> Breaks(Phrase phrase)
    {
        var (junctions, junctionDepth) = (new List<int>(), int.MaxValue);
        var commas = new List<int>();
        var hasBrackets = false;
        var depth = 0;
        for (var i = phrase.Start; i < phrase.End; i++)
        {
            switch (tokens.Type(i))
            {
                case PolicyParser.LBRACKET:
                    hasBrackets = true;
                    i = tokens.Closing(i);
                    break;
                case PolicyParser.LPAREN:
                    depth++;
                    break;
                case PolicyParser.RPAREN:
                    depth--;
                    break;
                case PolicyParser.COMMA:
                    commas.Add(i + 1);
                    break;
                case PolicyParser.AND or PolicyParser.OR when depth <= junctionDepth:
                    if (depth < junctionDepth)
                    {
                        junctions.Clear();
                        junctionDepth = depth;
                    }

                    junctions.Add(i);
                    break;
            }
        }

        return junctions.Count > 0 ? junctions : hasBrackets ? [] : commas;
    }
}
