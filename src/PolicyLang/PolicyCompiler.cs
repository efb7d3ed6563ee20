using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Syntax;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Testing;

namespace PolicyLang;

/// <summary>What is compiled.</summary>
/// <param name="Settings">The project's settings.</param>
/// <param name="Policies">The policy files.</param>
/// <param name="Files">Reads the inventories that the policy names.</param>
/// <param name="Targets">The targets.</param>
/// <param name="AsOf">The day for which the policy is compiled, UTC: rules whose last day is before it give no rights.</param>
public sealed record CompilationInput(
    ProjectSettings Settings,
    ImmutableArray<SourceText> Policies,
    IProjectFiles Files,
    ImmutableArray<ITarget> Targets,
    DateOnly AsOf)
{
    /// <summary>Whether the outputs are read back and compared with the policy in every world. Only for a closer look at outputs that the proof refuses should it be left out.</summary>
    public bool Proves { get; init; } = true;
}

/// <summary>What came out.</summary>
/// <param name="Diagnostics">All findings, sorted.</param>
/// <param name="Access">The access model; absent when the policy has errors.</param>
/// <param name="Outputs">The files by target name; empty when anything is wrong.</param>
/// <param name="Assumptions">What the outputs rest on, the targets' own included, sorted.</param>
/// <param name="ExpiredRules">The rules whose last day is before the compilation's day.</param>
public sealed record Compilation(
    ImmutableArray<Diagnostic> Diagnostics,
    AccessModel? Access,
    ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> Outputs,
    ImmutableArray<Assumption> Assumptions,
    ImmutableArray<AllowRule> ExpiredRules)
{
    /// <summary>The policy with every name resolved; absent when the policy has errors.</summary>
    public PolicyModel? Policy { get; init; }

    /// <summary>Whether an error was found; then there are no outputs.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}

/// <summary>Compiles a policy: syntax, names, access, targets, in that order. Pure: no clock, no file system but the one given.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles a policy. Never throws for any input text.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Compilation Compile(CompilationInput input, CancellationToken cancellation = default)
    {
        var diagnostics = new DiagnosticBag();
        var trees = SyntaxTree.ParseAll(input.Policies, cancellation);
        foreach (var tree in trees)
        {
            diagnostics.AddRange(tree.Diagnostics);
        }

        ImmutableArray<PathKind> kinds = [.. input.Targets.Select(t => t.PathKind).OfType<PathKind>()];
        var context = new BindingContext(input.Settings, input.Files, kinds, input.AsOf, diagnostics, cancellation);
        var policy = PolicyBinder.Bind(trees, context);

        // A statement with a mistake is missing from the model, and what follows from its absence is no mistake of its own.
        if (diagnostics.HasErrors)
        {
            return Failed(policy);
        }

        var access = AccessBuilder.Build(policy, context);
        if (diagnostics.HasErrors)
        {
            return Failed(policy);
        }

        GuardEvaluator.Report(policy, access, diagnostics);
        if (ReadExisting(input, policy, diagnostics) is not { } existing)
        {
            return Failed(policy) with { Access = access };
        }

        var managed = access.Only(cluster => input.Settings.ClusterModes.ModeOf(cluster.Name) == ClusterMode.Manage);
        var outputs = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<OutputFile>>(StringComparer.Ordinal);
        var assumptions = new AssumptionCollector();
        assumptions.AddRange(access.Assumptions);
        foreach (var (target, output, findings) in WriteAll(input, managed, existing, cancellation))
        {
            outputs.Add(target.Name, output.Files);
            assumptions.AddRange(output.Assumptions.Select(assumption => assumption with { Target = target.Name }));
            existing = existing with { Spliced = existing.Spliced.AddRange(output.Spliced) };
            diagnostics.AddRange(findings.ToSortedArray());
        }

        // Rights can be told only where the bindings are among the outputs.
        if (input.Proves && !diagnostics.HasErrors && outputs.ContainsKey(KubernetesTarget.TargetName))
        {
            assumptions.AddRange(BuildProof.Verify(managed, input.Settings, input.Targets, outputs, existing, diagnostics, cancellation));
        }

        if (!existing.IsEmpty && !diagnostics.HasErrors)
        {
            GuardEvaluator.ReportExisting(policy, ExistingAccess(input, policy, access, outputs, existing, cancellation), diagnostics);
        }

        return diagnostics.HasErrors
            ? Failed(policy) with { Access = access }
            : new Compilation(diagnostics.ToSortedArray(), access, outputs.ToImmutable(), assumptions.ToSortedArray(), policy.ExpiredRules) { Policy = policy };

        Compilation Failed(PolicyModel model)
            => new(diagnostics.ToSortedArray(), null, ImmutableSortedDictionary<string, ImmutableArray<OutputFile>>.Empty, [], model.ExpiredRules);
    }

    private static ArtefactAccessSource ExistingAccess(
        CompilationInput input,
        PolicyModel policy,
        AccessModel access,
        IReadOnlyDictionary<string, ImmutableArray<OutputFile>> outputs,
        ExistingArtefacts existing,
        CancellationToken cancellation)
    {
        var files = outputs.ToDictionary(o => o.Key, o => o.Value.Select(file => new Artefact(file.Path, file.Content)).ToImmutableArray(), StringComparer.Ordinal);
        return new ArtefactAccessSource(policy, access, input.Settings, input.Targets, ArtefactSet.FromOutputs(access, input.Settings, input.Targets, files, existing), cancellation);
    }

    // What is there already decides what may be written, so nothing is written while a part of it cannot be seen.
    private static ExistingArtefacts? ReadExisting(CompilationInput input, PolicyModel policy, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        input.Settings.ClusterModes.Check([.. policy.Clusters.Keys], findings);
        var existing = ExistingArtefacts.Read(input.Settings, policy.Paths.Values, policy.Clusters.Values, input.Files, findings) with
        {
            Excused = BaseExcuse.InForce(input.Settings.Exceptions, policy.Paths.Values, policy.Clusters.Values, input.AsOf, findings),
        };
        diagnostics.AddRange(findings.ToSortedArray());
        return findings.HasErrors ? null : existing;
    }

    // Targets share nothing but the access model, which nobody changes, so they write side by side.
    private static (ITarget Target, TargetOutput Output, DiagnosticBag Findings)[] WriteAll(CompilationInput input, AccessModel access, ExistingArtefacts existing, CancellationToken cancellation)
    {
        ITarget[] targets = [.. input.Targets.OrderBy(t => t.Name, StringComparer.Ordinal)];
        var written = new (ITarget, TargetOutput, DiagnosticBag)[targets.Length];
        Parallel.For(0, targets.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var findings = new DiagnosticBag();
            var settings = input.Settings.TargetSettings.GetValueOrDefault(targets[i].Name, SettingBlock.Empty);
            written[i] = (targets[i], targets[i].Write(new TargetContext(access, settings, findings) { Existing = existing }, cancellation), findings);
        });
        return written;
    }
}
