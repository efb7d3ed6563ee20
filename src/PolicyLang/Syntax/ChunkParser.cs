using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax.Generated;
using PolicyLang.Syntax.Mistakes;

namespace PolicyLang.Syntax;

/// <summary>Parses one chunk of a file after the other: quickly where it is correct, and again with care where it is not.</summary>
internal sealed class ChunkParser
{
    // Nobody reads more of one statement's findings at once, and each of them may look back over the whole statement: the limit keeps
    // the work linear.
    private const int MostMistakes = 100;

    private readonly PolicyTokens _tokens;
    private readonly DiagnosticBag _diagnostics;
    private readonly TokenWindow _window;
    private readonly PolicyParser _parser;
    private readonly StatementBuilder _builder;

    /// <summary>Creates a parser for a file's tokens.</summary>
    public ChunkParser(PolicyTokens tokens, DiagnosticBag diagnostics)
    {
        _tokens = tokens;
        _diagnostics = diagnostics;
        _window = new TokenWindow(tokens);
        _parser = new PolicyParser(_window) { ErrorHandler = new FirstMistakeStrategy() };
        _parser.RemoveErrorListeners();
        _builder = new StatementBuilder(tokens.Source, diagnostics);
    }

    /// <summary>The parser, for tests that listen to it.</summary>
    internal PolicyParser Parser => _parser;

    /// <summary>Parses a chunk; its statements without a mistake are added.</summary>
    public void Parse(Range chunk, ImmutableArray<StatementSyntax>.Builder statements, CancellationToken cancellation)
    {
        var (start, end) = (chunk.Start.Value, chunk.End.Value);
        try
        {
            BeginAt(start, end, PredictionMode.SLL);
            Build(_parser.statements().statement(), statements);
        }
        catch (ParseCanceledException)
        {
            ParseWithMistakes(start, end, statements, cancellation);
        }
    }

    private void BeginAt(int position, int end, PredictionMode mode)
    {
        _window.MoveTo(position, end);
        _parser.Reset();
        _window.Seek(position);
        _parser.Interpreter.PredictionMode = mode;
    }

    private void ParseWithMistakes(int start, int end, ImmutableArray<StatementSyntax>.Builder statements, CancellationToken cancellation)
    {
        var resume = new ResumePoint(start, start, ImmutableStack<BlockKind>.Empty);
        ResumePoint? next = resume;
        for (var mistakes = 0; next is not null && mistakes < MostMistakes; mistakes++)
        {
            cancellation.ThrowIfCancellationRequested();
            resume = next;
            BeginAt(resume.Position, end, PredictionMode.LL);
            try
            {
                foreach (var block in resume.OpenBlocks)
                {
                    ParseRest(block);
                }

                Build(_parser.statements().statement(), statements);
                return;
            }
            catch (ParseCanceledException e) when (e.InnerException is RecognitionException error)
            {
                next = Handle(error, resume, end, statements);
            }
        }
    }

    private void ParseRest(BlockKind block)
    {
        switch (block)
        {
            case BlockKind.Role:
                _parser.roleTail();
                break;
            case BlockKind.Test:
                _parser.testTail();
                break;
            default:
                _parser.blockTail();
                break;
        }
    }

    // Reports a mistake and finds where to go on, or nothing when the rest of the chunk goes with the mistake.
    private ResumePoint? Handle(RecognitionException error, ResumePoint resume, int end, ImmutableArray<StatementSyntax>.Builder statements)
    {
        var index = error.OffendingToken.TokenIndex;
        var root = (ParserRuleContext)error.Context;
        while (root.Parent is ParserRuleContext parent)
        {
            root = parent;
        }

        var isStatement = root.RuleIndex == PolicyParser.RULE_statements;
        var statementStart = resume.StatementStart;
        if (isStatement)
        {
            var contexts = ((PolicyParser.StatementsContext)root).statement();
            var complete = contexts.Length;
            statementStart = contexts.Length > 0 ? contexts[^1].Start.TokenIndex : index;
            if (contexts.Length > 0 && (error.Context.RuleIndex != PolicyParser.RULE_statements || StatementMistakes.IsTrailing(ToMistake(error, statementStart, end))))
            {
                complete--;
            }

            Build(contexts.AsSpan(0, complete), statements);
        }

        // Behind a first mistake, braces that do not match are more likely its consequence than a second one.
        var isConsequence = !resume.OpenBlocks.IsEmpty && (index >= end || _tokens.TypeAt(index) is PolicyParser.RBRACE or PolicyParser.RBRACKET or PolicyParser.RPAREN);
        if (!isConsequence)
        {
            _diagnostics.Report(MistakeExplainer.Explain(ToMistake(error, statementStart, end)));
        }

        return Recovery.Find(_tokens, resume, isStatement, statementStart, index, end);
    }

    private Mistake ToMistake(RecognitionException error, int statementStart, int end)
        => new(_tokens, statementStart, error.OffendingToken.TokenIndex, end, error.Context, error.GetExpectedTokens());

    private void Build(ReadOnlySpan<PolicyParser.StatementContext> contexts, ImmutableArray<StatementSyntax>.Builder statements)
    {
        foreach (var context in contexts)
        {
            var before = _diagnostics.Count;
            if (_builder.VisitStatement(context) is { } statement && _diagnostics.Count == before)
            {
                statements.Add(statement);
            }
        }
    }
}
