using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes that all lists and sentences share: commas, brackets, and words that stand for another word.</summary>
internal static class Lists
{
    /// <summary>A token inside brackets that does not go on with their list.</summary>
    public static Diagnostic InBrackets(Mistake mistake)
    {
        var open = FindOpen(mistake, LBRACKET, RBRACKET);
        var unclosed = Report(SyntaxDiagnostics.UnclosedBracket, mistake.LocationOf(open), "this `[` is not closed", "close it with `]`");
        if (mistake.Type is WORD or STRING && !IsClosedAhead(mistake))
        {
            return unclosed;
        }

        switch (mistake.Type)
        {
            case COMMA:
                return StrayComma(mistake, mistake.Index);
            case LBRACKET:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a list holds no lists", "write one list");
            case LBRACE:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a list holds no blocks", "give the key again for each block");
            case EQUALS:
                return mistake.ContinuesLine(mistake.Index - 1)
                    ? Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a list holds values, no settings", "settings stand in a block: `key { … }`")
                    : unclosed;
            case STRING or WORD when mistake.TypeAt(mistake.Index - 1) is not (COMMA or LBRACKET):
                return MissingComma(mistake);
            case STRING when mistake.TypeAt(mistake.Index - 1) is COMMA or LBRACKET:
                return Report(SyntaxDiagnostics.QuotedName, mistake.Location, $"{mistake.Text} stands without quotes here");
            case WORD when mistake.TypeAt(mistake.Index - 1) is COMMA or LBRACKET:
                return QuotesNeeded(mistake, "an object's name");
            case RBRACKET:
                return Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(open, mistake.Index), "this list is empty");
            default:
                return !mistake.IsAtEnd && mistake.ContinuesLine(mistake.Index) && mistake.FindOnLine(mistake.Index, RBRACKET) >= 0
                    ? Report(SyntaxDiagnostics.Unexpected, mistake.Location, $"`{mistake.Text}` does not belong in this list")
                    : unclosed;
        }
    }

    private static bool IsClosedAhead(Mistake mistake)
    {
        var index = mistake.Index;
        while (mistake.TypeAt(index) is WORD or STRING or COMMA)
        {
            index++;
        }

        return mistake.TypeAt(index) == RBRACKET;
    }

    /// <summary>Whether the token stands inside brackets that the innermost phrase has opened.</summary>
    public static bool IsInBrackets(Mistake mistake) => FindOpen(mistake, LBRACKET, RBRACKET) >= 0;

    /// <summary>The innermost sign that is still open before the token, or -1.</summary>
    public static int FindOpen(Mistake mistake, int openType, int closeType)
    {
        var closed = 0;
        for (var i = mistake.Index - 1; i >= mistake.Start; i--)
        {
            var type = mistake.TypeAt(i);
            if (type == closeType)
            {
                closed++;
            }
            else if (type == openType && closed-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A comma that promises more than follows.</summary>
    public static Diagnostic StrayComma(Mistake mistake, int comma)
        => Report(SyntaxDiagnostics.StrayComma, mistake.LocationOf(comma), "nothing follows this comma", "remove it, or say what is missing behind it");

    /// <summary>Two items without a comma between them.</summary>
    public static Diagnostic MissingComma(Mistake mistake)
        => Report(
            SyntaxDiagnostics.MissingComma,
            mistake.LocationOf(mistake.Index - 1, mistake.Index),
            $"a comma is missing between `{Bare(mistake.TextAt(mistake.Index - 1))}` and `{Bare(mistake.Text)}`");

    /// <summary>A text without the quotes that it needs.</summary>
    public static Diagnostic QuotesNeeded(Mistake mistake, string what)
    {
        var (first, last) = mistake.TouchingRun(mistake.Index);
        var location = mistake.LocationOf(first, last);
        return Report(SyntaxDiagnostics.QuotesNeeded, location, $"{what} stands in quotes", $"write `\"{location.Text}\"`");
    }

    /// <summary>A token where a word that carries the sentence on is due: a word of another language, a misspelt one, or a lost comma.</summary>
    /// <param name="mistake">The mistake.</param>
    /// <param name="pattern">How the sentence reads.</param>
    /// <param name="due">The words that could stand here.</param>
    public static Diagnostic? WordForAnother(Mistake mistake, string pattern, params ReadOnlySpan<int> due)
    {
        var previous = mistake.TypeAt(mistake.Index - 1);
        if (mistake.Type is AND && previous == WORD)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "names are listed with commas, not with `and`");
        }

        if (mistake.Type != WORD)
        {
            return null;
        }

        var words = new string[due.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = LanguageWords.TextOf(due[i]);
        }

        if (ForeignWords.FindPhrase(mistake.Text) is { } own)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, $"`{mistake.Text}` is no word of the language: it is written `{own}`", pattern);
        }

        if (Suggestions.Nearest(mistake.Text, words) is { } nearest)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, $"`{mistake.Text}` is no word of the language", $"did you mean `{nearest}`?");
        }

        return previous switch
        {
            WORD when mistake.TextAt(mistake.Index - 1) is "namespace" or "ns" => Report(SyntaxDiagnostics.KindBeforeName, mistake.LocationOf(mistake.Index - 1), "a namespace is named alone", $"write `in {mistake.Text}`"),
            NAMESPACES => Report(SyntaxDiagnostics.KindBeforeName, mistake.LocationOf(mistake.Index - 1), "namespaces are named alone", $"write `in {mistake.Text}`, or `in namespaces where …`"),
            WORD => MissingComma(mistake),
            _ => null,
        };
    }

    /// <summary>A text without its quotes.</summary>
    public static string Bare(string text) => text.Trim('"');
}
