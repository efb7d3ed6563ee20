using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in declarations, sources, defaults and single clauses.</summary>
internal static class DeclarationMistakes
{
    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake) => mistake.Rule switch
    {
        RULE_clustersFrom or RULE_namespacesFrom => Source(mistake),
        RULE_defaultVia => Report(SyntaxDiagnostics.WrongWord, mistake.IsAtEnd ? mistake.LocationOf(mistake.Index - 1) : mistake.Location, "`default` is followed by `via` and paths", "write `default via tailscale`"),
        RULE_fleetDeclaration => Fleet(mistake),
        RULE_untilClause => Until(mistake),
        RULE_becauseClause => Because(mistake),
        _ => null,
    };

    private static Diagnostic Source(Mistake mistake)
    {
        var word = mistake.TextAt(mistake.Start);
        var pattern = $"write `{word} from \"inventory/{word}.yaml\"`";
        if (mistake.Expects(FROM))
        {
            var location = mistake.IsAtEnd ? mistake.LocationOf(mistake.Start) : mistake.Location;
            return Report(SyntaxDiagnostics.WrongWord, location, $"`{word}` at the beginning of a statement is followed by `from` and a file", pattern);
        }

        return mistake.Type == WORD
            ? Lists.QuotesNeeded(mistake, "a file")
            : Report(SyntaxDiagnostics.MissingName, mistake.LocationOf(mistake.Index - 1), "a file is missing behind `from`", pattern);
    }

    private static Diagnostic Fleet(Mistake mistake)
        => Report(SyntaxDiagnostics.MissingEquals, mistake.IsAtEnd ? mistake.LocationOf(mistake.Start, mistake.Index - 1) : mistake.Location, "a fleet's name is followed by `=` and clusters", "write `fleet NAME = clusters where env = \"prod\"`");

    private static Diagnostic Until(Mistake mistake) => mistake.Type == STRING
        ? Report(SyntaxDiagnostics.QuotedName, mistake.Location, "a date stands without quotes", $"write `{Lists.Bare(mistake.Text)}`")
        : Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 1), "a date is missing behind `until`", "write `until 2026-12-31`; the rule holds through that day");

    private static Diagnostic Because(Mistake mistake)
    {
        if (mistake.IsAtEnd || LanguageWords.IsPhraseWord(mistake.Type))
        {
            var before = mistake.TypeAt(mistake.Index - 1) == BECAUSE;
            return before
                ? Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 1), "a reason is missing behind `because`", "write `because \"…\"`")
                : Report(SyntaxDiagnostics.UnfinishedStatement, mistake.LocationOf(mistake.Start, mistake.Index - 1), "an assumption gives its reason", "add `because \"…\"`");
        }

        if (mistake.TypeAt(mistake.Index - 1) != BECAUSE)
        {
            return Lists.WordForAnother(mistake, "an assumption reads `assume disjoint A, B because \"…\"`", BECAUSE)
                ?? Report(SyntaxDiagnostics.UnfinishedStatement, mistake.LocationOf(mistake.Start, mistake.Index - 1), "an assumption gives its reason", "add `because \"…\"`");
        }

        return mistake.Type == WORD
            ? Lists.QuotesNeeded(mistake, "a reason")
            : Report(SyntaxDiagnostics.MissingValue, mistake.Location, "a reason is a text in quotes", "write `because \"…\"`");
    }

    /// <summary>A declaration without the block that is due.</summary>
    public static Diagnostic Block(Mistake mistake)
    {
        var header = $"{mistake.TextAt(mistake.Start)} `{mistake.TextAt(mistake.Start + 1)}`";
        var pattern = $"write `{mistake.TextAt(mistake.Start)} {mistake.TextAt(mistake.Start + 1)} {{ … }}`";
        if (mistake.Type == EQUALS && mistake.TypeAt(mistake.Index + 1) == LBRACE)
        {
            return Report(SyntaxDiagnostics.EqualsBeforeBlock, mistake.Location, "no `=` stands before a block", pattern);
        }

        if (mistake.Type == COMMA)
        {
            return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a declaration has one name", "declare each by itself");
        }

        return Report(SyntaxDiagnostics.MissingBlock, mistake.LocationOf(mistake.Start, mistake.Index - 1), $"{header} lacks its block", pattern);
    }
}
