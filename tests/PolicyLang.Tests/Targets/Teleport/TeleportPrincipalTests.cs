using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Teleport;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

public sealed class TeleportPrincipalTests
{
    private static readonly TeleportPathKind s_kind = new();

    [Theory]
    [InlineData("acme", "of the form")]
    [InlineData("acme/", "of the form")]
    [InlineData("/sre", "of the form")]
    [InlineData("acme/sre/leads", "of the form")]
    [InlineData("acme/*", "no wildcard")]
    [InlineData("*/sre", "no wildcard")]
    [InlineData("acme/Site Reliability", "never the display name")]
    [InlineData("acme/SRE", "never the display name")]
    [InlineData("ac me/sre", "no GitHub organization login")]
    [InlineData("-/-", "no GitHub organization login")]
    [InlineData("acme/sre\"\n  roles: [x]", "never the display name")]
    [InlineData("acme/{{x}}", "never the display name")]
    [InlineData("acmé/sre", "no GitHub organization login")]
    public void Names_that_no_team_can_have_are_refused(string team, string reason)
    {
        var error = new TeleportScenario().Cluster("dev").Cluster("prod").RawLink("dev", Link(PrincipalKind.Group, "github", team)).RawLink("prod", Link(PrincipalKind.Group, "github", team)).Error();
        Assert.Equal("teleport-github-team", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_organization_has_one_spelling()
        => Assert.Equal(
            "teleport-organization-spelling",
            new TeleportScenario().Cluster("prod").RawLink("prod", Link(PrincipalKind.Group, "github", "Acme/sre")).RawLink("prod", Link(PrincipalKind.Group, "github", "acme/dev")).Error().Code);

    [Fact]
    public void The_spelling_of_an_organization_is_kept()
        => Assert.Contains("organization: \"Octo-Org\"", new TeleportScenario().Cluster("prod").RawLink("prod", Link(PrincipalKind.Group, "github", "Octo-Org/sre_team-1")).Write()["teleport/20-connector.yaml"], StringComparison.Ordinal);

    [Fact]
    public void Groups_of_another_provider_are_refused()
        => Assert.Equal("teleport-principal", new TeleportScenario().Cluster("prod").RawLink("prod", Link(PrincipalKind.Group, "okta", "acme/sre")).Error().Code);

    [Fact]
    public void Another_github_is_possible()
        => Assert.NotEmpty(new TeleportScenario("teleport", "ghes").Cluster("prod").RawLink("prod", Link(PrincipalKind.Group, "ghes", "acme/sre")).Write());

    [Theory]
    [InlineData("18", "enterprise")]
    [InlineData("4.4", "enterprise")]
    public void A_single_person_is_refused(string version, string edition)
        => Assert.Equal("teleport-principal", new TeleportScenario(("version", version), ("edition", edition)).Cluster("prod").RawLink("prod", Link(PrincipalKind.Person, "github", "alice")).Error().Code);

    [Theory]
    [InlineData("14", "tctl")]
    [InlineData("17.4.2", "operator")]
    [InlineData("16", "operator")]
    public void Bots_are_refused_where_they_are_no_resource(string version, string form)
        => Assert.Equal("teleport-unsupported", new TeleportScenario(("version", version), ("form", form)).Cluster("prod").RawLink("prod", Link(PrincipalKind.Machine, "teleport", "bot-x")).Error().Code);

    [Fact]
    public void Bots_of_teleport_4_community_are_refused()
        => Assert.Equal(
            "teleport-unsupported",
            new TeleportScenario(("version", "4.0"), ("edition", "community"), ("logins", new[] { "root" })).Cluster("prod").RawLink("prod", Link(PrincipalKind.Machine, "teleport", "bot-x")).Error().Code);

    [Theory]
    [InlineData("15", "tctl")]
    [InlineData("17.4.3", "operator")]
    [InlineData("17", "operator")]
    public void Bots_lose_the_prefix_of_their_user(string version, string form)
    {
        var bots = TeleportDocuments.Read(new TeleportScenario(("version", version), ("form", form)).Cluster("prod").RawLink("prod", Link(PrincipalKind.Machine, "teleport", "bot-ci")).Write()["teleport/10-bots.yaml"]);
        Assert.Equal("ci", (string?)Assert.Single(bots)["metadata"]!["name"]);
    }

    [Theory]
    [InlineData("tctl", "deployer")]
    [InlineData("tctl", "bot-")]
    [InlineData("tctl", "bot-a b")]
    [InlineData("tctl", "bot-*")]
    [InlineData("operator", "bot-CI")]
    [InlineData("operator", "bot-a_b")]
    public void Other_bot_names_are_refused(string form, string name)
        => Assert.Equal("teleport-bot", new TeleportScenario(("form", form)).Cluster("prod").RawLink("prod", Link(PrincipalKind.Machine, "teleport", name)).Error().Code);

    [Theory]
    [InlineData(SubjectKind.Machine, "bot-deployer", null)]
    [InlineData(SubjectKind.Machine, "deployer", "teleport-bot")]
    [InlineData(SubjectKind.Group, "acme/sre", "teleport-principal")]
    [InlineData(SubjectKind.User, "alice", "teleport-principal")]
    public void Only_machines_are_named_for_the_path_itself(SubjectKind kind, string name, string? code)
    {
        var diagnostics = new DiagnosticBag();
        var subject = TestModels.Group("x") with { Kind = kind };
        s_kind.CheckIdentity(TestModels.Path(s_kind), subject, new SettingText(name, TestModels.Here(name)), diagnostics);
        Assert.Equal(code, diagnostics.ToSortedArray().SingleOrDefault()?.Code);
    }

    [Fact]
    public void The_path_sees_the_people_of_github()
    {
        Assert.Equal("github", s_kind.DefaultPeople);
        Assert.Equal("github", Assert.Single(s_kind.PeopleKinds));
        Assert.DoesNotContain(PrincipalKind.Person, s_kind.Accepts);
    }

    private static Func<Cluster, AccessPath, IdentityLink> Link(PrincipalKind kind, string provider, string value)
        => (cluster, path) =>
        {
            var subject = (kind == PrincipalKind.Machine ? TestModels.Machine("m") : TestModels.Group("g" + value.Length));
            return TestModels.Identity(cluster, path, subject, [$"policyc:{cluster.Name}:{subject.Name}"], null, TestModels.Principal(kind, provider, value, subject));
        };
}
