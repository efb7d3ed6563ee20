using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>
/// Refuses characters that make a policy read differently from what it says (Unicode Technical Reports 36 and 39): controls, bidirectional
/// marks, invisible characters, and words whose letters come from scripts that look alike.
/// </summary>
internal static class SourceCharacters
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\t\n\r" + new string([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]));

    private enum Script
    {
        Other,
        Latin,
        LooksLatin,
    }

    /// <summary>Reports the hidden characters of a file, and gives the places outside comments where the text cannot be trusted.</summary>
    public static ImmutableArray<TextSpan> ReportHidden(PolicyTokens tokens, DiagnosticBag diagnostics)
    {
        var text = tokens.Source.Text;
        var found = ImmutableArray.CreateBuilder<TextSpan>();
        var comment = 0;
        var position = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        while (position < text.Length)
        {
            var next = text.AsSpan(position).IndexOfAnyExcept(Plain);
            if (next < 0)
            {
                break;
            }

            position += next;
            while (comment < tokens.Comments.Length && tokens.Comments[comment].End <= position)
            {
                comment++;
            }

            var isComment = comment < tokens.Comments.Length && tokens.Comments[comment].Start <= position;
            var length = CharacterLength(text, position);
            if (!IsHidden(text, position, isComment))
            {
                position += length;
                continue;
            }

            // A run of the same character is one mistake.
            var end = position + length;
            while (end + length <= text.Length && string.CompareOrdinal(text, position, text, end, length) == 0)
            {
                end += length;
            }

            var span = new TextSpan(position, end - position);
            diagnostics.Report(DataDiagnostics.HiddenCharacter, new SourceLocation(tokens.Source, span), Describe(text, position), "remove it");
            if (!isComment)
            {
                found.Add(span);
            }

            position = end;
        }

        return found.ToImmutable();
    }

    /// <summary>Whether a character must not be written, even by an escape.</summary>
    public static bool IsHidden(string text, int index, bool isComment)
    {
        if (text[index] is '\t' or '\n' or '\r')
        {
            return false;
        }

        return CharUnicodeInfo.GetUnicodeCategory(text, index) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            // Joiners hold emoji and some scripts together; prose may have them.
            UnicodeCategory.Format => !(isComment && text[index] is '\u200C' or '\u200D'),
            _ => false,
        };
    }

    /// <summary>What a hidden character is, in a sentence.</summary>
    public static string Describe(string text, int index)
    {
        var codePoint = CharacterLength(text, index) == 2 ? char.ConvertToUtf32(text, index) : text[index];
        var name = codePoint switch
        {
            0 => "a NUL character",
            0xFEFF => "a byte order mark inside the text",
            >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0x200E or 0x200F or 0x061C => "a character that turns the reading direction",
            >= 0xD800 and <= 0xDFFF => "half of a surrogate pair",
            < 0x20 or (>= 0x7F and <= 0x9F) => "a control character",
            0x2028 or 0x2029 => "a line break that editors do not show as one",
            _ => "an invisible character",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{name} (U+{codePoint:X4}) stands here");
    }

    /// <summary>The letter that betrays a word as mixed from look-alike scripts, or nothing. Words are parted by white space.</summary>
    public static Rune? FindMixedScripts(ReadOnlySpan<char> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return null;
        }

        var hasLatin = false;
        Rune? lookAlike = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                hasLatin = false;
                lookAlike = null;
                continue;
            }

            var script = ScriptOf(rune.Value);
            hasLatin |= script == Script.Latin;
            lookAlike ??= script == Script.LooksLatin ? rune : null;
            if (hasLatin && lookAlike is not null)
            {
                return lookAlike;
            }
        }

        return null;
    }

    private static Script ScriptOf(int codePoint) => codePoint switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0x24F and not 0xD7 and not 0xF7) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
        (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF) => Script.LooksLatin, // Greek
        (>= 0x400 and <= 0x52F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0x2DE0 and <= 0x2DFF) or (>= 0xA640 and <= 0xA69F) => Script.LooksLatin, // Cyrillic
        (>= 0x530 and <= 0x58F) or (>= 0x13A0 and <= 0x13FF) or (>= 0xAB70 and <= 0xABBF) => Script.LooksLatin, // Armenian, Cherokee
        (>= 0xFF21 and <= 0xFF5A) or (>= 0x1D400 and <= 0x1D7FF) => Script.LooksLatin, // full width, mathematical
        _ => Script.Other,
    };

    private static int CharacterLength(string text, int index)
        => char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
}
