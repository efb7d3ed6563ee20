using System.Xml.Linq;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary><c>policyc test</c> from the files of a project.</summary>
public sealed class TestCommandTests : IDisposable
{
    private const string Expectation = "expect payments can    exec pods on prod-tokyo in payments via teleport";

    private readonly CliTestHost _project = SampleOnDisk.Create();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void An_expectation_that_is_not_fulfilled_is_a_finding_with_its_place()
    {
        var result = Run(1, "test");
        Assert.Contains("error[expectation-failed]: test `on call gets a shell in payments, nowhere else`: `payments` can only partly do this: on cluster `prod-tokyo` in `payments` via `teleport`: only when `managed`", result.Output, StringComparison.Ordinal);
        Assert.Contains("--> sample.policy:", result.Output, StringComparison.Ordinal);
        Assert.Equal("1 test of 1 failed; 2 guards hold; 0 of 4 allow rules covered (0.0 %)\n", result.Error);
    }

    [Fact]
    public void Success_is_quiet()
    {
        _project.ReplaceInPolicy(Expectation, Expectation + " when managed");
        var result = Run(0, "test");
        Assert.Equal(("", "1 test passed; 2 guards hold; 1 of 4 allow rules covered (25.0 %)\n"), (result.Output, result.Error));
        Assert.Equal("", Run(0, "test", "--quiet").Error);
    }

    [Fact]
    public void Verbose_lists_guards_tests_and_what_guards_do_not_exclude()
    {
        _project.ReplaceInPolicy(Expectation, Expectation + " when managed");
        var output = Run(0, "test", "--verbose").Output;
        Assert.Contains("holds only sre can read secrets on production\n  not excluded: `deployer` can `create deployments.apps` on cluster `prod-tokyo` in `payments`", output, StringComparison.Ordinal);
        Assert.Contains("passed on call gets a shell in payments, nowhere else (3 expectations)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_guard_fails_the_test_and_the_build()
    {
        _project.ReplaceInPolicy(Expectation, Expectation + " when managed");
        _project.ReplaceInPolicy("only sre          can read secrets", "only deployer can read secrets");
        Assert.Contains("error[guard-broken]", Run(1, "test").Output, StringComparison.Ordinal);
        Assert.Contains("error[guard-broken]", Run(1, "build").Output, StringComparison.Ordinal);
        Assert.False(_project.Folder.Exists("out"));

        // The test itself is another matter.
        Run(0, "test", "--filter", "SHELL");
    }

    [Theory]
    [InlineData("error: there is no test `on call gets a shell in payment, nowhere else`\nhelp: did you mean `on call gets a shell in payments, nowhere else`?\n", "--name", "on call gets a shell in payment, nowhere else")]
    [InlineData("error: no test has `bread` in its name\nhelp: `policyc test --verbose` lists the tests\n", "--filter", "bread")]
    [InlineData("error: `--min-coverage` takes a number from 0 to 100 with at most one decimal, not `99.95`\nhelp: see `policyc test --help`\n", "--min-coverage", "99.95")]
    public void A_choice_of_nothing_is_a_mistake(string expected, params string[] args) => Assert.Equal(expected, Run(2, ["test", .. args]).Error);

    [Fact]
    public void Coverage_lists_what_is_uncovered_and_can_be_required()
    {
        _project.ReplaceInPolicy(Expectation, Expectation + " when managed");
        var result = Run(1, "test", "--coverage", "--min-coverage", "25.1");
        Assert.Equal(3, result.Output.Split('\n').Count(line => line.StartsWith("uncovered sample.policy:", StringComparison.Ordinal)));
        Assert.StartsWith("error: 1 of 4 allow rules covered (25.0 %), fewer than the 25.1 % of --min-coverage\n", result.Error, StringComparison.Ordinal);
        Run(0, "test", "--min-coverage", "25", "--lcov", "coverage.info");
        Assert.Contains("LF:4\nLH:1\n", _project.Folder.Read("coverage.info"), StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_counts_every_expectation_and_guard()
    {
        var root = XDocument.Parse(Run(1, "test", "--format", "junit").Output).Root!;
        Assert.Equal(("5", "1"), (root.Attribute("tests")!.Value, root.Attribute("failures")!.Value));
        var failure = Assert.Single(root.Descendants("failure"));
        Assert.Equal("expectation-failed", failure.Attribute("type")!.Value);
        Assert.Equal("sample.policy", failure.Parent!.Attribute("file")!.Value);
    }

    [Fact]
    public void Suggestions_can_be_added_to_the_policy()
    {
        _project.ReplaceInPolicy(Expectation, Expectation + " when managed");
        _project.Folder.Write("denied.policy", Run(0, "test", "--suggest").Output);
        Run(0, "test");
        Assert.Equal("", Run(0, "test", "--suggest").Output);
    }

    [Fact]
    public void A_policy_with_errors_is_not_tested()
    {
        _project.ReplaceInPolicy("allow sre      as admin", "allow nobody as admin");
        Assert.Contains("error[unknown-name]", Run(1, "test").Output, StringComparison.Ordinal);
    }

    private CliResult Run(int status, params string[] args)
    {
        var result = _project.Run(args);
        Assert.True(status == result.Status, $"{result.Status}: {result.Output}{result.Error}");
        return result;
    }
}
