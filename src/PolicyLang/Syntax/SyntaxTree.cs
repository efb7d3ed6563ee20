using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>One parsed policy file. Statements with a mistake are missing from <see cref="Statements"/> and reported in <see cref="Diagnostics"/>.</summary>
/// <param name="Source">The file.</param>
/// <param name="Statements">The statements without a mistake, in source order.</param>
/// <param name="Diagnostics">The mistakes.</param>
public sealed record SyntaxTree(SourceText Source, ImmutableArray<StatementSyntax> Statements, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The names that statements with a mistake would declare: whoever uses one of them makes no mistake of their own.</summary>
    public ImmutableArray<string> BrokenNames { get; init; } = [];

    /// <summary>Whether a statement with a mistake reads an inventory.</summary>
    public bool HasBrokenInventory { get; init; }

    /// <summary>Parses policy files, side by side since they share nothing. Never throws for any text.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static ImmutableArray<SyntaxTree> ParseAll(ImmutableArray<SourceText> sources, CancellationToken cancellation = default)
    {
        var trees = new SyntaxTree[sources.Length];
        Parallel.For(0, trees.Length, new ParallelOptions { CancellationToken = cancellation }, i => trees[i] = Parse(sources[i], cancellation));
        return ImmutableCollectionsMarshal.AsImmutableArray(trees);
    }

    /// <summary>Parses a policy file. Never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SyntaxTree Parse(SourceText source, CancellationToken cancellation = default)
        => Parse(PolicyTokens.Read(source, cancellation), cancellation);

    /// <summary>Parses a policy file whose tokens were read already.</summary>
    internal static SyntaxTree Parse(PolicyTokens tokens, CancellationToken cancellation)
    {
        var source = tokens.Source;
        var diagnostics = new DiagnosticBag();
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        var hidden = SourceCharacters.ReportHidden(tokens, diagnostics);
        var parser = new ChunkParser(tokens, diagnostics);
        var nextHidden = 0;
        var broken = new BrokenStatements(tokens);
        foreach (var chunk in StatementChunks.Split(tokens))
        {
            cancellation.ThrowIfCancellationRequested();
            var mistakesBefore = diagnostics.Count;
            var end = chunk.End.Value < tokens.Tokens.Length ? tokens.Tokens[chunk.End.Value].StartIndex : source.Text.Length;
            if (nextHidden < hidden.Length && hidden[nextHidden].Start < end)
            {
                // What cannot be read by people is not read at all.
                while (nextHidden < hidden.Length && hidden[nextHidden].Start < end)
                {
                    nextHidden++;
                }

                mistakesBefore--;
            }
            else if (NestingLimit.FindExcess(tokens, chunk.Start.Value, chunk.End.Value) is >= 0 and var excess)
            {
                diagnostics.Report(
                    DataDiagnostics.NestedTooDeeply,
                    new SourceLocation(source, PolicyTokens.SpanOf(tokens.Tokens[excess])),
                    "this is nested too deeply",
                    string.Create(CultureInfo.InvariantCulture, $"at most {NestingLimit.Levels} levels of brackets, blocks and `not` may be open"));
            }
            else
            {
                parser.Parse(chunk, statements, cancellation);
            }

            if (diagnostics.Count != mistakesBefore)
            {
                broken.Add(chunk);
            }
        }

        return new SyntaxTree(source, statements.ToImmutable(), diagnostics.ToSortedArray()) { BrokenNames = broken.Names, HasBrokenInventory = broken.HasInventory };
    }
}
