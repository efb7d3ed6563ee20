using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Linting;

/// <summary>
/// Finds the comments that keep rules quiet. At the end of a line such a comment speaks of that line; on a line of its own of the next line that
/// says something, and of whatever is indented below it; with <c>ignore-file</c> of the whole file.
/// </summary>
internal static class SuppressionReader
{
    private const string Mark = "policyc:";

    /// <summary>The suppressions of a file, in order.</summary>
    public static ImmutableArray<Suppression> Read(SourceText source)
    {
        var found = ImmutableArray.CreateBuilder<Suppression>();

        // Most files have none, and looking for the mark is all that they cost.
        for (var mark = source.Text.IndexOf(Mark, StringComparison.Ordinal); mark >= 0; mark = source.Text.IndexOf(Mark, mark + Mark.Length, StringComparison.Ordinal))
        {
            if (StartOfComment(source.Text, mark) is { } start && ReadAt(source, start, mark + Mark.Length) is { } suppression)
            {
                found.Add(suppression);
            }
        }

        return found.ToImmutable();
    }

    // The sign of the comment that has nothing but blanks in front of the mark.
    private static int? StartOfComment(string text, int mark)
    {
        var before = text.AsSpan(0, mark).TrimEnd(" \t");
        var length = before.EndsWith("#") ? 1 : before.EndsWith("//") ? 2 : 0;
        var start = before.Length - length;
        return length > 0 && (start == 0 || text[start - 1] is ' ' or '\t' or '\r' or '\n') ? start : null;
    }

    private static Suppression? ReadAt(SourceText source, int start, int position)
    {
        var words = new Words(source, position);
        var verb = words.Next();
        if (verb.Id is not ("ignore" or "ignore-file"))
        {
            return null;
        }

        var rules = ImmutableArray.CreateBuilder<SuppressedRule>();
        string? because = null;
        for (var word = words.Next(); word.Id.Length > 0; word = words.Next())
        {
            if (word.Id == "because")
            {
                because = words.Quoted();
                break;
            }

            // Behind anything that is no name no rules are meant, and what is missing is the reason.
            var name = word.Id.TrimEnd(':');
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                break;
            }

            rules.Add(new SuppressedRule(name, word.Location with { Span = new TextSpan(word.Location.Span.Start, name.Length) }));
            if (name.Length < word.Id.Length)
            {
                break;
            }
        }

        var (first, last) = LinesOf(source, start, verb.Id == "ignore-file");
        return new Suppression(new SourceLocation(source, new TextSpan(start, words.End - start)), rules.ToImmutable(), because?.Any(char.IsLetterOrDigit) is true ? because : null, first, last);
    }

    private static (int First, int Last) LinesOf(SourceText source, int start, bool isFile)
    {
        if (isFile)
        {
            return (0, source.LineCount);
        }

        var (line, column) = source.GetLineAndColumn(start);
        if (!string.IsNullOrWhiteSpace(source.GetLine(line)[..column]))
        {
            return (line, line);
        }

        var first = line + 1;
        while (first < source.LineCount && SaysNothing(source.GetLine(first)))
        {
            first++;
        }

        return first < source.LineCount ? (first, EndOfBlock(source, first)) : (first, first);
    }

    private static int EndOfBlock(SourceText source, int first)
    {
        var head = source.GetLine(first);
        var indent = IndentOf(head);
        var isItem = head.AsSpan(indent.Length).StartsWith("- ");
        var isYaml = source.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || source.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        var isDocument = isYaml && indent.IsEmpty && BeginsDocument(source, first);
        var isPolicy = source.Path.EndsWith(".policy", StringComparison.Ordinal);
        var last = first;
        for (var line = first + 1; line < source.LineCount; line++)
        {
            var text = source.GetLine(line);
            if (SaysNothing(text))
            {
                continue;
            }

            if (isYaml && text.StartsWith("---", StringComparison.Ordinal))
            {
                break;
            }

            var own = IndentOf(text);
            var rest = text.AsSpan(own.Length);
            if (own.SequenceEqual(indent) && rest[0] is '}' or ']' or ')')
            {
                // What was opened on the first line ends here; behind it the next item may begin.
                return line;
            }

            // Indentation of tabs under one of blanks says nothing about what belongs to what.
            var isDeeper = own.Length > indent.Length && own.StartsWith(indent);
            var goesOn = isDeeper || isDocument
                || (own.SequenceEqual(indent) && ((isYaml && !isItem && rest.StartsWith("- ")) || (isPolicy && indent.IsEmpty && !LanguageWords.StatementWords.Contains(FirstWord(rest), StringComparer.Ordinal))));
            if (!goesOn)
            {
                break;
            }

            last = line;
        }

        return last;
    }

    // A comment above a document speaks of the object in it.
    private static bool BeginsDocument(SourceText source, int first)
    {
        for (var line = first - 1; line >= 0; line--)
        {
            var text = source.GetLine(line);
            if (!SaysNothing(text))
            {
                return text.StartsWith("---", StringComparison.Ordinal);
            }
        }

        return true;
    }

    private static string FirstWord(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(" \t{\"");
        return (length < 0 ? text : text[..length]).ToString();
    }

    private static bool SaysNothing(string line)
    {
        var text = line.AsSpan().Trim();
        return text.IsEmpty || text[0] == '#' || text.StartsWith("//");
    }

    private static ReadOnlySpan<char> IndentOf(string line) => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length);

    /// <summary>The words of a comment, as far as its line goes.</summary>
    private sealed class Words(SourceText source, int position)
    {
        private int _position = position;

        /// <summary>The offset behind the line.</summary>
        public int End { get; } = source.Text.AsSpan(position).IndexOfAny('\r', '\n') is >= 0 and var length ? position + length : source.Text.Length;

        /// <summary>The next word, without commas; empty at the end of the line.</summary>
        public SuppressedRule Next()
        {
            while (_position < End && source.Text[_position] is ' ' or '\t' or ',')
            {
                _position++;
            }

            var rest = source.Text.AsSpan(_position, End - _position);
            var length = rest.IndexOfAny(" \t,") is >= 0 and var found ? found : rest.Length;
            var location = new SourceLocation(source, new TextSpan(_position, length));
            _position += length;
            return new SuppressedRule(location.Text, location);
        }

        /// <summary>The text in quotes that comes next; absent where none does.</summary>
        public string? Quoted()
        {
            var rest = source.Text.AsSpan(_position, End - _position).TrimStart(" \t");
            var end = rest is ['"', ..] ? rest[1..].IndexOf('"') : -1;
            return end < 0 ? null : rest[1..(end + 1)].ToString();
        }
    }
}
