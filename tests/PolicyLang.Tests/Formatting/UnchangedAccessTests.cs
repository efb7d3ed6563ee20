using System.Text;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Formatting;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Formatting;

/// <summary>What would be written is compiled first, whoever made it.</summary>
public sealed class UnchangedAccessTests : IDisposable
{
    private const string Policy = """
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com, bob@acme.com] }
        role view = clusterrole "view"
        never sre on prod in kube-system via tailscale
        allow sre as view on prod in payments
        """;

    private readonly CliTestHost _cli = new() { OtherPipeline = new CompilerPipeline() };

    public UnchangedAccessTests()
    {
        _cli.Folder.Write("policyc.yaml", "language: 1\n");
        _cli.Folder.Write("a.policy", Policy);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Another_layout_passes() => Assert.Empty(Check(Policy.Replace(" ", "  ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("in payments", "in payments, checkout")]
    [InlineData("in payments", "cluster-wide")]
    [InlineData("alice@acme.com, ", "")]
    [InlineData("never sre on prod in kube-system via tailscale", "")]
    [InlineData("allow", "alow")]
    public void Another_access_is_refused(string old, string @new)
    {
        var diagnostic = Assert.Single(Check(Policy.Replace(old, @new, StringComparison.Ordinal)));
        Assert.Equal("format-not-safe", diagnostic.Code);
        Assert.Equal("nothing is written: the formatted policy of `.` would not give the same access", diagnostic.Message);
    }

    [Fact]
    public void A_project_that_does_not_compile_gives_nothing_that_could_change()
    {
        _cli.Folder.Write("b.policy", "allow nobody as view on prod cluster-wide");
        Assert.Empty(Check("allow sre as view on prod cluster-wide"));
    }

    [Fact]
    public void Without_a_project_file_a_folder_is_a_project_only_when_it_is_asked_for()
    {
        File.Delete(_cli.Folder.Full("policyc.yaml"));
        Assert.Empty(Check(""));
        Assert.Single(Check("", _cli.Folder.Path));
    }

    [Fact]
    public void A_file_outside_the_sources_changes_no_access()
    {
        _cli.Folder.Write("policyc.yaml", "language: 1\nsources: [b.policy]\n");
        _cli.Folder.Write("b.policy", Policy);
        Assert.Empty(Check(""));
    }

    private PolicyLang.Diagnostics.Diagnostic[] Check(string after, string? project = null)
    {
        var path = _cli.Folder.Full("a.policy");
        return [.. new UnchangedAccess(_cli.Context()).Check([new FormattedFile(new FormatSource("a.policy", path, path), Encoding.UTF8.GetBytes(Policy), Encoding.UTF8.GetBytes(after), [])], project)];
    }
}
