using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Policies;
using PolicyLang.Semantics;
using PolicyLang.Syntax;
using PolicyLang.Testing;

namespace PolicyLang.Linting;

/// <summary>What linting found.</summary>
/// <param name="Findings">The findings, sorted. Where a policy or a file cannot be read they are the reasons.</param>
/// <param name="Suppressed">How many findings comments keep quiet.</param>
public sealed record LintResult(ImmutableArray<Diagnostic> Findings, int Suppressed);

/// <summary>Checks policies and files of other systems against the lint rules. Pure: no clock, no file system but the one given.</summary>
public static class Linter
{
    /// <summary>All rules, in ordinal order of their names.</summary>
    public static ImmutableArray<RuleDescription> Rules { get; } = [.. RuleRegistry.All.Select(rule => rule.Description).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>Whether findings with a code are a matter of levels: those of rules, and what the compiler only warns of. All others keep a policy or a file from being read.</summary>
    public static bool HasLevel(string code) => Rules.Any(rule => rule.Id == code) || LintLevelNames.CompilerWarnings.Any(warning => warning.Code == code);

    /// <summary>Whether a file may be one of another system, by its name.</summary>
    public static bool Reads(string path) => ArtefactFile.IsKnownName(path);

    /// <summary>Lints a policy. With an error in it no rule is checked, and the errors are the findings. Never throws for any text.</summary>
    /// <param name="input">The policy.</param>
    /// <param name="settings">What the project says about linting.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static LintResult LintPolicy(CompilationInput input, LintSettings settings, CancellationToken cancellation = default)
    {
        var analysis = PolicyAnalysis.Analyse(input, null, cancellation);
        if (analysis is not { Policy: { } model, Access: { } access })
        {
            return new LintResult(analysis.Diagnostics, 0);
        }

        var policy = new LintedPolicy(analysis.Trees, model, access, input.Settings, input.AsOf);
        var found = Check<PolicyRule>([settings], (rule, report) => rule.Check(policy, report), cancellation);
        return FindingFilter.Apply([.. analysis.Diagnostics.Select(finding => WithFix(finding, policy)), .. found], input.Policies, CommentsOf, path => new LintScope(settings, path), _ => false);

        Func<int, bool> CommentsOf(SourceText source)
        {
            var comments = new SpanSet(PolicyTokens.Read(source, cancellation).Comments);
            return comments.Holds;
        }
    }

    /// <summary>Lints files of other systems. Never throws for any text.</summary>
    /// <param name="files">The files.</param>
    /// <param name="scopeOf">What counts for a file, by its path: files of one run may be of several projects.</param>
    /// <param name="isNamed">Whether somebody asked for a file, by its path. Of another one, which a folder brings along, nobody knows whether it is ours to read, so that mistakes in its syntax are warnings.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static LintResult LintArtefacts(ImmutableArray<SourceText> files, Func<string, LintScope> scopeOf, Func<string, bool>? isNamed = null, CancellationToken cancellation = default)
    {
        var sorted = files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var read = new ArtefactFile[sorted.Length];
        var problems = new DiagnosticBag[sorted.Length];
        Parallel.For(0, sorted.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            problems[i] = new DiagnosticBag();
            read[i] = ArtefactFile.Read(sorted[i], problems[i]) with { IsNamed = isNamed?.Invoke(sorted[i].Path) == true };
            if (isNamed is not null && problems[i].HasErrors && !read[i].IsNamed)
            {
                problems[i] = Softened(problems[i]);
            }
        });
        var artefacts = new LintedArtefacts(ImmutableCollectionsMarshal.AsImmutableArray(read));
        var found = Check<ArtefactRule>([.. sorted.Select(file => scopeOf(file.Path).Settings).Distinct()], (rule, report) => rule.Check(artefacts, report), cancellation);
        var bySource = artefacts.Files.ToDictionary<ArtefactFile, SourceText>(file => file.Source, ReferenceEqualityComparer.Instance);

        // Of a file that cannot be read nobody knows what its comments keep quiet.
        var readable = sorted.Where((_, i) => problems[i].ToSortedArray().IsEmpty).ToImmutableArray();
        return FindingFilter.Apply([.. problems.SelectMany(bag => bag.ToSortedArray()), .. found], readable, CommentsOf, scopeOf, isNamed ?? (_ => false));

        Func<int, bool> CommentsOf(SourceText source)
        {
            var texts = new SpanSet(bySource[source].Texts());
            return offset => !texts.Holds(offset);
        }
    }

    private static DiagnosticBag Softened(DiagnosticBag problems)
    {
        var softened = new DiagnosticBag();
        softened.AddRange(problems.ToSortedArray().Select(problem => problem with { Descriptor = problem.Descriptor with { Severity = DiagnosticSeverity.Warning } }));
        return softened;
    }

    // A rule whose last day has passed gives nothing, so that nobody loses anything by its removal.
    private static Diagnostic WithFix(Diagnostic finding, LintedPolicy policy)
        => finding.Descriptor == SemanticDiagnostics.ExpiredRule && finding.Location is { } location && policy.FindSyntax(location) is { } rule
            ? finding with { Fix = new SuggestedFix("remove the rule", IsSafe: true, [LintedPolicy.Removal(rule.Location)]) }
            : finding;

    // Rules share nothing but what they read, so they are checked side by side.
    private static ImmutableArray<Diagnostic> Check<TRule>(ImmutableArray<LintSettings> settings, Action<TRule, LintReport> check, CancellationToken cancellation)
        where TRule : LintRule
    {
        var rules = RuleRegistry.All.OfType<TRule>().Where(rule => settings.Any(some => some.IsChecked(rule.Description))).ToArray();
        var reports = new LintReport[rules.Length];
        Parallel.For(0, rules.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            reports[i] = new LintReport(rules[i]);
            check(rules[i], reports[i]);
        });
        return [.. reports.SelectMany(report => report.Findings)];
    }
}
