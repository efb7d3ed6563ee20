using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Linting.Artefacts;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Safe fixes of manifests leave every binding giving the same role to the same subjects.</summary>
public sealed class ManifestFixTests
{
    public static TheoryData<string> Ids => [.. Linter.Rules.Where(rule => rule.System == RuleSystem.Kubernetes && HasSafeFix(rule)).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_safe_fix_leaves_what_bindings_give(string id)
    {
        var rule = Linter.Rules.Single(r => r.Id == id);
        var (files, fixes) = FixApplier.Apply([.. LintRun.Lint([rule.Avoid]).Where(finding => finding.Code == id)], withUnsafe: false);
        Assert.Equal(1, fixes);
        var after = Assert.Single(files).Text;
        Assert.Equal(BindingsOf(rule.Avoid.FileName, rule.Avoid.Text), BindingsOf(rule.Avoid.FileName, after));
        Assert.DoesNotContain(LintRun.Lint([new RuleExample(rule.Avoid.FileName, after)]), finding => finding.Code == id);
    }

    [Fact]
    public void There_are_such_fixes() => Assert.True(Ids.Count >= 3);

    private static bool HasSafeFix(RuleDescription rule) => LintRun.Lint([rule.Avoid]).Any(finding => finding.Code == rule.Id && finding.Fix is { IsSafe: true });

    // A namespace means something for service accounts alone, and a subject that stands twice is one subject.
    private static string[] BindingsOf(string file, string text)
    {
        var read = ArtefactFile.Read(new SourceText(file, text), new DiagnosticBag());
        return
        [
            .. new LintedArtefacts([read]).Kubernetes.Bindings.SelectMany(binding => binding.Subjects.Select(subject =>
                $"{binding.RoleKind?.Text} {binding.RoleName?.Text} to {subject.Kind} {(subject.Kind == "ServiceAccount" ? subject.NamespaceText?.Text : "")} {subject.NameText?.Text}")).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
