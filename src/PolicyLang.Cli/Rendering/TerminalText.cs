using System.Globalization;
using System.Text;

namespace PolicyLang.Cli.Rendering;

/// <summary>Makes text from files and arguments safe and measurable on a terminal.</summary>
internal static class TerminalText
{
    private const int TabWidth = 4;

    /// <summary>The text with everything that could drive a terminal or reorder what it shows written as an escape.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var cell in Measure(text, expandTabs: false))
        {
            result.Append(cell.Text);
        }

        return result.ToString();
    }

    /// <summary>The cells of a line: what to print for each character and how many columns it takes.</summary>
    /// <param name="text">The line.</param>
    /// <param name="expandTabs">Whether a tab becomes spaces up to the next stop; otherwise it stays.</param>
    public static IEnumerable<TextCell> Measure(string text, bool expandTabs)
    {
        var column = 0;
        for (var i = 0; i < text.Length;)
        {
            var cell = MeasureAt(text, i, column, expandTabs);
            column += cell.Width;
            i += cell.Length;
            yield return cell;
        }
    }

    private static TextCell MeasureAt(string text, int index, int column, bool expandTabs)
    {
        if (text[index] == '\t')
        {
            var width = TabWidth - (column % TabWidth);
            return expandTabs ? new TextCell(index, 1, new string(' ', width), width) : new TextCell(index, 1, "\t", width);
        }

        if (!Rune.TryGetRuneAt(text, index, out var rune))
        {
            return Escaped(index, 1, text[index]);
        }

        if (IsHidden(rune))
        {
            return Escaped(index, rune.Utf16SequenceLength, rune.Value);
        }

        return new TextCell(index, rune.Utf16SequenceLength, rune.ToString(), Width(rune));
    }

    private static TextCell Escaped(int index, int length, int value)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}");
        return new TextCell(index, length, text, text.Length);
    }

    // Controls, marks that turn the writing direction, invisible characters, private use: what a reader could not see or a terminal would obey.
    private static bool IsHidden(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    // The wide blocks of Unicode Standard Annex #11 (East Asian Width), by whole blocks: enough to place a caret.
    private static int Width(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        >= 0x1100 and <= 0x115f or >= 0x2e80 and <= 0x303e or >= 0x3041 and <= 0xa4cf or >= 0xa960 and <= 0xa97f => 2,
        >= 0xac00 and <= 0xd7a3 or >= 0xf900 and <= 0xfaff or >= 0xfe30 and <= 0xfe6f or >= 0xff00 and <= 0xff60 or >= 0xffe0 and <= 0xffe6 => 2,
        >= 0x1f300 and <= 0x1f64f or >= 0x1f680 and <= 0x1f6ff or >= 0x1f900 and <= 0x1f9ff or >= 0x20000 and <= 0x3fffd => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : 1,
    };
}

/// <summary>One character of a line as it is printed.</summary>
/// <param name="Index">Its offset in the line, in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Text">What to print.</param>
/// <param name="Width">How many columns that takes.</param>
internal readonly record struct TextCell(int Index, int Length, string Text, int Width);
