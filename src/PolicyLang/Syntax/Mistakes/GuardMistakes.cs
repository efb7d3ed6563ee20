using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in <c>never</c>, <c>only</c>, <c>assume</c>, tests and expectations.</summary>
internal static class GuardMistakes
{
    private const string NeverPattern = "a guard reads `never WHO on CLUSTERS` or `never WHO can VERB RESOURCE on CLUSTERS`";
    private const string OnlyPattern = "a guard reads `only WHO can VERB RESOURCE on CLUSTERS`";
    private const string ExpectPattern = "an expectation reads `expect WHO can VERB RESOURCE on CLUSTERS`, or `cannot reach CLUSTERS`";
    private const string AssumePattern = "an assumption reads `assume disjoint A, B because \"…\"`";
    private const string TestPattern = "a test reads `test \"what it shows\" { expect … }`";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake) => mistake.Rule switch
    {
        RULE_testDeclaration => Test(mistake),
        RULE_testTail => BehindExpectation(mistake),
        RULE_assumeDisjoint => Assume(mistake),
        RULE_guarded => NameMistakes.Explain(mistake),
        _ => Sentence(mistake, mistake.Rule switch { RULE_neverGuard => NeverPattern, RULE_onlyGuard => OnlyPattern, _ => ExpectPattern }),
    };

    /// <summary>Something behind a complete sentence that does not go on with it.</summary>
    public static Diagnostic? Trailing(Mistake mistake, bool isExpectation)
    {
        var what = isExpectation ? "an expectation" : "a guard";
        switch (mistake.Type)
        {
            case WHEN when !isExpectation:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, "a guard holds under every condition and takes no `when`");
            case UNTIL:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, $"{what} has no last day and takes no `until`");
            case BECAUSE:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, "an expectation takes no `because`", "the test's name says what it is about");
            case CLUSTER_WIDE:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, $"{what} without `in` speaks of the whole cluster", "leave `cluster-wide` out");
            case IN when mistake.FindBefore(mistake.Index, VIA, WHEN, BECAUSE) > mistake.FindBefore(mistake.Index, EXPECT, NEVER, ONLY):
                return Report(SyntaxDiagnostics.ClauseBeforeScope, mistake.Location, "`in NAMESPACES` comes before the clauses", "put it behind the clusters");
            case ON when mistake.FindBefore(mistake.Index, REACH) > mistake.FindBefore(mistake.Index, EXPECT):
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`reach` takes no resource", "write `cannot reach CLUSTERS`, or name a verb");
            default:
                return null;
        }
    }

    private static Diagnostic? Sentence(Mistake mistake, string pattern)
    {
        if (mistake.Expects(REACH))
        {
            return RightsMistakes.Explain(mistake);
        }

        var canIsDue = mistake.Expects(CAN);
        if (canIsDue && mistake.Rule == RULE_expectation)
        {
            return Lists.WordForAnother(mistake, pattern, CAN, CANNOT)
                ?? (mistake.Type == WORD ? null : Report(SyntaxDiagnostics.MissingRight, mistake.PlaceOfMissing, $"`can` or `cannot` is missing{mistake.BeforeText}", pattern));
        }

        if (canIsDue && mistake.Rule == RULE_onlyGuard)
        {
            return Lists.WordForAnother(mistake, pattern, CAN)
                ?? (mistake.Type == WORD ? null : Report(SyntaxDiagnostics.MissingRight, mistake.PlaceOfMissing, $"`can VERB RESOURCE` is missing{mistake.BeforeText}", pattern));
        }

        if (mistake.Type == CANNOT)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`never … cannot` would say it twice", "write `can`");
        }

        if (mistake.Type == EXCEPT && ForeignWords.FindPhrase(mistake.TextAt(mistake.Index - 1)) == "anyone")
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1), $"`{mistake.TextAt(mistake.Index - 1)}` is no word of the language: it is written `anyone`");
        }

        if (mistake.Type == EXCEPT)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`except` follows `anyone`, or the clusters", pattern);
        }

        var isBehindRights = !canIsDue && mistake.FindBefore(mistake.Index, CAN, CANNOT) > 0;
        return (isBehindRights ? RightsMistakes.BehindRights(mistake) : null)
            ?? Lists.WordForAnother(mistake, pattern, canIsDue ? [CAN, ON] : [ON, NAMED])
            ?? (mistake.Expects(ON) && mistake.Type != WORD
                ? Report(SyntaxDiagnostics.MissingClusters, mistake.PlaceOfMissing, $"`on CLUSTERS` is missing{mistake.BeforeText}", pattern)
                : null);
    }

    private static Diagnostic? Assume(Mistake mistake)
    {
        if (mistake.Expects(DISJOINT))
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.IsAtEnd ? mistake.LocationOf(mistake.Start) : mistake.Location, "only `disjoint` can be assumed", AssumePattern);
        }

        return Lists.WordForAnother(mistake, AssumePattern, BECAUSE)
            ?? (mistake.Type == WORD ? null : Report(SyntaxDiagnostics.UnfinishedStatement, mistake.LocationOf(mistake.Start, mistake.Index - 1), "an assumption gives its reason", AssumePattern));
    }

    private static Diagnostic? Test(Mistake mistake)
    {
        if (mistake.Expects(STRING))
        {
            return mistake.Type == WORD
                ? Lists.QuotesNeeded(mistake, "the name of a test")
                : Report(SyntaxDiagnostics.MissingName, mistake.LocationOf(mistake.Start), "the test has no name", TestPattern);
        }

        return Report(SyntaxDiagnostics.MissingBlock, mistake.LocationOf(mistake.Start, mistake.Index - 1), "the test lacks its block", TestPattern);
    }

    private static Diagnostic? BehindExpectation(Mistake mistake)
    {
        if (mistake.IsAtEnd)
        {
            return BlockMistakes.Unclosed(mistake);
        }

        var isTrailing = mistake.TypeAt(mistake.Index - 1) is not (LBRACE or TokenEnd)
            && (mistake.ContinuesLine(mistake.Index) || LanguageWords.IsPhraseWord(mistake.Type));
        var lacksExpect = mistake.Type == WORD && mistake.TypeAt(mistake.Index + 1) is CAN or CANNOT;
        if (isTrailing && !lacksExpect && mistake.FindBefore(mistake.Index, EXPECT) > 0)
        {
            return Trailing(mistake, isExpectation: true)
                ?? StatementMistakes.Continuation(mistake, ExpectPattern, IN, VIA, WHEN, EXCEPT);
        }

        return mistake.Type is RBRACKET or RPAREN
            ? StatementMistakes.NothingToClose(mistake)
            : Report(SyntaxDiagnostics.MissingExpect, mistake.Location, "an expectation begins with `expect`", ExpectPattern);
    }

    private const int TokenEnd = Antlr4.Runtime.TokenConstants.EOF;
}
