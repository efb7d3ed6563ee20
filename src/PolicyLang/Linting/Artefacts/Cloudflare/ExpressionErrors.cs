using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>What is surely wrong with an expression.</summary>
/// <param name="Start">Where in its text.</param>
/// <param name="Length">How much of it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What to do.</param>
internal sealed record ExpressionError(int Start, int Length, string Message, string Help);

/// <summary>
/// Says in the user's words what the engine refuses. Only what is wrong by the grammar: the types of fields are known from examples alone, and
/// Gateway takes some forms that the engine does not.
/// </summary>
internal static class ExpressionErrors
{
    /// <summary>What is surely wrong; nothing where Gateway may take the expression.</summary>
    public static ExpressionError? Of(string text, FilterError error)
    {
        // Gateway tidies texts that it stores, tabs perhaps among what it tidies.
        if (text.Contains('\t', StringComparison.Ordinal))
        {
            return null;
        }

        var start = Math.Clamp(error.Start, 0, text.Length);
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var word = WordAt(text, start);
        var at = start < text.Length ? text[start] : '\0';
        switch (error.Kind)
        {
            case FilterErrorKind.MissingEndingQuote:
                return new ExpressionError(Math.Max(0, error.Start - 1), 1, "this quote is never closed", "close it; a quote in a text is written `\\\"`");
            case FilterErrorKind.ParseNetwork when error.Message.Contains("host part", StringComparison.Ordinal):
                return new ExpressionError(start, word.Length, $"`{word}` is no network: its address goes on behind the length", "write the first address of the network, or the address without a length");
            case FilterErrorKind.ParseNetwork when char.IsAsciiDigit(at):
                return new ExpressionError(start, word.Length, $"`{word}` is no address", "write an address or a network such as `10.0.0.0/8`");
            case FilterErrorKind.IncompatibleRangeBounds:
                return new ExpressionError(start, word.Length, $"the range `{word}` ends before it starts", "turn it round");
            case FilterErrorKind.ParseRegex:
                return new ExpressionError(start, Math.Max(1, error.Length), "this pattern is none that the engine reads", "look-around and back references are not there; close every bracket");
            case FilterErrorKind.InvalidCharacterEscape:
                return new ExpressionError(start, 1, $"`\\{at}` stands for nothing in a text", "write `\\\\` for a backslash and `\\\"` for a quote; other characters stand for themselves");
            case FilterErrorKind.NestingLimitExceeded:
                return new ExpressionError(start, 1, "parentheses and negations are nested more than 128 deep here", "split the rule");
            case FilterErrorKind.InvalidListName when at == '{':
                return new ExpressionError(start, 1, "Terraform fills nothing in behind this `$`", "write the dollar and the reference apart: `${\"$\"}${cloudflare_zero_trust_list.NAME.id}`");
            case FilterErrorKind.InvalidListName when at != '<':
                return new ExpressionError(start, Math.Max(1, word.Length), "behind `$` stands no identifier of a list", "write the identifier that the account gives to the list");
        }

        return (at, word) switch
        {
            (',', _) => new ExpressionError(start, 1, "a comma cannot stand here: members of a set are separated by blanks", "remove it"),
            ('\'', _) => new ExpressionError(start, 1, "texts stand in double quotes", "write `\"…\"`"),
            ('=', not "==") => new ExpressionError(start, 1, "`=` compares nothing", "write `==`"),
            ('\0', _) when error.Message.Contains("\")\"", StringComparison.Ordinal) => new ExpressionError(Math.Max(0, text.TrimEnd().Length - 1), 1, "a parenthesis is not closed", "close it"),
            (')', _) when error.Kind == FilterErrorKind.EOF => new ExpressionError(start, 1, "this parenthesis closes nothing", "remove it"),
            (_, "AND" or "OR" or "NOT" or "And" or "Or" or "Not") => new ExpressionError(start, word.Length, $"`{word}` is no operator", $"write `{word.ToLowerInvariant()}`"),
            _ => null,
        };
    }

    private static string WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('}' or ')' or '"' or ','))
        {
            end++;
        }

        return text[start..end];
    }
}
