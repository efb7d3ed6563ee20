using System.Text;
using PolicyLang.Access;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary><c>policyc assumptions</c>, and the page about the kinds.</summary>
public sealed class AssumptionsCommandTests : IDisposable
{
    private readonly CliTestHost _project = SampleOnDisk.Create();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_kind_has_a_guide()
    {
        Assert.Equal(Enum.GetValues<AssumptionKind>(), AssumptionGuide.All.Select(guide => guide.Kind));
        Assert.All(AssumptionGuide.All, guide => Assert.Matches("^[a-z]+(-[a-z]+)*$", guide.Word));
        Assert.Equal(AssumptionGuide.All.Length, AssumptionGuide.All.Select(guide => guide.Word).Distinct().Count());
    }

    [Fact]
    public void They_are_listed_by_system_and_kind()
    {
        var result = _project.Run("assumptions", "--kind", "revocation-lag", "--kind", "rebuilt-daily");
        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.StartsWith("the policy itself\n  rebuilt-daily: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ntailscale\n  revocation-lag: a change is in force only after some time\n    [ ] a change is in force on path `tailscale` when", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nteleport\n  revocation-lag: ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("operator-tag", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n## tailscale\n\n**operator-tag**: ", _project.Run("assumptions", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_kind_is_a_mistake_of_the_command_line()
        => Assert.Equal(new CliResult(2, "", "error: there is no kind of assumption `revocation-lags`\nhelp: did you mean `revocation-lag`?\n"), _project.Run("assumptions", "--kind", "revocation-lags"));

    [Fact]
    public void A_policy_with_errors_has_none()
    {
        _project.ReplaceInPolicy("allow sre      as admin", "allow nobody as admin");
        var result = _project.Run("assumptions");
        Assert.Equal(1, result.Status);
        Assert.StartsWith("error[unknown-name]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_the_kinds_is_current()
    {
        var text = new StringBuilder("# Assumptions\n\nWhat no generated file can enforce, by kind. `policyc assumptions` lists those of a policy. Made from `AssumptionGuide` by `POLICYC_UPDATE=1 dotnet test`.\n\n| kind | what is taken for granted | how to make sure |\n|---|---|---|\n");
        foreach (var guide in AssumptionGuide.All)
        {
            text.Append("| `").Append(guide.Word).Append("` | ").Append(guide.Meaning).Append(" | ").Append(guide.Check).Append(" |\n");
        }

        var path = Repository.Path("docs", "assumptions.md");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }
}
