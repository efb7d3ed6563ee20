using System.Collections.Immutable;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>What a pair of braces holds.</summary>
internal enum BlockKind
{
    /// <summary>Keys and values.</summary>
    Settings,

    /// <summary>The items of a role.</summary>
    Role,

    /// <summary>Expectations.</summary>
    Test,
}

/// <summary>Where to go on behind a mistake.</summary>
/// <param name="Position">The token.</param>
/// <param name="StatementStart">Where the statement begins that the open blocks belong to.</param>
/// <param name="OpenBlocks">The blocks that are open there, innermost first.</param>
internal sealed record ResumePoint(int Position, int StatementStart, ImmutableStack<BlockKind> OpenBlocks);

/// <summary>
/// Finds the entry, expectation or role item behind a mistake: always on a later line, so that one mistake is one message and the
/// mistakes of other lines are found in the same run. A sentence without a block ends with its mistake.
/// </summary>
internal static class Recovery
{
    /// <summary>The place, or nothing when the rest of the chunk belongs to the mistake.</summary>
    /// <param name="tokens">The file's tokens.</param>
    /// <param name="from">Where the parser went on the last time.</param>
    /// <param name="isStatement">Whether the mistake lies in a statement that began behind <paramref name="from"/>, rather than in its open blocks.</param>
    /// <param name="statementStart">Where the statement with the mistake begins.</param>
    /// <param name="mistake">The token.</param>
    /// <param name="end">The chunk's end.</param>
    public static ResumePoint? Find(PolicyTokens tokens, ResumePoint from, bool isStatement, int statementStart, int mistake, int end)
    {
        var open = isStatement ? ImmutableStack<BlockKind>.Empty : from.OpenBlocks;
        var brackets = 0;
        for (var i = isStatement ? statementStart : from.Position; i < end; i++)
        {
            var type = tokens.TypeAt(i);
            if (i >= mistake && i > from.Position && type != PolicyParser.RBRACE && !open.IsEmpty && tokens.IsFirstOnLine(i) && BeginsItem(tokens, i, open.Peek(), brackets))
            {
                return new ResumePoint(i, statementStart, open);
            }

            switch (type)
            {
                case PolicyParser.LBRACE:
                    open = open.Push(open.IsEmpty ? KindOf(tokens.TypeAt(statementStart)) : BlockKind.Settings);
                    brackets = 0;
                    break;
                case PolicyParser.RBRACE:
                    open = Pop(open);
                    brackets = 0;
                    break;
                case PolicyParser.LBRACKET:
                    brackets++;
                    break;
                case PolicyParser.RBRACKET:
                    brackets = Math.Max(0, brackets - 1);
                    break;
                case PolicyParser.UNCLOSED_STRING or PolicyParser.SINGLE_QUOTED or PolicyParser.BACKTICK_QUOTED:
                case PolicyParser.SLASH_COMMENT when tokens.TypeAt(i - 1) == PolicyParser.COLON:
                    // The quotes that are missing would have let these close their partners.
                    foreach (var character in tokens.Tokens[i].Text)
                    {
                        brackets = character == ']' ? Math.Max(0, brackets - 1) : brackets;
                        open = character == '}' ? Pop(open) : open;
                    }

                    break;
            }

            if (i >= mistake && open.IsEmpty)
            {
                return type == PolicyParser.RBRACE ? BehindBlock(tokens, i + 1, end) : null;
            }
        }

        return null;
    }

    // What is left of the line behind a damaged block is part of the damage, unless it begins a statement.
    private static ResumePoint? BehindBlock(PolicyTokens tokens, int index, int end)
    {
        while (index < end && !tokens.IsFirstOnLine(index) && !LanguageWords.IsStatementWord(tokens.TypeAt(index)))
        {
            index++;
        }

        return index < end ? new ResumePoint(index, index, ImmutableStack<BlockKind>.Empty) : null;
    }

    private static ImmutableStack<BlockKind> Pop(ImmutableStack<BlockKind> open) => open.IsEmpty ? open : open.Pop();

    private static BlockKind KindOf(int statementWord) => statementWord switch
    {
        PolicyParser.ROLE => BlockKind.Role,
        PolicyParser.TEST => BlockKind.Test,
        _ => BlockKind.Settings,
    };

    private static bool BeginsItem(PolicyTokens tokens, int index, BlockKind kind, int brackets)
    {
        var type = tokens.TypeAt(index);
        var isWord = type is PolicyParser.WORD or PolicyParser.FOREIGN_WORD;
        switch (kind)
        {
            case BlockKind.Role:
                return type is PolicyParser.CAN or PolicyParser.INCLUDE or PolicyParser.CLUSTERROLE
                    || (isWord && tokens.TypeAt(index - 1) is PolicyParser.WORD or PolicyParser.STRING or PolicyParser.RBRACKET && brackets == 0);
            case BlockKind.Test:
                return type == PolicyParser.EXPECT || (isWord && IsExpectation(tokens, index));
            default:
                return tokens.TypeAt(index + 1) is PolicyParser.EQUALS or PolicyParser.LBRACE
                    || (brackets == 0 && (isWord || LanguageWords.IsLanguageWord(type) || type == PolicyParser.STRING));
        }
    }

    // A line of a test that lacks its first word still says what somebody can or cannot.
    private static bool IsExpectation(PolicyTokens tokens, int index)
    {
        for (var i = index + 1; i < tokens.Tokens.Length && !tokens.IsFirstOnLine(i); i++)
        {
            if (tokens.TypeAt(i) is PolicyParser.CAN or PolicyParser.CANNOT)
            {
                return true;
            }
        }

        return false;
    }
}
