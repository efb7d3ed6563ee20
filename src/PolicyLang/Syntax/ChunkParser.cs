using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>Parses one chunk of a file after the other.</summary>
internal sealed class ChunkParser
{
    private readonly PolicyTokens _tokens;
    private readonly DiagnosticBag _diagnostics;
    private readonly TokenWindow _window;
    private readonly PolicyParser _parser;

    /// <summary>Creates a parser for a file's tokens.</summary>
    public ChunkParser(PolicyTokens tokens, DiagnosticBag diagnostics)
    {
        _tokens = tokens;
        _diagnostics = diagnostics;
        _window = new TokenWindow(tokens);
        _parser = new PolicyParser(_window) { ErrorHandler = new FirstMistakeStrategy() };
        _parser.RemoveErrorListeners();
    }

    /// <summary>Parses a chunk; its statements without a mistake are added.</summary>
    public void Parse(Range chunk, ImmutableArray<StatementSyntax>.Builder statements)
    {
        var builder = new StatementBuilder(_tokens.Source, _diagnostics);
        _window.MoveTo(chunk.Start.Value, chunk.End.Value);
        _parser.Reset();
        _window.Seek(chunk.Start.Value);
        _parser.Interpreter.PredictionMode = PredictionMode.SLL;
        try
        {
            foreach (var context in _parser.statements().statement())
            {
                var before = _diagnostics.Count;
                if (builder.VisitStatement(context) is { } statement && _diagnostics.Count == before)
                {
                    statements.Add(statement);
                }
            }
        }
        catch (ParseCanceledException e) when (e.InnerException is RecognitionException mistake)
        {
            _diagnostics.Report(SyntaxDiagnostics.Unexpected, new SourceLocation(_tokens.Source, PolicyTokens.SpanOf(mistake.OffendingToken)), $"`{mistake.OffendingToken.Text}` does not belong here");
        }
    }
}
