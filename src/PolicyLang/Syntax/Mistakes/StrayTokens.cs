using System.Buffers;
using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Words the mistakes that show in a single token: signs and quotes of other languages.</summary>
internal static class StrayTokens
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> TypographicQuotes = SearchValues.Create("“”„‟‘’‚‛«»‹›");

    /// <summary>The finding about a token that no rule of the grammar takes, or nothing for a token of the language.</summary>
    public static Diagnostic? Explain(Mistake mistake) => mistake.Type switch
    {
        UNCLOSED_STRING => Report(SyntaxDiagnostics.UnclosedString, TrimEnd(mistake.Location), "this text has no closing quote on its line", "close it with `\"`; a text does not go on in the next line"),
        BAD_ESCAPE => Escape(mistake),
        SINGLE_QUOTED or BACKTICK_QUOTED => Quotes(mistake),
        SLASH_COMMENT => Report(SyntaxDiagnostics.WrongComment, Shorten(mistake.Location, 2), $"a comment begins with `#`, not with `{mistake.Text[..2]}`"),
        PATH => Report(SyntaxDiagnostics.QuotesNeeded, mistake.Location, $"`{mistake.Text}` needs quotes", $"write `\"{mistake.Text}\"`"),
        DASHES => Dashes(mistake),
        DASHED_WORD => Report(SyntaxDiagnostics.UnknownSign, mistake.Location, $"`{mistake.Text}` begins with a dash", "a name begins with a letter; lists stand in brackets or are parted by commas"),
        ARROW => Arrow(mistake),
        DOUBLE_EQUALS => Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"`{mistake.Text}` is written `=`", "labels are compared by `=`, `!=` and `in [ … ]`"),
        NEGATION => Report(SyntaxDiagnostics.WrongOperator, mistake.Location, "`!` is written `not`"),
        DOUBLE_AND => Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"`{mistake.Text}` is written `and`"),
        DOUBLE_OR => Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"`{mistake.Text}` is written `or`"),
        COLON => Colon(mistake),
        SEMICOLON => Report(SyntaxDiagnostics.Semicolon, mistake.Location, "nothing ends with `;` here", "remove it"),
        INTERPOLATION => Report(SyntaxDiagnostics.UnknownSign, mistake.Location, $"`{mistake.Text}` has no meaning: there are no variables", "write the value; one that another tool fills in stands in quotes"),
        FOREIGN_WORD => ForeignWord(mistake),
        OTHER => Sign(mistake),
        _ => null,
    };

    /// <summary>The letters of a word that mixes scripts, as a finding, or nothing.</summary>
    public static Diagnostic? MixedScripts(string text, SourceLocation location)
        => SourceCharacters.FindMixedScripts(text) is { } letter
            ? Report(
                SyntaxDiagnostics.MixedScripts,
                location,
                string.Create(CultureInfo.InvariantCulture, $"`{letter}` (U+{letter.Value:X4}) is not the Latin letter that it looks like"),
                "type the word anew with one keyboard layout")
            : null;

    private static Diagnostic Escape(Mistake mistake)
    {
        var text = mistake.Text;
        var index = 1;
        while (text[index] != '\\' || IsKnownEscape(text.AsSpan(index)))
        {
            index += text[index] == '\\' ? 2 : 1;
        }

        var location = new SourceLocation(mistake.Location.Source, new TextSpan(mistake.Location.Span.Start + index, 2));
        var help = text[index + 1] switch
        {
            'n' or 'r' => "a text has no line breaks",
            'u' or 'x' => "a character by its code point is written `\\u{20AC}`",
            _ => "a backslash itself is written `\\\\`",
        };
        return Report(SyntaxDiagnostics.UnknownEscape, location, $"`{location.Text}` is no escape: texts know `\\\"`, `\\\\` and `\\u{{…}}`", help);
    }

    private static bool IsKnownEscape(ReadOnlySpan<char> text)
    {
        if (text[1] is '"' or '\\')
        {
            return true;
        }

        if (!text.StartsWith("\\u{", StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text[3..];
        var length = digits.IndexOfAnyExcept(HexDigits);
        return length > 0 && digits[length] == '}';
    }

    private static Diagnostic Quotes(Mistake mistake)
    {
        var content = mistake.Text.Trim('\'', '`').Trim();
        return Report(SyntaxDiagnostics.WrongQuotes, TrimEnd(mistake.Location), "texts stand in double quotes", content.Length == 0 ? null : $"write `\"{content}\"`");
    }

    private static Diagnostic Dashes(Mistake mistake)
    {
        var isYaml = mistake.Text.Length > 1;
        return isYaml
            ? Report(SyntaxDiagnostics.UnknownSign, mistake.Location, $"`{mistake.Text}` has no meaning: a policy is no YAML", "remove the line")
            : Report(SyntaxDiagnostics.UnknownSign, mistake.Location, "lists are not written with dashes", "put the items in brackets: `[a, b]`");
    }

    private static Diagnostic Arrow(Mistake mistake) => mistake.IsInside(RULE_labelExpression)
        ? Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"labels are not compared by `{mistake.Text}`", "labels are texts, compared by `=`, `!=` and `in [ … ]`")
        : Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"`{mistake.Text}` has no meaning: sentences are written in words", "write `allow WHO as ROLE on CLUSTERS cluster-wide`");

    private static Diagnostic Colon(Mistake mistake)
    {
        var previous = mistake.TypeAt(mistake.Index - 1);
        var beforePrevious = mistake.TypeAt(mistake.Index - 2);
        var isKey = mistake.IsInside(RULE_blockTail) && beforePrevious is not (EQUALS or LBRACKET)
            && !(beforePrevious == COMMA && mistake.IsInside(RULE_value))
            && (mistake.Index - 1 > mistake.Start) && previous is not (LBRACE or EQUALS);
        if (isKey)
        {
            var key = mistake.TextAt(mistake.Index - 1);
            return mistake.TypeAt(mistake.Index + 1) == LBRACE
                ? Report(SyntaxDiagnostics.ColonForEquals, mistake.Location, $"no `:` stands before a block", $"write `{key} {{ … }}`")
                : Report(SyntaxDiagnostics.ColonForEquals, mistake.Location, "a setting is written with `=`, not with `:`", $"write `{key} = …`");
        }

        return Sign(mistake);
    }

    private static Diagnostic Sign(Mistake mistake)
    {
        var (first, last) = mistake.TouchingRun(mistake.Index);
        var isValue = mistake.IsInside(RULE_blockTail) || mistake.IsInside(RULE_labelExpression) || mistake.Rule is RULE_clustersFrom or RULE_namespacesFrom;
        if (first < last && isValue)
        {
            var location = mistake.LocationOf(first, last);
            if (mistake.TypeAt(last) == SLASH_COMMENT && location.Text.AsSpan().IndexOfAny(" \t,]}") is > 0 and var end)
            {
                // A URL: its `//` has taken the rest of the line along.
                location = Shorten(location, end);
            }

            return Report(SyntaxDiagnostics.QuotesNeeded, location, $"`{location.Text}` needs quotes because of `{mistake.Text}`", $"write `\"{location.Text.Replace("\\", "\\\\", StringComparison.Ordinal)}\"`");
        }

        return Report(SyntaxDiagnostics.UnknownSign, mistake.Location, $"`{mistake.Text}` has no meaning here", isValue ? "a value with other characters than letters, digits and `_ . * / @ + % -` stands in quotes" : "sentences are written in words");
    }

    private static Diagnostic ForeignWord(Mistake mistake)
    {
        var text = mistake.Text;
        var quote = text.AsSpan().IndexOfAny(TypographicQuotes);
        if (quote >= 0)
        {
            return Report(SyntaxDiagnostics.WrongQuotes, mistake.Location, $"`{text[quote]}` is no quote of the language: texts stand in `\"` on both sides");
        }

        if (MixedScripts(text, mistake.Location) is { } mixed)
        {
            return mixed;
        }

        var index = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        var rune = Rune.TryGetRuneAt(text, index, out var found) ? found : Rune.ReplacementChar;
        if (Rune.IsWhiteSpace(rune))
        {
            var place = new SourceLocation(mistake.Location.Source, new TextSpan(mistake.Location.Span.Start + index, rune.Utf16SequenceLength));
            return Report(DataDiagnostics.HiddenCharacter, place, string.Create(CultureInfo.InvariantCulture, $"a space that is none of the keyboard's (U+{rune.Value:X4}) stands here"), "type an ordinary space");
        }

        return Report(SyntaxDiagnostics.ForeignLetter, mistake.Location, $"`{text}` holds `{rune}`: words consist of ASCII letters, digits and `_ . * / @ + % -`", "a name is spelt in ASCII; a value of another system stands in quotes");
    }

    private static SourceLocation TrimEnd(SourceLocation location) => Shorten(location, location.Text.TrimEnd().Length);

    private static SourceLocation Shorten(SourceLocation location, int length) => location with { Span = new TextSpan(location.Span.Start, length) };
}
