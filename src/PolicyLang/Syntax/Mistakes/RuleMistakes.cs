using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in the head of a rule.</summary>
internal static class RuleMistakes
{
    /// <summary>How a rule reads.</summary>
    public const string Pattern = "a rule reads `allow WHO as ROLE on CLUSTERS in NAMESPACES`, or `cluster-wide` at its end";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? ExplainAllow(Mistake mistake)
    {
        if (mistake.Type == LBRACE)
        {
            return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a rule has no block", Pattern);
        }

        if (mistake.Expects(AS))
        {
            return Role(mistake);
        }

        if (mistake.Expects(ON))
        {
            return Lists.WordForAnother(mistake, Pattern, ON)
                ?? (mistake.Type == WORD ? null : Report(SyntaxDiagnostics.MissingClusters, mistake.PlaceOfMissing, $"`on CLUSTERS` is missing{mistake.BeforeText}", Pattern));
        }

        return mistake.Expects(CLUSTER_WIDE) ? Scope(mistake) : null;
    }

    /// <summary>Mistakes behind a cluster selector, whatever the sentence.</summary>
    public static Diagnostic? BehindClusters(Mistake mistake)
    {
        switch (mistake.Type)
        {
            case AND or OR when mistake.FindBefore(mistake.Index, WHERE) > 0:
                return SelectorMistakes.MixedAndOr(mistake);
            case WHERE when mistake.TypeAt(mistake.Index - 1) == WORD:
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`where` follows `clusters`, not a name", "write `clusters where …`, or declare a fleet");
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case CLUSTER when mistake.TextAt(mistake.Index + 1) == "wide":
                return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index, mistake.Index + 1), "`cluster wide` is written `cluster-wide`");
            default:
                return null;
        }
    }

    private static Diagnostic? Role(Mistake mistake)
    {
        switch (mistake.Type)
        {
            case CAN or CANNOT:
                return Report(SyntaxDiagnostics.MissingRole, mistake.Location, "a rule gives a role, not single rights", "declare `role NAME { can … }` and write `as NAME`");
            case ON when FindAhead(mistake, AS) > 0:
                return Report(SyntaxDiagnostics.MissingRole, mistake.LocationOf(FindAhead(mistake, AS)), "`as ROLE` comes before `on CLUSTERS`", Pattern);
            case WORD or AND:
                return Lists.WordForAnother(mistake, Pattern, AS);
            default:
                return Report(SyntaxDiagnostics.MissingRole, mistake.PlaceOfMissing, $"`as ROLE` is missing{mistake.BeforeText}", Pattern);
        }
    }

    private static Diagnostic? Scope(Mistake mistake)
    {
        if (BehindClusters(mistake) is { } finding)
        {
            return finding;
        }

        if (mistake.Type is VIA or WHEN or UNTIL or BECAUSE && FindAhead(mistake, IN, CLUSTER_WIDE) is > 0 and var scope)
        {
            return Report(
                SyntaxDiagnostics.ClauseBeforeScope,
                mistake.Location,
                $"`{mistake.Text}` stands before the scope",
                "the scope ends the head of a rule; clauses follow it",
                new RelatedLocation(mistake.LocationOf(scope), "the scope stands here"));
        }

        if (mistake.Type is WORD or AND)
        {
            return Lists.WordForAnother(mistake, Pattern, IN, CLUSTER_WIDE, EXCEPT);
        }

        if (mistake.IsAtEnd || LanguageWords.IsLanguageWord(mistake.Type))
        {
            var on = mistake.FindBefore(mistake.Index, ON);
            return Report(
                SyntaxDiagnostics.MissingScope,
                mistake.LocationOf(on, mistake.Index - 1),
                "the rule does not say how far it reaches: scope is never implied",
                "add `in NAMESPACES` or `cluster-wide` behind the clusters");
        }

        return null;
    }

    private static int FindAhead(Mistake mistake, params ReadOnlySpan<int> types)
    {
        for (var i = mistake.Index + 1; i < mistake.End && !LanguageWords.IsStatementWord(mistake.TypeAt(i)); i++)
        {
            if (types.Contains(mistake.TypeAt(i)))
            {
                return i;
            }
        }

        return -1;
    }
}
