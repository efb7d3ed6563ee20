using System.Collections.Immutable;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>
/// Cuts a file's tokens where a statement begins: at a statement word that is first on its line. The exceptions are those of
/// <c>grammar/PolicyParser.g4</c>; none of them can be the beginning of a statement.
/// </summary>
internal static class StatementChunks
{
    /// <summary>The ranges of tokens, in order and without gaps; linear in the number of tokens.</summary>
    public static ImmutableArray<Range> Split(PolicyTokens tokens)
    {
        var chunks = ImmutableArray.CreateBuilder<Range>();
        var start = 0;
        var braces = 0;
        var brackets = 0;
        for (var i = 0; i < tokens.Tokens.Length; i++)
        {
            if (i > start && tokens.IsFirstOnLine(i) && BeginsStatement(tokens, start, i, braces, brackets))
            {
                chunks.Add(start..i);
                start = i;
                braces = 0;
                brackets = 0;
            }

            switch (tokens.TypeAt(i))
            {
                case PolicyParser.LBRACE:
                    braces++;
                    break;
                case PolicyParser.RBRACE:
                    braces = Math.Max(0, braces - 1);
                    break;
                case PolicyParser.LBRACKET:
                    brackets++;
                    break;
                case PolicyParser.RBRACKET:
                    brackets = Math.Max(0, brackets - 1);
                    break;
            }
        }

        if (start < tokens.Tokens.Length)
        {
            chunks.Add(start..tokens.Tokens.Length);
        }

        return chunks.ToImmutable();
    }

    private static bool BeginsStatement(PolicyTokens tokens, int start, int index, int braces, int brackets)
    {
        var type = tokens.TypeAt(index);
        if (!LanguageWords.IsStatementWord(type))
        {
            return braces == 0 && brackets == 0 && IsStrayWord(tokens, start, index);
        }

        var next = tokens.TypeAt(index + 1);
        var previous = tokens.TypeAt(index - 1);
        return next switch
        {
            PolicyParser.EQUALS or PolicyParser.NOT_EQUALS => false,
            PolicyParser.COMMA or PolicyParser.RBRACKET when brackets > 0 || previous == PolicyParser.COMMA => false,
            PolicyParser.WHERE when type is PolicyParser.CLUSTERS or PolicyParser.NAMESPACES => false,
            PolicyParser.LBRACE or PolicyParser.RBRACE when braces > 0 => false,
            _ when type == PolicyParser.CLUSTERS && previous == PolicyParser.ALL => false,
            _ when previous == PolicyParser.COMMA && (index + 1 == tokens.Tokens.Length || tokens.IsFirstOnLine(index + 1)) => false,
            _ => type != PolicyParser.DEFAULT || next == PolicyParser.VIA,
        };
    }

    // A word where no statement goes on (`alow sre …` below a complete statement): cut here too, so that a misspelt first word
    // costs its own statement only. In a correct text two words follow each other only in `can VERB RESOURCE`. What is indented
    // further than the statement belongs to it all the same.
    private static bool IsStrayWord(PolicyTokens tokens, int start, int index)
    {
        if (tokens.TypeAt(index) is not (PolicyParser.WORD or PolicyParser.FOREIGN_WORD) || tokens.Indentation(index) > tokens.Indentation(start))
        {
            return false;
        }

        return tokens.TypeAt(index - 1) switch
        {
            PolicyParser.STRING or PolicyParser.RBRACE or PolicyParser.RPAREN or PolicyParser.CLUSTER_WIDE => true,
            PolicyParser.WORD => tokens.TypeAt(index - 2) is not (PolicyParser.CAN or PolicyParser.CANNOT),
            _ => false,
        };
    }
}
