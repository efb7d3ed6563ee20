using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>
/// Says in people's words what is wrong at the first token that no correct text has at its place. Each kind of phrase has its own
/// explainer; what none of them knows gets a plain sentence that names what could stand here.
/// </summary>
internal static class MistakeExplainer
{
    private const int MostNamedWords = 4;

    /// <summary>The finding for a mistake.</summary>
    public static Diagnostic Explain(Mistake mistake)
        => StrayTokens.Explain(mistake)
            ?? LaterWord(mistake)
            ?? ExplainPhrase(mistake)
            ?? Fallback(mistake);

    private static Diagnostic? ExplainPhrase(Mistake mistake)
    {
        switch (mistake.Rule)
        {
            case RULE_statements:
                return StatementMistakes.Explain(mistake);
            case RULE_allowRule or RULE_scope or RULE_allowClause:
                return RuleMistakes.ExplainAllow(mistake);
            case RULE_neverGuard or RULE_onlyGuard or RULE_expectation or RULE_guarded or RULE_assumeDisjoint or RULE_testTail or RULE_testDeclaration:
                return GuardMistakes.Explain(mistake);
            case RULE_roleTail or RULE_roleItem or RULE_existingRole or RULE_roleDeclaration:
                return RoleMistakes.Explain(mistake);
            case RULE_rights or RULE_verbs or RULE_resources or RULE_resource or RULE_objectNames:
                return RightsMistakes.Explain(mistake);
            case RULE_block when mistake.ParentRule != RULE_entryValue:
                return DeclarationMistakes.Block(mistake);
            case RULE_block or RULE_blockTail or RULE_entry or RULE_entryValue or RULE_value or RULE_scalar:
                return BlockMistakes.Explain(mistake);
            case RULE_name or RULE_names:
                return NameMistakes.Explain(mistake);
            case RULE_nativeWord:
                return mistake.ParentRule switch
                {
                    RULE_verbs or RULE_resource => RightsMistakes.Explain(mistake),
                    RULE_namespace => NameMistakes.Explain(mistake),
                    _ => SelectorMistakes.Explain(mistake),
                };
            case RULE_namespace or RULE_namespaceSelector or RULE_inPhrase:
                return NameMistakes.Explain(mistake);
            case RULE_clusterSelector or RULE_labelExpression or RULE_labelTerm or RULE_labelTest or RULE_label or RULE_labelValue:
                return SelectorMistakes.Explain(mistake);
            default:
                return DeclarationMistakes.Explain(mistake);
        }
    }

    private static Diagnostic? LaterWord(Mistake mistake)
    {
        var isRule = mistake.StatementType is ALLOW or NEVER or ONLY or TEST && mistake.Index > mistake.Start;
        if (LanguageWords.IsLaterWord(mistake.Type) || (mistake.Type == FROM && isRule))
        {
            return Report(SyntaxDiagnostics.ReservedForLater, mistake.Location, $"`{mistake.Text}` is kept for a later version of the language", mistake.Rule == RULE_name ? "choose another name" : "leave it out");
        }

        return null;
    }

    private static Diagnostic Fallback(Mistake mistake)
    {
        var due = mistake.Expected.ToList().Select(LanguageWords.TextOf).Where(text => text.Length > 0).ToArray();
        var help = due.Length is > 0 and <= MostNamedWords ? $"here stands {string.Join(" or ", due.Select(text => $"`{text}`"))}" : null;
        return mistake.IsAtEnd
            ? Report(SyntaxDiagnostics.UnfinishedStatement, mistake.Location, "the statement breaks off here", help)
            : Report(SyntaxDiagnostics.Unexpected, mistake.Location, $"`{mistake.Text}` does not belong here", help);
    }
}
