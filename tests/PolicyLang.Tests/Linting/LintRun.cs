using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;
using PolicyLang.Tests.Syntax;

namespace PolicyLang.Tests.Linting;

/// <summary>Lints texts in memory.</summary>
internal static class LintRun
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(SampleFiles.Folder, "..", "..", ".."));

    /// <summary>All rules are checked, those that are not settled too.</summary>
    public static LintSettings AllRules { get; } = LintSettings.Default with { Preview = true };

    /// <summary>Lints a policy or files of other systems: the first name decides. A file <c>policyc.yaml</c> is the project file of the policy.</summary>
    public static ImmutableArray<Diagnostic> Lint(IReadOnlyList<RuleExample> files, LintSettings? settings = null)
        => files.Any(file => file.FileName.EndsWith(".policy", StringComparison.Ordinal))
            ? LintPolicy(files, settings ?? AllRules)
            : Linter.LintArtefacts([.. files.Select(file => new SourceText(file.FileName, file.Text))], path => new LintScope(settings ?? AllRules, path)).Findings;

    private static ImmutableArray<Diagnostic> LintPolicy(IReadOnlyList<RuleExample> files, LintSettings settings)
    {
        var diagnostics = new DiagnosticBag();
        var memory = new InMemoryProjectFiles([.. files.Select(file => (file.FileName, file.Text))]);
        var project = ProjectLoader.Load(memory, TargetRegistry.All, "0.1.0", diagnostics);
        var input = new CompilationInput(project.Settings, project.Policies, memory, TargetRegistry.All, TestPolicy.Today);
        return [.. diagnostics.ToSortedArray(), .. Linter.LintPolicy(input, settings).Findings];
    }
}
