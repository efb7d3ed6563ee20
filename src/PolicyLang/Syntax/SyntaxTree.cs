using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>One parsed policy file. Statements with a mistake are missing from <see cref="Statements"/> and reported in <see cref="Diagnostics"/>.</summary>
/// <param name="Source">The file.</param>
/// <param name="Statements">The statements without a mistake, in source order.</param>
/// <param name="Diagnostics">The mistakes.</param>
public sealed record SyntaxTree(SourceText Source, ImmutableArray<StatementSyntax> Statements, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Parses a policy file. Never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SyntaxTree Parse(SourceText source, CancellationToken cancellation = default)
    {
        var diagnostics = new DiagnosticBag();
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        var tokens = PolicyTokens.Read(source, cancellation);
        var parser = new ChunkParser(tokens, diagnostics);
        foreach (var chunk in StatementChunks.Split(tokens))
        {
            cancellation.ThrowIfCancellationRequested();
            parser.Parse(chunk, statements);
        }

        return new SyntaxTree(source, statements.ToImmutable(), diagnostics.ToSortedArray());
    }
}
