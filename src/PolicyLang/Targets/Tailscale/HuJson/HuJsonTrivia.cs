using System.Text;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>How white space and comments are laid out. The rules are those of <c>Format</c> in github.com/tailscale/hujson.</summary>
internal static class HuJsonTrivia
{
    private static readonly string[] LineStarts = [.. Enumerable.Range(0, 10).Select(depth => "\n" + new string('\t', depth))];

    /// <summary>What the place of white space and comments asks for.</summary>
    [Flags]
    internal enum Place
    {
        None = 0,

        /// <summary>A line break comes first even if there was none.</summary>
        StartsLine = 1,

        /// <summary>A line break comes last even if there was none.</summary>
        EndsLine = 2,

        /// <summary>No blank line at the start.</summary>
        NoBlankAtStart = 4,

        /// <summary>No blank line at the end.</summary>
        NoBlankAtEnd = 8,

        /// <summary>What follows is a closing bracket and stands one step to the left.</summary>
        BeforeBracket = 16,

        /// <summary>Where there is nothing, a space.</summary>
        AtLeastSpace = 32,
    }

    internal static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    /// <summary>The length of the comment that a text starts with; zero for none, negative when it is not closed.</summary>
    internal static int CommentLength(ReadOnlySpan<char> text)
    {
        var (start, end) = text.StartsWith("//", StringComparison.Ordinal) ? ("//", "\n") : text.StartsWith("/*", StringComparison.Ordinal) ? ("/*", "*/") : ("", "");
        if (start.Length == 0)
        {
            return 0;
        }

        var index = text[start.Length..].IndexOf(end, StringComparison.Ordinal);
        return index < 0 ? -1 : start.Length + index + end.Length;
    }

    internal static bool HasComment(string trivia) => trivia.Contains('/', StringComparison.Ordinal);

    internal static bool HasLineBreak(string trivia) => trivia.Contains('\n', StringComparison.Ordinal);

    /// <summary>The lengths in bytes that a piece contributes to the line it starts on and to the line it ends on.</summary>
    internal static (int First, int Last, bool IsMultiline) Measure(string trivia)
    {
        if (trivia.Length == 0)
        {
            return (0, 0, false);
        }

        var firstBreak = trivia.IndexOf('\n', StringComparison.Ordinal);
        if (firstBreak < 0)
        {
            var length = CommentBytes(trivia);
            return (length, length, false);
        }

        return (CommentBytes(trivia.AsSpan(0, firstBreak)), CommentBytes(trivia.AsSpan(trivia.LastIndexOf('\n') + 1)), true);
    }

    internal static string Format(string trivia, int depth, Place place)
    {
        // Nothing and a lone line break are nearly all there is in a generated file.
        var breaks = (place & (Place.StartsLine | Place.EndsLine)) != 0;
        if (trivia.Length == 0 && !breaks)
        {
            return place.HasFlag(Place.AtLeastSpace) ? " " : "";
        }

        if (breaks && (trivia.Length == 0 || trivia == "\n") && depth < LineStarts.Length)
        {
            return LineStarts[place.HasFlag(Place.BeforeBracket) ? depth - 1 : depth];
        }

        var rest = trivia.Contains('\r', StringComparison.Ordinal)
            ? trivia.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n\r", "\n", StringComparison.Ordinal).Replace('\r', ' ').AsSpan()
            : trivia.AsSpan();
        var result = new StringBuilder();
        if (place.HasFlag(Place.StartsLine) && !rest.Contains('\n'))
        {
            result.Append('\n');
        }

        while (rest.Length > 0)
        {
            var spaces = CountSpaces(rest);
            if (spaces > 0)
            {
                // Never more than one blank line.
                result.Append('\n', Math.Min(2, rest[..spaces].Count('\n')));
                rest = rest[spaces..];
                continue;
            }

            var length = CommentLength(rest);
            if (length <= 0)
            {
                throw new InvalidOperationException("the trivia of a HuJSON document holds something else than white space and comments");
            }

            if (EndsWithBreak(result))
            {
                result.Append('\t', depth);
            }
            else
            {
                result.Append(' ');
            }

            var comment = rest[..length];
            if (comment[1] == '/')
            {
                // The line break behind the comment is left for the next round, as white space.
                result.Append(comment.TrimEnd());
                rest = rest[(length - 1)..];
                continue;
            }

            if (comment.Contains('\n'))
            {
                AppendBlockComment(result, comment.ToString(), depth);
            }
            else
            {
                result.Append(comment);
            }

            rest = rest[length..];
        }

        return Finish(result, depth, place);
    }

    private static string Finish(StringBuilder result, int depth, Place place)
    {
        if (place.HasFlag(Place.EndsLine) && !EndsWithBreak(result))
        {
            result.Append('\n');
        }

        while (place.HasFlag(Place.NoBlankAtStart) && result.Length > 1 && result[0] == '\n' && result[1] == '\n')
        {
            result.Remove(0, 1);
        }

        while (place.HasFlag(Place.NoBlankAtEnd) && result.Length > 1 && result[^1] == '\n' && result[^2] == '\n')
        {
            result.Length--;
        }

        if (EndsWithBreak(result))
        {
            result.Append('\t', place.HasFlag(Place.BeforeBracket) ? depth - 1 : depth);
        }
        else if (result.Length > 0 || place.HasFlag(Place.AtLeastSpace))
        {
            result.Append(' ');
        }

        return result.ToString();
    }

    // The lines of a block comment keep their places relative to each other and move as one.
    private static void AppendBlockComment(StringBuilder result, string comment, int depth)
    {
        var lines = comment.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = lines[i].TrimEnd();
        }

        var common = lines.Skip(1).First(line => line.Length > 0);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            if (lines[i].EndsWith("*/", StringComparison.Ordinal) && CountSpaces(lines[i]) + 2 == lines[i].Length)
            {
                lines[i] = string.Concat(common.AsSpan(0, CountSpaces(common)), "*/");
                break;
            }

            common = common[..CommonPrefixOrAll(common, lines[i])];
        }

        var indent = CountSpaces(common);
        var isStarred = common.Length > indent && common[indent] == '*' && Array.TrueForAll(lines, line => line.Length > 0);
        result.Append(lines[0]);
        for (var i = 1; i < lines.Length; i++)
        {
            result.Append('\n');
            if (lines[i].Length > 0)
            {
                result.Append('\t', depth).Append(isStarred ? " " : "").Append(lines[i].AsSpan(indent));
            }
        }
    }

    // A line that ends within the prefix does not shorten it: the original compares only where both have characters.
    private static int CommonPrefixOrAll(string prefix, string line)
    {
        var length = Math.Min(prefix.Length, line.Length);
        var equal = prefix.AsSpan(0, length).CommonPrefixLength(line.AsSpan(0, length));
        return equal < length ? equal : prefix.Length;
    }

    private static int CommentBytes(ReadOnlySpan<char> trivia)
    {
        var bytes = 0;
        while (true)
        {
            trivia = trivia[CountSpaces(trivia)..];
            if (trivia.StartsWith("//", StringComparison.Ordinal))
            {
                return bytes + 1 + Encoding.UTF8.GetByteCount(trivia);
            }

            if (!trivia.StartsWith("/*", StringComparison.Ordinal))
            {
                return bytes > 0 ? bytes + 1 : 0;
            }

            var length = CommentLength(trivia);
            if (length < 0)
            {
                return bytes + 1 + Encoding.UTF8.GetByteCount(trivia);
            }

            bytes += 1 + Encoding.UTF8.GetByteCount(trivia[..length]);
            trivia = trivia[length..];
        }
    }

    private static int CountSpaces(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && IsSpace(text[count]))
        {
            count++;
        }

        return count;
    }

    private static bool EndsWithBreak(StringBuilder text) => text.Length > 0 && text[^1] == '\n';
}
