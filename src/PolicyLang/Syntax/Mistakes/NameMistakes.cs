using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes where a name is due.</summary>
internal static class NameMistakes
{
    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake)
    {
        var what = Noun(mistake);
        var previous = mistake.TypeAt(mistake.Index - 1);
        var isDeclaration = IsDeclaration(mistake);
        switch (mistake.Type)
        {
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case LBRACE when mistake.StatementType == ALLOW:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, "a rule has no block", RuleMistakes.Pattern);
            case STRING:
                return Report(SyntaxDiagnostics.QuotedName, mistake.Location, $"the name of {Article(what)} stands without quotes", Help(mistake.Text));
            case LBRACKET:
                return Brackets(mistake);
            case ALL when mistake.IsInside(RULE_inPhrase):
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "there is no `in all`", "all namespaces of a cluster are `cluster-wide`");
            case WHERE when mistake.IsInside(RULE_inPhrase):
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`where` follows `namespaces` here", "write `in namespaces where …`");
            case ALL when what == "subject":
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`all` stands before `clusters` only", "rules and expectations name their users, groups and machines");
            case ANYONE when what == "subject":
                return Report(SyntaxDiagnostics.WrongWord, mistake.Location, "`anyone` stands in `never` only", "rules and expectations name their users, groups and machines");
            case CLUSTER or FLEET or USER or GROUP or MACHINE or POSTURE or ROLE when !isDeclaration && mistake.TypeAt(mistake.Index + 1) == WORD:
                return Report(SyntaxDiagnostics.KindBeforeName, mistake.Location, $"names stand alone in a sentence, without `{mistake.Text}`", $"write `{mistake.TextAt(mistake.Index + 1)}`");
        }

        if (LanguageWords.IsStatementWord(mistake.Type) || (LanguageWords.IsPhraseWord(mistake.Type) && IsUsedAsName(mistake)))
        {
            return Report(SyntaxDiagnostics.ReservedName, mistake.Location, $"`{mistake.Text}` is a word of the language; name the {what} otherwise");
        }

        if (previous == COMMA)
        {
            return Lists.StrayComma(mistake, mistake.Index - 1);
        }

        if (mistake.IsAtEnd || LanguageWords.IsPhraseWord(mistake.Type) || mistake.Type is LBRACE or RBRACE or EQUALS)
        {
            var before = mistake.TextAt(mistake.Index - 1);
            return Report(
                SyntaxDiagnostics.MissingName,
                mistake.LocationOf(mistake.Index - 1),
                what == "subject" ? $"a user, group or machine is missing behind `{before}`" : $"the name of {Article(what)} is missing behind `{before}`");
        }

        return null;
    }

    /// <summary>A list of names in brackets.</summary>
    public static Diagnostic Brackets(Mistake mistake)
    {
        var close = mistake.FindOnLine(mistake.Index, RBRACKET);
        var location = close < 0 ? mistake.Location : mistake.LocationOf(mistake.Index, close);
        return Report(SyntaxDiagnostics.NeedlessBrackets, location, "names are listed without brackets", close < 0 ? null : $"write `{location.Text.Trim('[', ']', ' ', ',').Replace("\"", "", StringComparison.Ordinal)}`");
    }

    // `allow on as admin`: the word is meant as a name where the sentence goes on behind it as behind a name.
    private static bool IsUsedAsName(Mistake mistake)
    {
        var next = mistake.TypeAt(mistake.Index + 1);
        return mistake.Type != CLUSTER_WIDE && (LanguageWords.IsPhraseWord(next) && next != ALL || next is COMMA or EQUALS or LBRACE);
    }

    private static bool IsDeclaration(Mistake mistake) => mistake.Index == mistake.Start + 1
        && mistake.StatementType is CLUSTER or FLEET or USER or GROUP or MACHINE or POSTURE or ROLE;

    private static string Noun(Mistake mistake)
    {
        if (IsDeclaration(mistake))
        {
            return mistake.TextAt(mistake.Start);
        }

        for (var context = mistake.Context; context is not null; context = context.Parent)
        {
            switch (context.RuleIndex)
            {
                case RULE_defaultVia or RULE_viaClause or RULE_labelTerm:
                    return "path";
                case RULE_whenClause:
                    return "posture";
                case RULE_clusterSelector:
                    return "cluster";
                case RULE_inPhrase or RULE_namespaceSelector:
                    return "namespace";
                case RULE_include:
                    return "role";
                case RULE_allowRule:
                    return mistake.FindBefore(mistake.Index, AS) > 0 ? "role" : "subject";
                case RULE_neverGuard or RULE_onlyGuard or RULE_guarded or RULE_assumeDisjoint or RULE_expectation:
                    return "subject";
            }
        }

        return "thing";
    }

    private static string Article(string noun) => $"a {noun}";

    private static string? Help(string text)
    {
        var bare = Lists.Bare(text);
        return bare.Length > 0 && !bare.Contains(' ', StringComparison.Ordinal) ? $"write `{bare}`" : null;
    }
}
