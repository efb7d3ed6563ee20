using System.Collections.Immutable;
using Antlr4.Runtime;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>The tokens of one policy file. Comments are kept aside; whitespace is what lies between two tokens.</summary>
internal sealed class PolicyTokens
{
    private readonly bool[] _isFirstOnLine;

    private PolicyTokens(SourceText source, IToken[] tokens, bool[] isFirstOnLine, ImmutableArray<TextSpan> comments)
    {
        Source = source;
        Tokens = tokens;
        Comments = comments;
        _isFirstOnLine = isFirstOnLine;
    }

    /// <summary>The file.</summary>
    public SourceText Source { get; }

    /// <summary>The tokens that mean something, without an end-of-file token; each knows its index here.</summary>
    public IToken[] Tokens { get; }

    /// <summary>The comments in source order.</summary>
    public ImmutableArray<TextSpan> Comments { get; }

    /// <summary>Whether only whitespace stands before a token on its line.</summary>
    public bool IsFirstOnLine(int index) => _isFirstOnLine[index];

    /// <summary>How many characters stand before a token that is first on its line.</summary>
    public int Indentation(int index)
    {
        var start = Tokens[index].StartIndex;
        var lineStart = Source.Text.AsSpan(0, start).LastIndexOfAny('\n', '\r') + 1;
        return start - lineStart;
    }

    /// <summary>The type of a token; end of file outside the range.</summary>
    public int TypeAt(int index) => index >= 0 && index < Tokens.Length ? Tokens[index].Type : TokenConstants.EOF;

    /// <summary>The range of a token in the source.</summary>
    public static TextSpan SpanOf(IToken token) => new(token.StartIndex, Math.Max(0, token.StopIndex + 1 - token.StartIndex));

    /// <summary>Splits a source text into tokens; linear in its length, and total: what belongs to no word of the language becomes a token of a mistake.</summary>
    public static PolicyTokens Read(SourceText source, CancellationToken cancellation)
    {
        var text = source.Text;
        // The plain stream counts UTF-16 units, as spans do; the code-point stream of the runtime would not.
        var characters = new AntlrInputStream(text);
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        characters.Seek(start);
        var lexer = new PolicyLexer(characters);
        lexer.RemoveErrorListeners();
        var tokens = new List<IToken>(text.Length / 6);
        var isFirstOnLine = new List<bool>(text.Length / 6);
        var comments = ImmutableArray.CreateBuilder<TextSpan>();
        var skipTo = start;
        var previousEnd = start;
        for (var token = lexer.NextToken(); token.Type != TokenConstants.EOF; token = lexer.NextToken())
        {
            if (token.StartIndex < skipTo)
            {
                continue;
            }

            if (token.Channel != TokenConstants.DefaultChannel)
            {
                comments.Add(SpanOf(token));
                continue;
            }

            if ((tokens.Count & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (token.Type == PolicyLexer.SLASH_COMMENT && text.AsSpan(token.StartIndex).StartsWith("/*", StringComparison.Ordinal))
            {
                // A block comment is one mistake, not one for every line of its prose.
                var end = text.IndexOf("*/", token.StartIndex + 2, StringComparison.Ordinal);
                skipTo = end < 0 ? text.Length : end + 2;
            }

            ((IWritableToken)token).TokenIndex = tokens.Count;
            isFirstOnLine.Add(tokens.Count == 0 || text.AsSpan(previousEnd, token.StartIndex - previousEnd).IndexOfAny('\n', '\r') >= 0);
            tokens.Add(token);
            previousEnd = Math.Max(token.StopIndex + 1, skipTo);
        }

        return new PolicyTokens(source, [.. tokens], [.. isFirstOnLine], comments.ToImmutable());
    }
}
