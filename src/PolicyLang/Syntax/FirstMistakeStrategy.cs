using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace PolicyLang.Syntax;

/// <summary>
/// Stops the parser at the first mistake. Going on is decided outside, by lines: the runtime's own recovery guesses at missing words
/// and so reports what nobody wrote.
/// </summary>
internal sealed class FirstMistakeStrategy : DefaultErrorStrategy
{
    /// <inheritdoc/>
    public override void Recover(Parser recognizer, RecognitionException e) => throw new ParseCanceledException(e);

    /// <inheritdoc/>
    public override IToken RecoverInline(Parser recognizer) => throw new ParseCanceledException(new InputMismatchException(recognizer));

    /// <inheritdoc/>
    public override void ReportError(Parser recognizer, RecognitionException e)
    {
    }

    /// <inheritdoc/>
    public override void Sync(Parser recognizer)
    {
    }
}
