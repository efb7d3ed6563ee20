using System.Text;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>
/// Finds the words, texts and ends of expressions in Terraform's native syntax (HashiCorp, "HCL Native Syntax Specification"). Every character is
/// looked at once, and nothing recurses.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class HclScanner(string text)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Where the next character stands.</summary>
    public int Position { get; set; }

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd => Position >= Text.Length;

    /// <summary>The next character, or the null character at the end.</summary>
    public char Current => Peek(0);

    /// <summary>Where something opens that never closes, and what; the rest of the text is then not read.</summary>
    public (int Start, string What)? Unclosed { get; private set; }

    /// <summary>A character further on, or the null character behind the end.</summary>
    public char Peek(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    /// <summary>Says that something opens and never closes.</summary>
    public void Fail(int start, string what)
    {
        Unclosed ??= (start, what);
        Position = Text.Length;
    }

    /// <summary>Passes blanks and comments, and line ends where they mean nothing.</summary>
    public void SkipBlank(bool isOverLines)
    {
        while (!IsAtEnd)
        {
            var c = Current;
            if (c is ' ' or '\t' or '\r' or '\uFEFF' || (isOverLines && c == '\n'))
            {
                Position++;
            }
            else if (c == '#' || (c == '/' && Peek(1) == '/'))
            {
                SkipLine();
            }
            else if (c == '/' && Peek(1) == '*')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Passes the rest of a line, without its end.</summary>
    public void SkipLine()
    {
        var length = Text.AsSpan(Position).IndexOf('\n');
        Position = length < 0 ? Text.Length : Position + length;
    }

    /// <summary>Takes a name; empty when none stands here.</summary>
    public string Name()
    {
        var start = Position;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-')
        {
            Position++;
        }

        return Text[start..Position];
    }

    /// <summary>Passes a text in quotes, with whatever stands in its templates.</summary>
    public void SkipQuoted()
    {
        // What is open: a text, or a template with so many braces in it.
        const int Quotes = -1;
        var start = Position;
        var open = new Stack<int>();
        open.Push(Quotes);
        Position++;
        while (open.Count > 0)
        {
            if (IsAtEnd || (open.Peek() == Quotes && Current == '\n'))
            {
                Fail(start, "this quote");
                return;
            }

            var c = Current;
            Position++;
            if (open.Peek() == Quotes)
            {
                switch (c)
                {
                    case '"':
                        open.Pop();
                        break;
                    case '\\':
                        Position++;
                        break;
                    case '$' or '%' when Current == c && Peek(1) == '{':
                        Position += 2;
                        break;
                    case '$' or '%' when Current == '{':
                        Position++;
                        open.Push(0);
                        break;
                }
            }
            else if (c == '"')
            {
                open.Push(Quotes);
            }
            else if (c == '{')
            {
                open.Push(open.Pop() + 1);
            }
            else if (c == '}')
            {
                var braces = open.Pop();
                if (braces > 0)
                {
                    open.Push(braces - 1);
                }
            }
        }
    }

    /// <summary>Passes a text between marks of its own, if one starts here.</summary>
    /// <returns>Where its lines start and end, and whether they are moved to the left; nothing when none starts here.</returns>
    public (int Start, int End, bool IsIndented)? SkipHeredoc()
    {
        if (Current != '<' || Peek(1) != '<')
        {
            return null;
        }

        var start = Position;
        Position += 2;
        var isIndented = Current == '-';
        Position += isIndented ? 1 : 0;
        var mark = Name();
        if (mark.Length == 0)
        {
            Position = start;
            return null;
        }

        SkipLine();
        var first = Math.Min(Position + 1, Text.Length);
        while (!IsAtEnd)
        {
            var line = ++Position;
            SkipLine();
            if (Text.AsSpan(Math.Min(line, Position), Math.Max(0, Position - line)).Trim().SequenceEqual(mark))
            {
                return (first, line, isIndented);
            }
        }

        Fail(start, $"the text that starts with `<<{mark}`");
        return (first, Text.Length, isIndented);
    }

    /// <summary>Passes an expression as far as its comma, its closing bracket or, where lines end it, its line.</summary>
    public void SkipExpression(bool isOverLines)
    {
        var opened = new Stack<int>();
        while (!IsAtEnd)
        {
            switch (Current)
            {
                case '"':
                    SkipQuoted();
                    continue;
                case '#' or '/':
                    var before = Position;
                    SkipBlank(isOverLines: false);
                    Position += Position == before ? 1 : 0;
                    continue;
                case '<' when SkipHeredoc() is not null:
                    continue;
                case '(' or '[' or '{':
                    opened.Push(Position);
                    break;
                case ')' or ']' or '}' when opened.Count > 0:
                    opened.Pop();
                    break;
                case ')' or ']' or '}' or ',' when opened.Count == 0:
                case '\n' when opened.Count == 0 && !isOverLines:
                    return;
            }

            Position++;
        }

        if (opened.Count > 0)
        {
            Fail(opened.Last(), "this bracket");
        }
    }

    /// <summary>What the text of a template says by itself; nothing where Terraform fills something in.</summary>
    public static string? TemplateValue(string template)
    {
        if (template.AsSpan().IndexOfAny('$', '%') < 0)
        {
            return template;
        }

        var value = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            value.Append(c);
            if (c is not ('$' or '%') || i + 1 >= template.Length)
            {
                continue;
            }

            if (template[i + 1] == '{')
            {
                return null;
            }

            if (template[i + 1] == c && i + 2 < template.Length && template[i + 2] == '{')
            {
                value.Append('{');
                i += 2;
            }
        }

        return value.ToString();
    }

    private void SkipComment()
    {
        var start = Position;
        var length = Text.AsSpan(Position + 2).IndexOf("*/");
        if (length < 0)
        {
            Fail(start, "this comment");
        }
        else
        {
            Position += length + 4;
        }
    }
}
