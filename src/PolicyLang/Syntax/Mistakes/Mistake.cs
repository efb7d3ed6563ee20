using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax.Mistakes;

/// <summary>
/// The first token that no correct text has at its place, and what stands around it. Positions are indices of tokens; what lies
/// outside the statement's chunk reads as the end of the file.
/// </summary>
/// <param name="Tokens">The file's tokens.</param>
/// <param name="Start">Where the statement begins.</param>
/// <param name="Index">The token.</param>
/// <param name="End">Where the chunk ends.</param>
/// <param name="Context">The innermost phrase that was being read.</param>
/// <param name="Expected">What could have stood there.</param>
internal sealed record Mistake(PolicyTokens Tokens, int Start, int Index, int End, RuleContext Context, IntervalSet Expected)
{
    /// <summary>Whether a type of token could have stood here.</summary>
    public bool Expects(int type) => Expected.Contains(type);

    /// <summary>The type of the token.</summary>
    public int Type => TypeAt(Index);

    /// <summary>The text of the token.</summary>
    public string Text => TextAt(Index);

    /// <summary>Whether the statement breaks off here.</summary>
    public bool IsAtEnd => Index >= End;

    /// <summary>The innermost phrase, as a rule of the grammar.</summary>
    public int Rule => Context.RuleIndex;

    /// <summary>The type of the statement's first word.</summary>
    public int StatementType => TypeAt(Start);

    /// <summary>The place of the token; behind the last token at the end.</summary>
    public SourceLocation Location => LocationOf(Index);

    /// <summary>The type of a token.</summary>
    public int TypeAt(int index) => index >= Start && index < End ? Tokens.TypeAt(index) : TokenConstants.EOF;

    /// <summary>The text of a token.</summary>
    public string TextAt(int index) => index >= Start && index < End ? Tokens.Tokens[index].Text : "";

    /// <summary>Where something is missing: before the token, or at the end of the line when the token stands on another.</summary>
    public SourceLocation PlaceOfMissing => BreaksLine
        ? new SourceLocation(Tokens.Source, new TextSpan(PolicyTokens.SpanOf(Tokens.Tokens[Index - 1]).End, 0))
        : Location;

    /// <summary>The place of something missing, in words.</summary>
    public string BeforeText => BreaksLine ? "" : $" before `{Text}`";

    private bool BreaksLine => Index > Start && !ContinuesLine(Index);

    /// <summary>The place of a token; behind the last token at the end.</summary>
    public SourceLocation LocationOf(int index)
        => index < End
            ? new SourceLocation(Tokens.Source, PolicyTokens.SpanOf(Tokens.Tokens[index]))
            : new SourceLocation(Tokens.Source, new TextSpan(PolicyTokens.SpanOf(Tokens.Tokens[End - 1]).End, 0));

    /// <summary>From the first to the last of two tokens.</summary>
    public SourceLocation LocationOf(int first, int last)
        => new(Tokens.Source, TextSpan.Between(PolicyTokens.SpanOf(Tokens.Tokens[first]), PolicyTokens.SpanOf(Tokens.Tokens[last])));

    /// <summary>Whether a token stands on the line of the one before.</summary>
    public bool ContinuesLine(int index) => index < End && !Tokens.IsFirstOnLine(index);

    /// <summary>Whether the innermost phrase stands inside another, or is that one.</summary>
    public bool IsInside(int rule) => Enclosing(rule) is not null;

    /// <summary>The nearest phrase of a kind around the token.</summary>
    public RuleContext? Enclosing(int rule)
    {
        for (var context = Context; context is not null; context = context.Parent)
        {
            if (context.RuleIndex == rule)
            {
                return context;
            }
        }

        return null;
    }

    /// <summary>The rule around the innermost phrase.</summary>
    public int ParentRule => Context.Parent?.RuleIndex ?? -1;

    /// <summary>Whether a token is a name, a value or a string.</summary>
    public bool IsItem(int index) => TypeAt(index) is PolicyParser.WORD or PolicyParser.STRING;

    /// <summary>The index of a type of token from a position to the end of its line, or -1.</summary>
    public int FindOnLine(int from, params ReadOnlySpan<int> types)
    {
        for (var i = from; i < End && (i == from || ContinuesLine(i)); i++)
        {
            if (types.Contains(TypeAt(i)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The index of a type of token before a position in the statement, or -1.</summary>
    public int FindBefore(int before, params ReadOnlySpan<int> types)
    {
        for (var i = before - 1; i >= Start; i--)
        {
            if (types.Contains(TypeAt(i)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The tokens that touch each other around a position, without signs that part values: <c>tag:k8s</c> is three tokens and one thing.</summary>
    public (int First, int Last) TouchingRun(int index)
    {
        var first = index;
        while (first > Start && Touches(first - 1) && !Parts(first - 1))
        {
            first--;
        }

        var last = index;
        while (last + 1 < End && Touches(last) && !Parts(last + 1))
        {
            last++;
        }

        return (first, last);
    }

    /// <summary>A finding about a place.</summary>
    public static Diagnostic Report(DiagnosticDescriptor descriptor, SourceLocation location, string message, string? help = null, params ReadOnlySpan<RelatedLocation> related)
        => new(descriptor, message, location) { Help = help, Related = [.. related] };

    private bool Touches(int index) => Tokens.Tokens[index].StopIndex + 1 == Tokens.Tokens[index + 1].StartIndex;

    private bool Parts(int index) => TypeAt(index) is PolicyParser.COMMA or PolicyParser.EQUALS or PolicyParser.STRING
        or PolicyParser.LBRACE or PolicyParser.RBRACE or PolicyParser.LBRACKET or PolicyParser.RBRACKET or PolicyParser.LPAREN or PolicyParser.RPAREN;
}
