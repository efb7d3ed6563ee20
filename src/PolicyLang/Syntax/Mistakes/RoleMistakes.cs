using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in roles.</summary>
internal static class RoleMistakes
{
    private const string Pattern = "a role reads `role NAME = clusterrole \"view\"` or `role NAME { include view  can exec pods }`";
    private const string ItemPattern = "a role holds `can VERB RESOURCE`, `include ROLE` and `clusterrole \"…\"`";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake) => mistake.Rule switch
    {
        RULE_existingRole => ExistingRole(mistake),
        RULE_roleDeclaration => Declaration(mistake),
        _ => Item(mistake),
    };

    private static Diagnostic? ExistingRole(Mistake mistake)
    {
        if (mistake.Expects(CLUSTERROLE))
        {
            return mistake.Type == LBRACE
                ? BlockMistakes.EqualsBeforeBlock(mistake)
                : Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`=` is followed by `clusterrole` and a name in quotes", Pattern);
        }

        return mistake.Type == WORD
            ? Lists.QuotesNeeded(mistake, "the name of a ClusterRole")
            : Report(SyntaxDiagnostics.MissingName, mistake.LocationOf(mistake.Index - 1), "the name of a ClusterRole is missing behind `clusterrole`", Pattern);
    }

    private static Diagnostic Declaration(Mistake mistake)
        => Report(SyntaxDiagnostics.MissingBlock, mistake.LocationOf(mistake.Start, mistake.Index - 1), $"role `{mistake.TextAt(mistake.Start + 1)}` lacks what it consists of", Pattern);

    private static Diagnostic? Item(Mistake mistake)
    {
        if (mistake.IsAtEnd)
        {
            return BlockMistakes.Unclosed(mistake);
        }

        var item = mistake.FindBefore(mistake.Index, CAN, INCLUDE, CLUSTERROLE);
        var isTrailing = item > 0 && mistake.ContinuesLine(mistake.Index) && mistake.TypeAt(mistake.Index - 1) != LBRACE;
        if (isTrailing && mistake.TypeAt(item) == CAN && RightsMistakes.BehindRights(mistake) is { } finding)
        {
            return finding;
        }

        switch (mistake.Type)
        {
            case ON or IN or VIA or WHEN or CLUSTER_WIDE or UNTIL:
                return Report(SyntaxDiagnostics.ClauseNotTaken, mistake.Location, $"a role says what may be done; `{mistake.Text}` stands in the rules that give it", ItemPattern);
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case RBRACKET or RPAREN:
                return StatementMistakes.NothingToClose(mistake);
            case WORD when isTrailing && mistake.TypeAt(item) == INCLUDE:
                return Lists.MissingComma(mistake);
            case WORD when Suggestions.DidYouMean(mistake.Text, ["include", "clusterrole", "can"]) is { } help:
                return Report(SyntaxDiagnostics.UnknownRoleItem, mistake.Location, $"`{mistake.Text}` is no word of the language", help);
            case WORD when mistake.IsItem(mistake.Index + 1) && mistake.ContinuesLine(mistake.Index + 1):
                return Report(SyntaxDiagnostics.UnknownRoleItem, mistake.Location, "rights begin with `can`", $"write `can {mistake.Text} {mistake.TextAt(mistake.Index + 1)}`");
            default:
                return Report(SyntaxDiagnostics.UnknownRoleItem, mistake.Location, $"`{mistake.Text}` does not belong in a role", ItemPattern);
        }
    }
}
