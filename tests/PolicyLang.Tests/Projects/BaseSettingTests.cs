using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Projects;

/// <summary>What <c>base</c> and <c>clusters</c> of the project file may name.</summary>
public sealed class BaseSettingTests
{
    private const string Policy = """
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com] }
        role view = clusterrole "view"
        allow sre as view on prod cluster-wide
        """;

    [Theory]
    [InlineData("paths: { tailscale: { kind: tailscale, base: gone.hujson } }", "base-matches-nothing [gone.hujson]")]
    [InlineData("kubernetes: { base: \"exports/*.yaml\" }", "base-without-cluster [\"exports/*.yaml\"]")]
    [InlineData("kubernetes: { base: \"exports/{cluster}/*.yaml\" }", "base-matches-nothing [\"exports/{cluster}/*.yaml\"]")]
    [InlineData("clusters: { prod: watch }", "unknown-cluster-mode [watch]")]
    [InlineData("clusters: { \"stg*\": observe }", "cluster-pattern-matches-nothing [\"stg*\"]")]
    [InlineData("clusters: { \"p*\": observe, \"*d\": manage }", "contradictory-cluster-modes [\"*d\"]")]
    public void What_names_nothing_or_two_things_is_an_error(string section, string finding)
        => Assert.Equal([finding], WholeProject.Findings(Policy, "language: 1\n" + section + "\n"));
}
