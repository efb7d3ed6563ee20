using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes between statements: a first word that begins none, or something behind a complete statement.</summary>
internal static class StatementMistakes
{
    private const string Beginnings = "statements begin with `allow`, `never`, `only`, `cluster`, `fleet`, `group`, `user`, `role` …; a line that goes on with a list needs a comma before it";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake) => IsTrailing(mistake) ? Trailing(mistake) : Beginning(mistake);

    /// <summary>Whether a token that begins no statement belongs to the statement before it.</summary>
    public static bool IsTrailing(Mistake mistake)
    {
        if (mistake.Index == mistake.Start)
        {
            return false;
        }

        var previous = mistake.TypeAt(mistake.Index - 1);
        return previous == RBRACE
            ? mistake.Type is COMMA or EQUALS
            : mistake.ContinuesLine(mistake.Index) || LanguageWords.IsPhraseWord(mistake.Type) || mistake.Type == COMMA
                || (mistake.Type == WORD && mistake.Tokens.Indentation(mistake.Index) > mistake.Tokens.Indentation(mistake.Start));
    }

    /// <summary>Something behind a complete sentence, whatever the sentence.</summary>
    public static Diagnostic? Continuation(Mistake mistake, string pattern, params ReadOnlySpan<int> due)
    {
        var clause = mistake.FindBefore(mistake.Index, WHEN, VIA, UNTIL, BECAUSE, IN, ON, CLUSTER_WIDE);
        if (mistake.Type is OR or COMMA && mistake.TypeAt(clause) == WHEN)
        {
            return mistake.Type == OR
                ? Report(SyntaxDiagnostics.ConditionsNotJoined, mistake.Location, "conditions cannot be joined by `or`", "write a rule for each of them")
                : Report(SyntaxDiagnostics.ConditionsNotJoined, mistake.Location, "conditions are joined by `and`, not by commas", "all of them must hold");
        }

        switch (mistake.Type)
        {
            case AND or OR when mistake.FindBefore(mistake.Index, WHERE) > 0:
                return SelectorMistakes.MixedAndOr(mistake);
            case RBRACE or RBRACKET or RPAREN:
                return NothingToClose(mistake);
            case LBRACE:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "this statement takes no block", pattern);
            case STRING when mistake.TypeAt(mistake.Index - 1) is CLUSTER_WIDE or WORD && mistake.StatementType == ALLOW:
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "a reason follows `because`", $"write `because {mistake.Text}`");
            case EXCEPT when mistake.TypeAt(clause) == IN:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, "`except` stands behind clusters, not behind namespaces", "name the namespaces, or select them by `namespaces where …`");
        }

        return (due.Contains(IN) || due.Contains(EXCEPT) ? RuleMistakes.BehindClusters(mistake) : null)
            ?? Lists.WordForAnother(mistake, pattern, due)
            ?? (mistake.Type == COMMA ? Lists.StrayComma(mistake, mistake.Index) : null);
    }

    /// <summary>A closing sign that closes nothing.</summary>
    public static Diagnostic NothingToClose(Mistake mistake)
        => Report(SyntaxDiagnostics.NothingToClose, mistake.Location, $"this `{mistake.Text}` closes nothing", "remove it, or look for an opening sign that is missing before it");

    private static Diagnostic? Trailing(Mistake mistake)
    {
        switch (mistake.StatementType)
        {
            case ALLOW:
                return mistake.Type switch
                {
                    CLUSTER_WIDE or IN => TwoScopes(mistake),
                    WITH => Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`with` stands in `clusters where` only", "a rule takes `via PATH` and `when POSTURE`"),
                    NAMED or CAN or CANNOT => Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, $"`{mistake.Text}` stands in roles, not in the rules that give them"),
                    _ => Continuation(mistake, RuleMistakes.Pattern, VIA, WHEN, UNTIL, BECAUSE),
                };
            case NEVER or ONLY:
                return GuardMistakes.Trailing(mistake, isExpectation: false) ?? Continuation(mistake, "behind a guard's clusters stand `in`, `via` and `because`", IN, VIA, BECAUSE, EXCEPT);
            case FLEET:
                return mistake.Type is IN or VIA or WHEN or UNTIL or BECAUSE or CLUSTER_WIDE
                    ? Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, $"a fleet takes no `{mistake.Text}`")
                    : Continuation(mistake, "a fleet reads `fleet NAME = clusters where …` or `= a, b except c`", EXCEPT);
            case DEFAULT:
                return Continuation(mistake, "write `default via tailscale, teleport`");
            case CLUSTERS or NAMESPACES when mistake.Type is COMMA or STRING:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "one statement names one file", "write a statement for each file");
            default:
                return mistake.Type == COMMA ? Lists.StrayComma(mistake, mistake.Index) : Continuation(mistake, "");
        }
    }

    private static Diagnostic TwoScopes(Mistake mistake)
    {
        var first = mistake.FindBefore(mistake.Index, IN, CLUSTER_WIDE);
        return Report(
            SyntaxDiagnostics.TwoScopes,
            mistake.Location,
            "the rule has a scope already",
            "a rule says either `in NAMESPACES` or `cluster-wide`",
            new RelatedLocation(mistake.LocationOf(first), "the scope stands here"));
    }

    private static Diagnostic Beginning(Mistake mistake)
    {
        var text = mistake.Text;
        switch (mistake.Type)
        {
            case RBRACE or RBRACKET or RPAREN:
                return NothingToClose(mistake);
            case CAN:
                return Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, "`can` stands inside the braces of a role", "write `role NAME { can VERB RESOURCE }`");
            case EXPECT:
                return Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, "`expect` stands inside the braces of a test", "write `test \"…\" { expect … }`");
        }

        if (ForeignWords.FindStatement(text) is var (reason, help))
        {
            return Report(SyntaxDiagnostics.ForeignWord, mistake.Location, $"`{text}` begins no statement: {reason}", help);
        }

        if (mistake.Type == WORD && Suggestions.Nearest(text, LanguageWords.StatementWords) is { } nearest)
        {
            return Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, $"`{text}` begins no statement", $"did you mean `{nearest}`?");
        }

        if (mistake.TypeAt(mistake.Index + 1) is EQUALS or LBRACE)
        {
            return Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, $"`{text}` stands outside of any block", "settings stand inside the braces of what they belong to");
        }

        return LanguageWords.IsPhraseWord(mistake.Type)
            ? Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, $"`{text}` goes on with a statement, but the one before it is complete", Beginnings)
            : Report(SyntaxDiagnostics.UnknownStatement, mistake.Location, $"`{text}` begins no statement", Beginnings);
    }
}
