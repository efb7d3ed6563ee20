using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>What fixes do to comments that keep rules quiet: a reason is never handed on to somebody else's rule.</summary>
public sealed class SuppressionFixTests : IDisposable
{
    private const string Head = """
        default via tailscale
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com] }
        group ops { members = [carol@acme.com] }
        role reader { can read secrets }

        """;

    private readonly CliTestHost _host = new() { OtherPipeline = new CompilerPipeline() };

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("# policyc: ignore secrets-reader because \"vault, A-2\"\n")]
    [InlineData("# policyc: ignore secrets-reader because \"vault, A-2\"\n# the vault\n")]
    public void An_unused_comment_goes_before_the_rule_below_it_does(string comment)
    {
        var ops = "allow ops as reader on prod cluster-wide\n";
        var kept = "allow sre as reader on prod cluster-wide because \"A-1\"\n";
        Write(Head + kept + comment + "allow sre as reader on prod in web\n" + ops);
        _host.Run("lint", "--fix");
        Assert.Equal(Head + kept + (comment.Contains("the vault", StringComparison.Ordinal) ? "# the vault\n" : "") + ops, _host.Folder.Read("access.policy"));
        Assert.Contains("warning[secrets-reader]", _host.Run("lint").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# it was needed once\n\n")]
    public void A_comment_that_was_needed_goes_with_what_it_was_about(string between)
    {
        var kept = "allow sre as reader on prod cluster-wide because \"A-1\"\n";
        var ops = "allow ops as reader on prod cluster-wide\n";
        Write(Head + kept + "# policyc: ignore secrets-reader because \"vault, A-2\"\n" + between + "allow sre as reader on prod cluster-wide\n" + ops);
        _host.Run("lint", "--fix");
        Assert.Equal(Head + kept + between + ops, _host.Folder.Read("access.policy"));
        Assert.Contains("warning[secrets-reader]", _host.Run("lint").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_about_the_file_or_about_more_than_what_is_removed_stays()
    {
        var text = "# policyc: ignore-file secrets-reader because \"vault, A-2\"\n" + Head + "allow ops, sre as reader on prod cluster-wide\ngroup dev { members = [bob@acme.com] }\n";
        Write(text);
        _host.Run("lint", "--fix");
        Assert.Equal(text.Replace("group dev { members = [bob@acme.com] }\n", "", StringComparison.Ordinal), _host.Folder.Read("access.policy"));
    }

    [Theory]
    [InlineData("# policyc: ignore cluster-admin, secrets-reader because \"A-2\"\n", "# policyc: ignore secrets-reader because \"A-2\"\n")]
    [InlineData("# policyc: ignore secrets-reader, cluster-admin because \"A-2\"\n", "# policyc: ignore secrets-reader because \"A-2\"\n")]
    [InlineData("# policyc: ignore cluster-admin, secrets-reader, edit-cluster-wide because \"A-2\"\n", "# policyc: ignore secrets-reader because \"A-2\"\n")]
    public void Of_several_rules_those_that_find_nothing_are_taken_out(string before, string after)
    {
        var rules = "allow ops, sre as reader on prod cluster-wide\n";
        Write(Head + before + rules);
        _host.Run("lint", "--fix");
        Assert.Equal(Head + after + rules, _host.Folder.Read("access.policy"));
    }

    [Fact]
    public void A_comment_at_the_end_of_a_line_leaves_the_line()
    {
        Write(Head + "allow ops, sre as reader on prod in web  # policyc: ignore secrets-reader because \"A-2\"\n");
        _host.Run("lint", "--fix");
        Assert.Equal(Head + "allow ops, sre as reader on prod in web\n", _host.Folder.Read("access.policy"));
    }

    [Fact]
    public void A_stroke_is_no_reason()
    {
        Write(Head + "# policyc: ignore secrets-reader because \"-\"\nallow ops, sre as reader on prod cluster-wide\n");
        Assert.Contains("error[unexplained-suppression]", _host.Run("lint").Output, StringComparison.Ordinal);
    }

    private void Write(string text) => _host.Folder.Write("access.policy", text);
}
