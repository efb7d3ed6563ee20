using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;

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
    DateOnly AsOf);

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
    /// <summary>Whether an error was found; then there are no outputs.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}

/// <summary>Compiles a policy: syntax, names, access, targets, in that order. Pure: no clock, no file system but the one given.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles a policy. Never throws for any input text.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Compilation Compile(CompilationInput input, CancellationToken cancellation = default) => throw new NotImplementedException();
}
