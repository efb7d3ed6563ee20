using PolicyLang.Diagnostics;
using static PolicyLang.Syntax.Generated.PolicyParser;
using static PolicyLang.Syntax.Mistakes.Mistake;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>Mistakes in blocks <c>{ key = value }</c>.</summary>
internal static class BlockMistakes
{
    private const string Pattern = "a block holds `key = value`, `key = [a, b]` and `key { … }`";

    /// <summary>The finding, or nothing.</summary>
    public static Diagnostic? Explain(Mistake mistake)
    {
        if (mistake.Rule is RULE_value or RULE_scalar && Lists.IsInBrackets(mistake) && mistake.TypeAt(mistake.Index - 1) != EQUALS)
        {
            return Lists.InBrackets(mistake);
        }

        return mistake.Rule switch
        {
            RULE_value or RULE_scalar => Value(mistake),
            RULE_entryValue or RULE_entry => KeyInQuotes(mistake),
            _ => Entry(mistake),
        };
    }

    /// <summary><c>=</c> before braces.</summary>
    public static Diagnostic EqualsBeforeBlock(Mistake mistake)
        => Report(SyntaxDiagnostics.EqualsBeforeBlock, mistake.LocationOf(mistake.Index - 1), "no `=` stands before a block", $"write `{(mistake.Rule == RULE_existingRole ? "role " : "")}{mistake.TextAt(mistake.Index - 2)} {{ … }}`");

    /// <summary>A block that the statement's end leaves open: the innermost one, unless a closing brace further left betrays another.</summary>
    public static Diagnostic Unclosed(Mistake mistake)
    {
        var open = new Stack<int>();
        for (var i = mistake.Start; i < mistake.Index; i++)
        {
            if (mistake.TypeAt(i) == LBRACE)
            {
                open.Push(i);
            }
            else if (mistake.TypeAt(i) == RBRACE && open.Count > 0)
            {
                var brace = open.Pop();
                if (!mistake.ContinuesLine(i) && open.Count > 0 && Column(mistake, i) < Indentation(mistake, brace) && Column(mistake, i) == Indentation(mistake, open.Peek()))
                {
                    return UnclosedAt(mistake, brace);
                }
            }
        }

        return UnclosedAt(mistake, open.Count > 0 ? open.Peek() : mistake.Start);
    }

    private static Diagnostic UnclosedAt(Mistake mistake, int brace)
    {
        var first = brace;
        while (first > mistake.Start && mistake.TypeAt(first - 1) is not (LBRACE or RBRACE or COMMA or RBRACKET) && (mistake.ContinuesLine(first) || first == brace) && brace - first < 2)
        {
            first--;
        }

        // Only the header of a statement has a word before its name.
        if (first != mistake.Start && first < brace - 1)
        {
            first = brace - 1;
        }

        var header = first < brace ? $" of `{mistake.LocationOf(first, brace - 1).Text}`" : "";
        return Report(SyntaxDiagnostics.UnclosedBlock, mistake.LocationOf(brace), $"the block{header} is not closed", "close it with `}`");
    }

    private static Diagnostic? Value(Mistake mistake)
    {
        if (mistake.Type == LBRACE)
        {
            return EqualsBeforeBlock(mistake);
        }

        if (mistake.Type == LPAREN)
        {
            return Report(SyntaxDiagnostics.BracketsNeeded, mistake.Location, "lists stand in brackets, not in parentheses", "write `[a, b]`");
        }

        if (mistake.Type == EQUALS)
        {
            return Report(SyntaxDiagnostics.WrongOperator, mistake.LocationOf(mistake.Index - 1, mistake.Index), "`==` is written `=`");
        }

        var key = Lists.Bare(mistake.TextAt(mistake.Index - 2));
        return Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 1), $"the value of `{key}` is missing", "an empty text is written `\"\"`, an empty list `[]`");
    }

    private static Diagnostic KeyInQuotes(Mistake mistake)
    {
        // The offending token stands behind the string that has become a key.
        var text = mistake.Index - 1;
        var before = mistake.TypeAt(text - 1);
        if (before == COMMA && mistake.TypeAt(text - 2) is STRING or WORD && mistake.ContinuesLine(text))
        {
            var first = text - 2;
            while (mistake.TypeAt(first - 1) == COMMA && mistake.IsItem(first - 2))
            {
                first -= 2;
            }

            var location = mistake.LocationOf(first, text);
            return Report(SyntaxDiagnostics.BracketsNeeded, location, "several values stand in brackets", $"write `[{location.Text}]`");
        }

        if (mistake.ContinuesLine(text) && before is not (LBRACE or RBRACE or RBRACKET or COMMA) && mistake.TypeAt(text - 2) != EQUALS)
        {
            return Report(SyntaxDiagnostics.MissingEquals, mistake.LocationOf(text - 1, text), $"an `=` is missing between `{Lists.Bare(mistake.TextAt(text - 1))}` and {mistake.TextAt(text)}", Pattern);
        }

        if (mistake.ContinuesLine(text) && mistake.TypeAt(text - 2) == EQUALS && before is WORD or STRING)
        {
            return Report(SyntaxDiagnostics.BracketsNeeded, mistake.LocationOf(text - 1, text), "several values stand in brackets, parted by commas", Pattern);
        }

        return Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(text), $"the key {mistake.TextAt(text)} has no value", Pattern);
    }

    private static Diagnostic? Entry(Mistake mistake)
    {
        var previous = mistake.TextAt(mistake.Index - 1);
        switch (mistake.Type)
        {
            case Antlr4.Runtime.TokenConstants.EOF:
                return Unclosed(mistake);
            case COMMA:
                return Lists.StrayComma(mistake, mistake.Index);
            case LBRACKET when mistake.TypeAt(mistake.Index - 1) is WORD or STRING && mistake.TypeAt(mistake.Index - 2) != EQUALS:
                return Report(SyntaxDiagnostics.MissingEquals, mistake.LocationOf(mistake.Index - 1, mistake.Index), $"an `=` is missing between `{Lists.Bare(previous)}` and `[`", Pattern);
            case RBRACKET or RPAREN:
                return StatementMistakes.NothingToClose(mistake);
            case EQUALS when mistake.TypeAt(mistake.Index - 1) is LBRACE or COMMA:
                return Report(SyntaxDiagnostics.MissingName, mistake.Location, "a key is missing before `=`", Pattern);
            case EQUALS when mistake.TypeAt(mistake.Index - 2) == EQUALS:
                return Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 2), $"the value of `{mistake.TextAt(mistake.Index - 3)}` is missing", $"`{Lists.Bare(previous)}` has an `=` of its own");
            case LBRACE when mistake.TypeAt(mistake.Index - 2) == EQUALS:
                return Report(SyntaxDiagnostics.MissingValue, mistake.LocationOf(mistake.Index - 2), $"the value of `{mistake.TextAt(mistake.Index - 3)}` is missing", $"`{Lists.Bare(previous)}` begins a block of its own");
            case LBRACE:
                return Report(SyntaxDiagnostics.MissingName, mistake.Location, "a block inside a block needs a key before it", Pattern);
            default:
                return Report(SyntaxDiagnostics.Unexpected, mistake.Location, $"`{mistake.Text}` does not belong in a block", Pattern);
        }
    }

    private static int Column(Mistake mistake, int index)
    {
        var location = mistake.LocationOf(index);
        return location.Source.GetLineAndColumn(location.Span.Start).Column;
    }

    private static int Indentation(Mistake mistake, int index)
    {
        var first = index;
        while (first > mistake.Start && mistake.ContinuesLine(first))
        {
            first--;
        }

        return Column(mistake, first);
    }
}
