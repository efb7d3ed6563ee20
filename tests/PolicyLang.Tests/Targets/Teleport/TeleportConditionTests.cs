using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>Trap 18: on a cluster the strictest of a person's roles decides.</summary>
public sealed class TeleportConditionTests
{
    private static readonly Subject s_sre = TestModels.Group("sre", ("github", "acme/sre"));
    private static readonly Subject s_payments = TestModels.Group("payments", ("github", "acme/payments"));

    [Fact]
    public void Trap18_a_demand_beside_a_rule_without_one_is_refused_when_somebody_may_be_in_both()
    {
        var error = Mixed().Error();
        Assert.Equal("condition-cannot-separate", error.Code);
        Assert.Contains("somebody in both `sre` and `payments` would be asked for a trusted device on cluster `prod` also where the policy asks for none", error.Message, StringComparison.Ordinal);
        Assert.Contains("assume disjoint sre, payments", error.Help, StringComparison.Ordinal);
        Assert.Single(error.Related);
    }

    [Fact]
    public void Trap18_disjoint_subjects_may_differ() => Assert.NotEmpty(Mixed().Disjoint(s_sre, s_payments).Write());

    [Fact]
    public void Trap18_one_subject_cannot_have_both_on_a_cluster()
    {
        var error = new TeleportScenario().Cluster("prod").Link("prod", s_sre, "acme/sre").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed).Error();
        Assert.Equal("condition-cannot-separate", error.Code);
        Assert.Contains("somebody in `sre`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap18_the_demand_holds_for_its_cluster_only()
    {
        var files = new TeleportScenario().Cluster("dev").Cluster("prod").Link("dev", s_sre, "acme/sre").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed).Write();
        var teleport = new TeleportSimulator(TeleportDocuments.ReadAll(files));
        var teams = new HashSet<string> { "acme/sre" };
        Assert.Equal(["policyc:dev:sre"], teleport.Groups(teams, Label("dev"), false));
        Assert.Empty(teleport.Groups(teams, Label("prod"), false));
        Assert.Equal(["policyc:prod:sre:when-managed"], teleport.Groups(teams, Label("prod"), true));
    }

    [Fact]
    public void The_same_two_subjects_on_many_clusters_are_one_mistake()
    {
        var scenario = new TeleportScenario();
        foreach (var name in new[] { "a", "b", "c" })
        {
            scenario.Cluster(name).Link(name, s_sre, "acme/sre", TeleportScenario.Managed).Link(name, s_payments, "acme/payments");
        }

        scenario.Error();
    }

    [Fact]
    public void A_bot_cannot_be_asked_for_a_trusted_device()
    {
        var error = new TeleportScenario().Cluster("prod").Link("prod", TestModels.Machine("deployer", ("teleport", "bot-deployer")), "bot-deployer", TeleportScenario.Managed).Error();
        Assert.Equal("teleport-posture", error.Code);
        Assert.Contains("`deployer` is a bot on path `teleport`, and no bot runs on a trusted device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_and_a_group_never_share_a_member()
        => new TeleportScenario().Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed)
            .Link("prod", TestModels.Machine("deployer", ("teleport", "bot-deployer")), "bot-deployer").Write();

    [Theory]
    [InlineData("18", "community", "tctl")]
    [InlineData("11", "enterprise", "tctl")]
    [InlineData("14", "enterprise", "operator")]
    [InlineData("4.4", "enterprise", "tctl")]
    public void Device_trust_is_refused_where_it_does_not_exist(string version, string edition, string form)
        => Assert.Equal(
            "teleport-unsupported",
            new TeleportScenario(("version", version), ("edition", edition), ("form", form)).Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed).Error().Code);

    [Fact]
    public void Device_trust_is_refused_when_an_agent_is_too_old_to_enforce_it()
        => Assert.Equal(
            "teleport-unsupported",
            new TeleportScenario(("version", "12"), ("oldest_agent", "11")).Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed).Error().Code);

    [Theory]
    [InlineData("mfa", "require_session_mfa")]
    [InlineData("session-mfa", "require_session_mfa")]
    [InlineData("device-trusted", "did you mean `device-trust`?")]
    [InlineData("node:os == 'macos'", "the only text")]
    public void Other_postures_are_refused(string text, string help)
    {
        var error = new TeleportScenario().Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.PostureOf("odd", "device-trust", text)).Error();
        Assert.Equal("teleport-posture", error.Code);
        Assert.Contains(help, error.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_posture_without_a_text_for_the_path_is_refused()
        => Assert.Equal("teleport-posture", new TeleportScenario().Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.PostureOf("empty")).Error().Code);

    [Fact]
    public void A_second_factor_is_asked_of_people_and_not_of_bots()
    {
        var roles = TeleportDocuments.Read(TeleportScenario.Usual(true, false, ("require_session_mfa", true)).Write()["teleport/00-roles.yaml"]);
        Assert.All(roles, role => Assert.Equal((string?)role["metadata"]!["name"] != "policyc.prod.deployer", role["spec"]!["options"]!["require_session_mfa"] is not null));
    }

    private static TeleportScenario Mixed()
        => new TeleportScenario().Cluster("prod").Link("prod", s_sre, "acme/sre", TeleportScenario.Managed).Link("prod", s_payments, "acme/payments");

    private static Dictionary<string, string> Label(string cluster) => new(StringComparer.Ordinal) { ["policyc-cluster"] = cluster };
}
