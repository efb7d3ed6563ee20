using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Testing;

/// <summary>A policy and its access model, without outputs: what tests and questions need.</summary>
/// <param name="Policy">The policy; absent when it has errors.</param>
/// <param name="Access">The access model; absent when the policy has errors.</param>
/// <param name="Diagnostics">All findings, sorted.</param>
public sealed record PolicyAnalysis(PolicyModel? Policy, AccessModel? Access, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The files as they are written.</summary>
    public ImmutableArray<SyntaxTree> Trees { get; init; } = [];

    /// <summary>Analyses a policy. Guards are not answered: a policy that breaks one can still be asked about.</summary>
    /// <param name="input">The policy.</param>
    /// <param name="question">A text that is read beside the policy's files, or nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static PolicyAnalysis Analyse(CompilationInput input, SourceText? question = null, CancellationToken cancellation = default)
    {
        var diagnostics = new DiagnosticBag();
        var trees = SyntaxTree.ParseAll(question is null ? input.Policies : input.Policies.Add(question), cancellation);
        foreach (var tree in trees)
        {
            diagnostics.AddRange(tree.Diagnostics);
        }

        ImmutableArray<PathKind> kinds = [.. input.Targets.Select(t => t.PathKind).OfType<PathKind>()];
        var context = new BindingContext(input.Settings, input.Files, kinds, input.AsOf, diagnostics, cancellation);
        var policy = PolicyBinder.Bind(trees, context);
        if (!diagnostics.HasErrors)
        {
            NothingToDecide.Report(policy, diagnostics);
            var access = AccessBuilder.Build(policy, context);
            if (!diagnostics.HasErrors)
            {
                return new PolicyAnalysis(policy, access, diagnostics.ToSortedArray()) { Trees = trees };
            }
        }

        return new PolicyAnalysis(null, null, diagnostics.ToSortedArray()) { Trees = trees };
    }
}
