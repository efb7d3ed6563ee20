using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in the selection of clusters, and in label expressions.</summary>
internal static class SelectorMistakes
{
    private const string Pattern = "clusters are `all clusters`, `clusters where env = \"prod\"`, or names";
    private const string TestPattern = "a label is compared by `=`, `!=` or `in [ … ]`; `has` asks whether it is there";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake) => mistake.Rule == RULE_clusterSelector ? Clusters(mistake) : Expression(mistake);

    /// <summary><c>and</c> beside <c>or</c>.</summary>
    public static Diagnostic MixedAndOr(Mistake mistake)
        => Report(SyntaxDiagnostics.MixedAndOr, mistake.Location, "`and` and `or` are mixed without parentheses", "say by parentheses what belongs together");

    private static Diagnostic? Clusters(Mistake mistake)
    {
        if (mistake.TypeAt(mistake.Index - 1) == ALL)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1), "`all` is followed by `clusters`", Pattern);
        }

        if (mistake.TypeAt(mistake.Index - 1) == CLUSTERS)
        {
            return Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1), "`clusters` is followed by `where`, or stands behind `all`", Pattern);
        }

        return mistake.Type is WHERE or HAS or NOT or WITH or LPAREN
            ? Report(SyntaxDiagnostics.WrongWord, mistake.Location, "a selection begins with `clusters where`", Pattern)
            : NameMistakes.Explain(mistake);
    }

    private static Diagnostic? Expression(Mistake mistake)
    {
        if (mistake.Rule != RULE_labelTerm && Lists.IsInBrackets(mistake) && mistake.TypeAt(mistake.Index - 1) != EQUALS)
        {
            return Lists.InBrackets(mistake);
        }

        var previous = mistake.TextAt(mistake.Index - 1);
        return mistake.Rule switch
        {
            RULE_labelTest => Test(mistake),
            RULE_labelTerm when mistake.Expects(RPAREN) && !mistake.Expects(WORD) => mistake.Type is AND or OR
                ? MixedAndOr(mistake)
                : Report(SyntaxDiagnostics.UnclosedBracket, mistake.LocationOf(Lists.FindOpen(mistake, LPAREN, RPAREN)), "this `(` is not closed", "close it with `)`"),
            RULE_labelValue when mistake.Type == LBRACKET => Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index - 1, mistake.Index), "several values are compared by `in`", TestPattern),
            RULE_labelValue => Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 1), $"a value is missing behind `{previous}`", "a value that is a word of the language stands in quotes"),
            _ => Report(SyntaxDiagnostics.MissingName, mistake.LocationOf(mistake.Index - 1), $"a label is missing behind `{previous}`", TestPattern),
        };
    }

    private static Diagnostic Test(Mistake mistake)
    {
        var label = mistake.TextAt(mistake.Index - 1);
        if (mistake.TypeAt(mistake.Index - 1) == IN)
        {
            return Report(SyntaxDiagnostics.BracketsNeeded, mistake.Location, "the values behind `in` stand in brackets", TestPattern);
        }

        return mistake.Type switch
        {
            NOT when mistake.TypeAt(mistake.Index + 1) == IN => Report(SyntaxDiagnostics.WrongWord, mistake.LocationOf(mistake.Index, mistake.Index + 1), "`not in` is written around the comparison", $"write `not {label} in [ … ]`"),
            WORD or STRING when mistake.Text is "is" or "equals" or "eq" => Report(SyntaxDiagnostics.WrongOperator, mistake.Location, $"`{mistake.Text}` is written `=`", TestPattern),
            WORD or STRING => Report(SyntaxDiagnostics.MissingEquals, mistake.LocationOf(mistake.Index - 1, mistake.Index), $"an `=` is missing between `{Lists.Bare(label)}` and `{Lists.Bare(mistake.Text)}`", TestPattern),
            _ => Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 1), $"what is asked of the label `{Lists.Bare(label)}`?", TestPattern),
        };
    }
}
