using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace PolicyLang.Syntax;

/// <summary>
/// A part of a file's tokens as a stream of its own, with an end. The parser cannot look beyond it, so a mistake in one part never
/// touches the next.
/// </summary>
internal sealed class TokenWindow(PolicyTokens tokens) : ITokenStream
{
    private int _end;
    private CommonToken _endToken = new(TokenConstants.EOF);

    /// <inheritdoc/>
    public int Index { get; private set; }

    /// <inheritdoc/>
    public int Size => _end + 1;

    /// <inheritdoc/>
    public string SourceName => tokens.Source.Path;

    /// <inheritdoc/>
    /// <remarks>The runtime asks for it only to conjure up missing tokens, which our error strategy does not do.</remarks>
    public ITokenSource TokenSource => throw new NotSupportedException();

    /// <summary>Moves the window.</summary>
    /// <param name="start">The first token.</param>
    /// <param name="end">The index behind the last token.</param>
    public void MoveTo(int start, int end)
    {
        Index = start;
        _end = end;
        // An unfinished sentence is pointed at where it breaks off.
        var position = end > 0 ? tokens.Tokens[end - 1].StopIndex + 1 : 0;
        _endToken = new CommonToken(TokenConstants.EOF, "") { StartIndex = position, StopIndex = position - 1, TokenIndex = end };
    }

    /// <inheritdoc/>
    public void Consume()
    {
        if (Index < _end)
        {
            Index++;
        }
    }

    /// <inheritdoc/>
    public int LA(int i) => LT(i)?.Type ?? TokenConstants.InvalidType;

    /// <inheritdoc/>
    public IToken? LT(int k)
    {
        var index = k > 0 ? Index + k - 1 : Index + k;
        return index < 0 || k == 0 ? null : Get(index);
    }

    /// <inheritdoc/>
    public IToken Get(int i) => i < _end ? tokens.Tokens[i] : _endToken;

    /// <inheritdoc/>
    public int Mark() => -1;

    /// <inheritdoc/>
    public void Release(int marker)
    {
    }

    /// <inheritdoc/>
    public void Seek(int index) => Index = Math.Min(index, _end);

    /// <inheritdoc/>
    public string GetText(Interval interval) => "";

    /// <inheritdoc/>
    public string GetText() => "";

    /// <inheritdoc/>
    public string GetText(RuleContext ctx) => "";

    /// <inheritdoc/>
    public string GetText(IToken start, IToken stop) => "";
}
