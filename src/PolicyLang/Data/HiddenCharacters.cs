using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Data;

/// <summary>
/// Characters that make a text look different from what it says: controls, marks that turn the writing direction (the "Trojan Source"
/// attack, CVE-2021-42574), invisible spaces, and the line separators that YAML 1.1 takes for line breaks and YAML 1.2 does not.
/// </summary>
internal static class HiddenCharacters
{
    private static readonly SearchValues<char> All = SearchValues.Create(Collect());

    /// <summary>The offset of the first hidden character, or -1. Tabs and line breaks are not hidden.</summary>
    public static int IndexIn(ReadOnlySpan<char> text) => text.IndexOfAny(All);

    /// <summary>The character's code point as people write it: <c>U+202E</c>.</summary>
    public static string Describe(char character) => "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    private static string Collect()
    {
        var text = new StringBuilder("\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff");
        for (var c = '\0'; c <= '\u009f'; c++)
        {
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
