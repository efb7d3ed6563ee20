using System.Text;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Formatting;

/// <summary>Writes tokens on one line.</summary>
internal sealed class FlatText(LayoutTokens tokens)
{
    /// <summary>Whether a node can stand on one line: no comment inside it, and no break that is its author's to make.</summary>
    public bool CanBeFlat(LayoutNode node) => !tokens.HasCommentInside(node.Start, node.End) && KeepsNoBreak(node);

    /// <summary>Whether a phrase can stand on one line.</summary>
    public bool CanBeFlat(Phrase phrase) => !tokens.HasCommentInside(phrase.Start, phrase.End) && KeepsNoBreak(phrase.Start, phrase.End);

    /// <summary>Whether a list in brackets has been broken by its author, which is said by a line break behind the bracket.</summary>
    public bool IsBrokenList(int open) => tokens.Closing(open) > open + 1 && tokens.StartsLine(open + 1);

    /// <summary>A node on one line as the cells of its columns; joined by a space they are its text.</summary>
    public List<string> Cells(LayoutNode node)
    {
        if (node is BlockNode block)
        {
            return [Of(block.Start, block.Open), Braces(block)];
        }

        var sentence = (SentenceNode)node;
        var headEnd = sentence.Phrases[0].End;
        var clauses = new StringBuilder();
        foreach (var phrase in sentence.Phrases)
        {
            if (phrase.IsClause)
            {
                clauses.Append(' ').Append(Of(phrase.Start, phrase.End));
            }
            else
            {
                headEnd = phrase.End;
            }
        }

        var cells = new List<string>(sentence.Columns.Length + 1);
        var start = sentence.Start;
        foreach (var column in sentence.Columns)
        {
            cells.Add(Of(start, column));
            start = column;
        }

        cells.Add(Of(start, headEnd) + clauses);
        return cells;
    }

    /// <summary>Some tokens on one line.</summary>
    public string Of(int start, int end)
    {
        var text = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            text.Append(i > start ? Space(i) : "").Append(tokens.Text(i));
        }

        return text.ToString();
    }

    /// <summary>What stands between a token and the one before it on a line.</summary>
    public string Space(int index)
        => tokens.Type(index) is PolicyParser.COMMA or PolicyParser.RBRACKET or PolicyParser.RPAREN || tokens.Type(index - 1) is PolicyParser.LBRACKET or PolicyParser.LPAREN ? "" : " ";

    private string Braces(BlockNode block)
        => block.Items.IsEmpty ? "{ }" : $"{{ {string.Join(LayoutRules.Gap, block.Items.Select(item => string.Join(' ', Cells(item))))} }}";

    private bool KeepsNoBreak(LayoutNode node)
    {
        switch (node)
        {
            case BlockNode block:
                // A flag that would begin a statement if it came first on a line has to stay where it is.
                return block.Items.All(KeepsNoBreak)
                    && (block.Items.Any(item => !tokens.MayStartLine(item.Start))
                        || !(block.Items.Any(item => tokens.StartsLine(item.Start)) || (!block.Items.IsEmpty && tokens.StartsLine(block.Close))));
            case SentenceNode sentence:
                return !sentence.Phrases.Any(phrase => phrase.IsClause && tokens.StartsLine(phrase.Start)) && KeepsNoBreak(sentence.Start, sentence.End);
            default:
                return true;
        }
    }

    private bool KeepsNoBreak(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (tokens.Type(i) == PolicyParser.LBRACKET && IsBrokenList(i))
            {
                return false;
            }
        }

        return true;
    }
}
