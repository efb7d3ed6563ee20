using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Linting;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Cli;
using PolicyLang.Tests.Naive;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Safe fixes change nobody's access, whatever the policy; and one that would is not made.</summary>
public sealed class FixTests
{
    [Fact]
    public void Safe_fixes_of_any_policy_leave_everybodys_access_as_it_was()
    {
        var made = 0;
        RandomCompany.Files.Sample(
            files =>
            {
                var before = InputOf(files);
                var after = before;
                for (var round = 0; round < 10; round++)
                {
                    var (fixedFiles, fixes) = FixApplier.Apply(Linter.LintPolicy(after, LintRun.AllRules).Findings, withUnsafe: false);
                    if (fixes == 0)
                    {
                        break;
                    }

                    Interlocked.Add(ref made, fixes);
                    after = after with { Policies = [.. after.Policies.Select(policy => fixedFiles.FirstOrDefault(file => ReferenceEquals(file.Old, policy)) is { } changed ? new SourceText(policy.Path, changed.Text) : policy)] };
                }

                return ReferenceEquals(before, after) || FixProof.Holds(before, after);
            },
            iter: 400);
        Assert.True(made > 400, $"only {made} fixes were made, too few to show anything");
    }

    [Fact]
    public void Fixes_that_touch_each_other_wait_for_the_next_round()
    {
        var source = new SourceText("a.policy", "abcdef");
        Diagnostic Finding(int start, int length, string text) => new(new DiagnosticDescriptor("x", DiagnosticSeverity.Warning, "x"), "x", null)
        {
            Fix = new SuggestedFix("edit", IsSafe: true, [new TextEdit(new SourceLocation(source, new TextSpan(start, length)), text)]),
        };
        var (files, fixes) = FixApplier.Apply([Finding(0, 2, "X"), Finding(1, 2, "Y"), Finding(4, 1, "")], withUnsafe: false);
        Assert.Equal(2, fixes);
        Assert.Equal("Xcdf", Assert.Single(files).Text);
    }

    [Fact]
    public void An_unsafe_fix_is_made_only_when_it_is_asked_for()
    {
        var source = new SourceText("a.yaml", "abc");
        var finding = new Diagnostic(new DiagnosticDescriptor("x", DiagnosticSeverity.Warning, "x"), "x", null)
        {
            Fix = new SuggestedFix("edit", IsSafe: false, [new TextEdit(new SourceLocation(source, new TextSpan(0, 1)), "x")]),
        };
        Assert.Empty(FixApplier.Apply([finding], withUnsafe: false).Files);
        Assert.Equal("xbc", Assert.Single(FixApplier.Apply([finding], withUnsafe: true).Files).Text);
    }

    [Fact]
    public void A_fix_does_not_take_another_mistake_away_with_it()
    {
        const string Policy = """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod, dev cluster-wide
            allow sre as view on clusters where env != "prd" cluster-wide
            """;
        var findings = LintRun.Lint([new RuleExample("a.policy", Policy)]);
        Assert.Contains(findings, finding => finding.Code == "unknown-label-value");
        Assert.Contains(findings, finding => finding.Fix is { IsSafe: true });
        Assert.Equal(0, FixApplier.Apply(findings, withUnsafe: true).Fixes);
    }

    /// <summary>The diagnostic is <c>fix-changes-access</c>.</summary>
    [Fact]
    public void A_fix_that_claims_to_be_safe_and_is_not_changes_no_file()
    {
        const string Policy = """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """;
        using var host = new CliTestHost { OtherPipeline = new CompilerPipeline() };
        host.Folder.Write("a.policy", Policy);
        var arguments = new LintArguments([], "text", [], null, null, false, FixMode.Safe, false, false, null, TestPolicy.Today, false, ColorMode.Never);
        var diagnostics = new DiagnosticBag();
        var context = host.Context();
        var sources = LintSources.Open(arguments, host.Folder.Path, context, diagnostics);
        var text = new SourceText("a.policy", Policy);
        var rule = new SourceLocation(text, new TextSpan(Policy.IndexOf("allow", StringComparison.Ordinal), "allow sre as view on prod cluster-wide".Length));
        ImmutableArray<Diagnostic> findings =
        [
            new Diagnostic(new DiagnosticDescriptor("x", DiagnosticSeverity.Warning, "x"), "x", rule) { Fix = new SuggestedFix("remove the rule", IsSafe: true, [new TextEdit(rule, "")]) },
        ];
        var (status, left) = new FixRun(context, arguments, TextStyle.Plain).Execute(sources, findings, diagnostics);
        Assert.Null(status);
        Assert.Equal(findings.ToArray(), left.ToArray());
        Assert.Equal([LintDiagnostics.UnsafeFix], diagnostics.ToSortedArray().Select(d => d.Descriptor));
        Assert.Equal(Policy, host.Folder.Read("a.policy"));
    }

    private static CompilationInput InputOf(InMemoryProjectFiles files)
    {
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", new DiagnosticBag());
        return new CompilationInput(project.Settings, project.Policies, files, TargetRegistry.All, TestPolicy.Today);
    }
}
