using System.Text;

namespace PolicyLang.Formatting;

/// <summary>Writes one node token by token. A comment ends its line wherever it stands, and what follows it goes on in the next one.</summary>
/// <param name="tokens">The file's tokens.</param>
/// <param name="lines">Receives the finished lines.</param>
/// <param name="node">The node; the comments before and behind it are not written.</param>
internal sealed class NodeWriter(LayoutTokens tokens, List<string> lines, LayoutNode node)
{
    private readonly StringBuilder _line = new();
    private bool _mustBreak;

    /// <summary>The width of the current line.</summary>
    public int Column => _line.Length;

    /// <summary>How far the current line is indented.</summary>
    public int LineIndent { get; private set; }

    /// <summary>How many lines are finished.</summary>
    public int LineCount => lines.Count;

    /// <summary>Whether the next token begins a line whatever is asked for.</summary>
    public bool MustBreak => _mustBreak;

    /// <summary>Begins the first line.</summary>
    public void Begin(int indent)
    {
        LineIndent = indent;
        _line.Append(' ', indent);
    }

    /// <summary>Writes a token on the current line, or on the next one where a comment asks for that.</summary>
    /// <param name="index">The token.</param>
    /// <param name="space">What stands before it on the line.</param>
    /// <param name="indent">The indentation of the line that it would begin.</param>
    /// <param name="suffix">What is written directly behind it.</param>
    public void Write(int index, string space, int indent, string suffix = "")
    {
        var comments = index == node.Start ? [] : tokens.Before(index);
        if (!_mustBreak && comments.IsEmpty)
        {
            _line.Append(space);
            Append(index, suffix);
            return;
        }

        WriteOnLine(index, indent, suffix);
    }

    /// <summary>Writes a token at the beginning of a line.</summary>
    /// <param name="index">The token.</param>
    /// <param name="indent">The indentation of the line.</param>
    /// <param name="suffix">What is written directly behind it.</param>
    /// <param name="keepsBlankLine">Whether a blank line of the author's before it is kept.</param>
    /// <param name="commentIndent">The indentation of comments before it, if it is another one.</param>
    public void WriteOnLine(int index, int indent, string suffix = "", bool keepsBlankLine = false, int? commentIndent = null)
    {
        foreach (var comment in tokens.Before(index))
        {
            NewLine(commentIndent ?? indent, keepsBlankLine && comment.FollowsBlankLine);
            _line.Append(comment.Text);
        }

        NewLine(indent, keepsBlankLine && tokens.FollowsBlankLine(index));
        Append(index, suffix);

        // A statement word got here only by the comment before it; it begins no statement as long as it is alone behind its comma.
        _mustBreak |= !tokens.MayStartLine(index);
    }

    /// <summary>Finishes the last line.</summary>
    /// <param name="text">What is written directly behind the last token.</param>
    public void End(string text = "")
    {
        lines.Add(_line.Append(text).ToString());
        _line.Clear();
    }

    private void Append(int index, string suffix)
    {
        _line.Append(tokens.Text(index)).Append(suffix);
        _mustBreak = false;
        if (index != node.End - 1 && tokens.After(index) is { } comment)
        {
            _line.Append(LayoutRules.Gap).Append(comment);
            _mustBreak = true;
        }
    }

    private void NewLine(int indent, bool isSeparate)
    {
        End();
        if (isSeparate)
        {
            lines.Add("");
        }

        LineIndent = indent;
        _line.Append(' ', indent);
    }
}
