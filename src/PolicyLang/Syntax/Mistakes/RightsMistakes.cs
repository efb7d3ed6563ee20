using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in <c>can VERBS RESOURCES named NAMES</c>.</summary>
internal static class RightsMistakes
{
    private const string Pattern = "`can` takes one verb and one resource, or brackets: `can [get, list] [pods, services]`";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake)
    {
        if (Lists.IsInBrackets(mistake))
        {
            return Lists.InBrackets(mistake);
        }

        if (mistake.Type == ALL)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`all` is written `*` here", Pattern);
        }

        return mistake.Rule switch
        {
            RULE_objectNames => ObjectName(mistake),
            RULE_verbs or RULE_expectation => Verb(mistake),
            _ => Resource(mistake),
        };
    }

    /// <summary>Something behind a verb and a resource that does not go on with the sentence.</summary>
    public static Diagnostic? BehindRights(Mistake mistake)
    {
        switch (mistake.Type)
        {
            case COMMA when mistake.IsItem(mistake.Index + 1) && mistake.TypeAt(mistake.Index - 1) != RBRACKET:
                return Several(mistake, mistake.Index - 1, "resources");
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case WORD when mistake.StatementType != ROLE && mistake.FindOnLine(mistake.Index, ON) < 0 && ForeignWords.FindPhrase(mistake.Text) is null:
                return Report(SyntaxDiagnostics.MissingClusters, mistake.Location, $"`on` is missing before `{mistake.Text}`");
            case WORD when ForeignWords.FindPhrase(mistake.Text) is null && Suggestions.Nearest(mistake.Text, ["on", "named"]) is null && mistake.ContinuesLine(mistake.Index):
                return Report(SyntaxDiagnostics.BracketsNeeded, mistake.LocationOf(mistake.FindBefore(mistake.Index, CAN, CANNOT) + 1, mistake.Index), "several verbs or resources stand in brackets", Pattern);
            case LBRACKET:
                return Report(SyntaxDiagnostics.BracketsNeeded, mistake.LocationOf(mistake.FindBefore(mistake.Index, CAN, CANNOT) + 1, mistake.Index), "several verbs stand in brackets", Pattern);
            case STRING:
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "an object's name follows `named`", $"write `named {mistake.Text}`");
            default:
                return null;
        }
    }

    private static Diagnostic? Verb(Mistake mistake)
    {
        switch (mistake.Type)
        {
            case NOT:
                return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1, mistake.Index), "`can not` is written `cannot`");
            case REACH:
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`reach` stands in expectations only", "a guard without `can` speaks of any access: `never WHO on CLUSTERS`");
            case STRING:
                return Report(SyntaxDiagnostics.QuotedName, mistake.Location, "a verb stands without quotes", $"write `{Lists.Bare(mistake.Text)}`");
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            default:
                return Report(SyntaxDiagnostics.MissingRight, mistake.LocationOf(mistake.Index - 1), $"a verb and a resource are missing behind `{mistake.TextAt(mistake.Index - 1)}`", Pattern);
        }
    }

    private static Diagnostic? Resource(Mistake mistake)
    {
        var verb = mistake.TextAt(mistake.Index - 1);
        switch (mistake.Type)
        {
            case COMMA when mistake.IsItem(mistake.Index + 1):
                return Several(mistake, mistake.Index - 1, "verbs");
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case ON when mistake.StatementType == TEST && ForeignWords.FindPhrase(verb) == "reach":
                return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1), $"`{verb}` is no word of the language: it is written `reach`");
            case ON when mistake.IsItem(mistake.Index + 1) && (mistake.StatementType == ROLE || mistake.TypeAt(mistake.Index + 2) == ON):
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "no `on` stands between a verb and its resource", $"write `can {verb} {mistake.TextAt(mistake.Index + 1)}`");
            default:
                return Report(SyntaxDiagnostics.MissingRight, mistake.LocationOf(mistake.Index - 1), $"a resource is missing behind `{verb}`", Pattern);
        }
    }

    private static Diagnostic? ObjectName(Mistake mistake)
    {
        if (mistake.TypeAt(mistake.Index - 1) == COMMA && mistake.Type != WORD)
        {
            return Lists.StrayComma(mistake, mistake.Index - 1);
        }

        return mistake.Type == WORD
            ? Lists.QuotesNeeded(mistake, "an object's name")
            : Report(SyntaxDiagnostics.MissingName, mistake.LocationOf(mistake.Index - 1), "the name of an object is missing behind `named`");
    }

    private static Diagnostic Several(Mistake mistake, int first, string what)
    {
        var last = first;
        while (mistake.TypeAt(last + 1) == COMMA && mistake.IsItem(last + 2))
        {
            last += 2;
        }

        var location = mistake.LocationOf(first, last);
        return Report(SyntaxDiagnostics.BracketsNeeded, location, $"several {what} stand in brackets", $"write `[{location.Text}]`");
    }
}
