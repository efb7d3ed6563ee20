using System.Buffers;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Text;

/// <summary>Finds what to underline where only a place is known.</summary>
internal static class SourceWords
{
    private static readonly SearchValues<char> s_wordEnds = SearchValues.Create(" \t,:]}");

    /// <summary>The quoted text or the word that begins at a place.</summary>
    public static SourceLocation At(SourceText source, int offset)
    {
        var rest = source.Text.AsSpan(offset);
        var line = rest.IndexOfAny('\r', '\n') is var end and >= 0 ? rest[..end] : rest;
        return new SourceLocation(source, new TextSpan(offset, Length(line)));
    }

    /// <summary>The quoted text or the word at a line and column, both from one; lines end in line feeds.</summary>
    public static SourceLocation At(SourceText source, int line, int column)
    {
        var offset = 0;
        for (var i = 1; i < line && offset < source.Text.Length; i++)
        {
            var feed = source.Text.IndexOf('\n', offset);
            offset = feed < 0 ? source.Text.Length : feed + 1;
        }

        return At(source, Math.Clamp(offset + column - 1, 0, source.Text.Length));
    }

    private static int Length(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            return 0;
        }

        if (line[0] is '"' or '\'')
        {
            for (var i = 1; i < line.Length; i++)
            {
                if (line[i] == '\\' && line[0] == '"')
                {
                    i++;
                }
                else if (line[i] == line[0])
                {
                    return i + 1;
                }
            }
        }

        return line.IndexOfAny(s_wordEnds) is var stop and > 0 ? stop : line[0] is '{' or '[' ? 1 : line.Length;
    }
}
