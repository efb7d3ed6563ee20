using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>Finds what is nested beyond any use before the parser, which descends a level for each, runs out of stack.</summary>
internal static class NestingLimit
{
    /// <summary>How many levels may be open at once.</summary>
    public const int Levels = 64;

    /// <summary>The index of the first token that is nested too deeply, or -1; linear.</summary>
    public static int FindExcess(PolicyTokens tokens, int start, int end)
    {
        var outerNegations = new Stack<int>();
        var negations = 0;
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            switch (tokens.TypeAt(i))
            {
                case PolicyParser.NOT:
                    negations++;
                    depth++;
                    break;
                case PolicyParser.LBRACE or PolicyParser.LBRACKET or PolicyParser.LPAREN:
                    outerNegations.Push(negations);
                    negations = 0;
                    depth++;
                    break;
                case PolicyParser.RBRACE or PolicyParser.RBRACKET or PolicyParser.RPAREN when outerNegations.Count > 0:
                    depth -= 1 + negations;
                    negations = outerNegations.Pop();
                    break;
                case PolicyParser.AND or PolicyParser.OR or PolicyParser.COMMA:
                    depth -= negations;
                    negations = 0;
                    break;
            }

            if (depth > Levels)
            {
                return i;
            }
        }

        return -1;
    }
}
