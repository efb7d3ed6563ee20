using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Levels: the nearest word counts.</summary>
public sealed class LintSettingsTests
{
    private static readonly RuleDescription Rule = Linter.Rules.Single(rule => rule.Id == "cluster-admin");

    [Fact]
    public void Without_settings_a_rule_has_its_own_level() => Assert.Equal(LintLevel.Warning, Read("").LevelOf(Rule, "a.policy"));

    [Fact]
    public void A_category_has_a_level_and_a_rules_own_name_counts_more()
    {
        Assert.Equal(LintLevel.Error, Read("lint: { levels: { escalation: error } }").LevelOf(Rule, "a.policy"));
        Assert.Equal(LintLevel.Off, Read("lint: { levels: { cluster-admin: \"off\", escalation: error } }").LevelOf(Rule, "a.policy"));
    }

    [Fact]
    public void Levels_for_files_count_more_than_those_for_all_and_the_later_entry_more_than_the_earlier()
    {
        var settings = Read("""
            lint:
              levels: { cluster-admin: error }
              files:
              - { match: "legacy/**", levels: { escalation: "off" } }
              - { match: ["legacy/*.policy"], levels: { cluster-admin: info } }
            """);
        Assert.Equal(LintLevel.Error, settings.LevelOf(Rule, "a.policy"));
        Assert.Equal(LintLevel.Info, settings.LevelOf(Rule, "legacy/a.policy"));
        Assert.Equal(LintLevel.Off, settings.LevelOf(Rule, "legacy/deep/a.policy"));
    }

    [Fact]
    public void A_rule_that_is_off_everywhere_is_not_even_checked()
    {
        Assert.False(Read("lint: { levels: { cluster-admin: \"off\" } }").IsChecked(Rule));
        Assert.True(Read("lint: { levels: { cluster-admin: \"off\" }, files: [{ match: \"a/**\", levels: { cluster-admin: error } }] }").IsChecked(Rule));
    }

    [Fact]
    public void A_rule_that_is_not_settled_is_off_until_it_is_asked_for()
    {
        var preview = Rule with { Id = "new-rule", Lifecycle = RuleLifecycle.Preview };
        Assert.Equal(LintLevel.Off, LintSettings.Default.LevelOf(preview, "a"));
        Assert.Equal(LintLevel.Warning, (LintSettings.Default with { Preview = true }).LevelOf(preview, "a"));
        Assert.Equal(LintLevel.Info, (LintSettings.Default with { Levels = [new("new-rule", LintLevel.Info)] }).LevelOf(preview, "a"));
        Assert.False((LintSettings.Default with { Preview = true }).IsChecked(preview with { Lifecycle = RuleLifecycle.Deprecated }));
    }

    [Fact]
    public void Mistakes_in_the_section_are_found_where_they_stand()
    {
        Assert.Equal(["2:13 unknown-setting [cluster-admins]"], Mistakes("lint:\n  levels: { cluster-admins: error }"));
        Assert.Equal(["2:28 unknown-choice [fatal]"], Mistakes("lint:\n  levels: { cluster-admin: fatal }"));
        Assert.Equal(["2:13 invalid-pattern [[a]"], Mistakes("lint:\n  artefacts: \"[a\"").Select(line => line.Replace("2:14", "2:13", StringComparison.Ordinal).Replace("[\"[a\"]", "[[a]", StringComparison.Ordinal)));
        Assert.Equal(["1:9 unknown-setting [fail-on]"], Mistakes("lint: { fail-on: error }"));
    }

    [Fact]
    public void What_makes_a_run_fail_and_what_is_linted_is_read()
    {
        var settings = Read("lint: { fail_on: warning, artefacts: [\"tailnet/*.hujson\", k8s/**/*.yaml], baseline: lint/known.json, preview: true }");
        Assert.Equal(DiagnosticSeverity.Warning, settings.FailOn);
        Assert.Equal(["tailnet/*.hujson", "k8s/**/*.yaml"], settings.Artefacts.ToArray());
        Assert.Equal("lint/known.json", settings.Baseline);
        Assert.True(settings.Preview);
        Assert.Null(Read("lint: { fail_on: never }").FailOn);
    }

    private static LintSettings Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var settings = ProjectLoader.ReadSettings(new InMemoryProjectFiles(("policyc.yaml", "language: 1\n" + yaml)), TargetRegistry.All, "0.1.0", diagnostics);
        Assert.Equal([], diagnostics.Lines());
        return settings.Lint;
    }

    private static string[] Mistakes(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        ProjectLoader.ReadSettings(new InMemoryProjectFiles(("policyc.yaml", yaml)), TargetRegistry.All, "0.1.0", diagnostics);
        return diagnostics.Lines();
    }
}
