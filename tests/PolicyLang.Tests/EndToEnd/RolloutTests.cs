using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>What somebody has while systems take the files of one build after the other.</summary>
public sealed class RolloutTests : IDisposable
{
    private readonly LiveProject _project = new();

    public RolloutTests() => _project.Build();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Who_leaves_a_group_that_gains_something_would_have_it_for_a_while()
    {
        _project.Replace("access.policy", "members = [alice, bob@acme.com]", "members = [alice]");
        _project.Replace("access.policy", "allow sre as viewer", "role admin = clusterrole \"cluster-admin\"\nallow sre as admin");
        const string expected = """
            warning[rollout-gain]: once the new files of clusters `prod`, `stg` are in force and those of `tailscale` are not yet, `bob@acme.com` has ClusterRole `cluster-admin` in the whole cluster via `tailscale`, which neither the old outputs give nor the new ones
             --> access.policy:5:9
              |
            5 | cluster prod {
              |         ^^^^
            help: merge what changes `tailscale` first, and the rest when that is in force

            1 warning

            """;
        var result = _project.Run("build", "--quiet");
        Assert.Equal((0, expected), (result.Status, result.Output));

        // Once written, there is nothing left to roll out.
        Assert.Equal("", _project.Run("build", "--quiet").Output);
    }

    [Fact]
    public void Who_joins_a_group_that_loses_something_would_have_it_for_a_while()
    {
        _project.Replace("access.policy", "members = [alice, bob@acme.com]", "members = [alice, bob@acme.com, carol@acme.com]");
        _project.Replace("access.policy", "allow sre as viewer on all clusters cluster-wide", "allow sre as viewer on all clusters in web");
        Assert.Contains(
            "once the new files of `tailscale` are in force and those of clusters `prod`, `stg` are not yet, `carol@acme.com` has ClusterRole `view` in the whole cluster",
            _project.Run("build", "--quiet").Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members = [alice, bob@acme.com]", "members = [alice]")]
    [InlineData("members = [alice, bob@acme.com]", "members = [alice, bob@acme.com, carol@acme.com]")]
    [InlineData("allow sre as viewer on all clusters cluster-wide", "allow sre as viewer on all clusters in web")]
    [InlineData("allow sre as viewer", "role admin = clusterrole \"cluster-admin\"\nallow sre as admin")]
    [InlineData("allow dev as viewer on stg in web", "allow dev as viewer on all clusters in web")]
    [InlineData("clusterrole \"view\"", "clusterrole \"edit\"")]
    public void A_change_of_one_kind_gives_nobody_anything_for_a_while(string old, string replacement)
    {
        _project.Replace("access.policy", old, replacement);
        Assert.Equal("", _project.Run("build", "--quiet").Output);
    }
}
