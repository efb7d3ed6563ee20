using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>Strings as a policy writes them: <c>\"</c>, <c>\\</c> and <c>\u{…}</c>, nothing else.</summary>
internal static class StringLiterals
{
    private const int LargestCodePoint = 0x10FFFF;

    /// <summary>The text of a string literal whose shape the lexer has checked.</summary>
    /// <param name="literal">The literal with its quotes.</param>
    /// <param name="location">Where it stands.</param>
    /// <param name="diagnostics">Receives escapes of characters that do not exist or must not be written.</param>
    public static string Resolve(string literal, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (!literal.Contains('\\', StringComparison.Ordinal))
        {
            return literal[1..^1];
        }

        var text = new StringBuilder(literal.Length);
        for (var i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] != '\\')
            {
                text.Append(literal[i]);
                continue;
            }

            i++;
            if (literal[i] != 'u')
            {
                text.Append(literal[i]);
                continue;
            }

            var end = literal.IndexOf('}', i);
            var digits = literal.AsSpan(i + 2, end - i - 2);
            var span = new TextSpan(location.Span.Start + i - 1, end - i + 2);
            i = end;
            AppendCodePoint(text, digits, new SourceLocation(location.Source, span), diagnostics);
        }

        return text.ToString();
    }

    private static void AppendCodePoint(StringBuilder text, ReadOnlySpan<char> digits, SourceLocation location, DiagnosticBag diagnostics)
    {
        var significant = digits.TrimStart('0');
        if (significant.Length > 6
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint)
            || codePoint > LargestCodePoint
            || codePoint is >= 0xD800 and <= 0xDFFF)
        {
            diagnostics.Report(SyntaxDiagnostics.UnknownEscape, location, $"`{location.Text}` is no character", "code points go from `\\u{0}` to `\\u{10FFFF}`, surrogates left out");
            return;
        }

        var character = char.ConvertFromUtf32(codePoint);
        if (SourceCharacters.IsHidden(character, 0, isComment: false))
        {
            diagnostics.Report(DataDiagnostics.HiddenCharacter, location, SourceCharacters.Describe(character, 0), "remove it");
            return;
        }

        text.Append(character);
    }
}
