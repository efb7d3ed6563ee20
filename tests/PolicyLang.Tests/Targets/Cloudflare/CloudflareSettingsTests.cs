using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>What the path and the clusters may say.</summary>
public sealed class CloudflareSettingsTests
{
    private static readonly CloudflarePathKind Kind = new();

    [Fact]
    public void The_kind_carries_only_reach_of_people_and_groups()
    {
        Assert.Equal("cloudflare", Kind.Name);
        Assert.Equal(PathCarries.Reach, Kind.Carries);
        Assert.Equal([PrincipalKind.Person, PrincipalKind.Group], Kind.Accepts.ToArray());
        Assert.Null(Kind.DefaultPeople);
        Assert.Empty(Kind.ProxiesOf(GatewayFixture.NewPath("cloudflare"), TestModels.Cluster("prod")));
    }

    [Theory]
    [InlineData("account", "my account", "cloudflare-invalid-account")]
    [InlineData("account", "${var.a}${var.b}", "cloudflare-invalid-account")]
    [InlineData("account", "${file(\"/etc/passwd\")}", "cloudflare-invalid-account")]
    [InlineData("check_session", "1d", "cloudflare-invalid-duration")]
    [InlineData("check_session", "30m1h", "cloudflare-invalid-duration")]
    [InlineData("check_session", "0s", "cloudflare-invalid-duration")]
    [InlineData("check_session", "99999999999h", "cloudflare-invalid-duration")]
    [InlineData("check_session", "12", "cloudflare-invalid-duration")]
    [InlineData("notify", "two\nlines", "cloudflare-invalid-message")]
    [InlineData("output", "../elsewhere", "cloudflare-invalid-output")]
    [InlineData("output", "/etc", "cloudflare-invalid-output")]
    [InlineData("output", "a//b", "cloudflare-invalid-output")]
    [InlineData("output", "c:\\x", "cloudflare-invalid-output")]
    [InlineData("output", "", "cloudflare-invalid-output")]
    public void A_wrong_path_setting_is_one_error(string setting, string value, string code)
    {
        var diagnostics = new DiagnosticBag();
        Kind.CheckPath(GatewayFixture.NewPath("cloudflare", (setting, value)), diagnostics);
        Assert.Equal(code, Assert.Single(diagnostics.ToSortedArray()).Code);
    }

    [Theory]
    [InlineData("account", "0123456789abcdef0123456789abcdef")]
    [InlineData("account", "${local.account_id}")]
    [InlineData("account", "${data.cloudflare_account.main.id}")]
    [InlineData("check_session", "1h30m15s")]
    [InlineData("output", "gitops/edge/")]
    public void A_right_path_setting_is_taken(string setting, string value)
    {
        var diagnostics = new DiagnosticBag();
        Kind.CheckPath(GatewayFixture.NewPath("cloudflare", (setting, value)), diagnostics);
        Assert.Empty(diagnostics.ToSortedArray());
    }

    [Fact]
    public void A_range_that_is_too_small_is_an_error()
    {
        var diagnostics = new DiagnosticBag();
        Kind.CheckPath(GatewayFixture.NewPath("cloudflare", ("precedence", new (string, object)[] { ("from", 10_000), ("to", 20_000) })), diagnostics);
        Assert.Equal("cloudflare-invalid-precedence", Assert.Single(diagnostics.ToSortedArray()).Code);
    }

    [Theory]
    [InlineData("vnet", "default", "cloudflare-invalid-vnet")]
    [InlineData("tunnel", "my-tunnel", "cloudflare-invalid-tunnel")]
    [InlineData("tunnel", "${join(\"\", [])}", "cloudflare-invalid-tunnel")]
    [InlineData("list_id", GatewayFixture.ListId, "cloudflare-invalid-list")]
    public void A_wrong_cluster_setting_is_one_error(string setting, string value, string code)
        => Assert.Equal(code, CheckCluster([], (setting, value)).Code);

    [Fact]
    public void A_list_without_identifier_cannot_be_named_in_the_api_form()
        => Assert.Contains("list_id", CheckCluster([], ("list", true)).Help, StringComparison.Ordinal);

    [Fact]
    public void A_list_that_exists_is_not_created_again_by_terraform()
        => Assert.Equal("cloudflare-invalid-list", CheckCluster([], ("list", true), ("list_id", GatewayFixture.ListId)).Code);

    [Fact]
    public void An_empty_set_is_never_printed()
        => Assert.Throws<ArgumentException>(() => GatewayExpressionText.ForApi(new GatewayMembership(GatewayField.DestinationAddress, GatewayInlineSet.OfAddresses([]))));

    [Fact]
    public void A_tunnel_needs_the_terraform_form()
        => Assert.Equal("cloudflare-invalid-tunnel", CheckCluster([("forms", "api")], ("tunnel", GatewayFixture.ListId)).Code);

    [Fact]
    public void An_address_stands_once_in_a_cluster()
        => Assert.Equal("cloudflare-shared-address", new GatewayFixture().Cluster("prod", ["2001:db8::1", "2001:DB8:0::1"]).Error().Code);

    [Fact]
    public void A_cluster_without_addresses_is_an_error()
        => Assert.Equal("cloudflare-invalid-address", new GatewayFixture().Cluster("prod", []).Error().Code);

    private static Diagnostic CheckCluster((string, object)[] path, params (string, object)[] settings)
    {
        var diagnostics = new DiagnosticBag();
        var instance = GatewayFixture.NewPath("cloudflare", path);
        var cluster = GatewayFixture.NewCluster("prod", instance, [("addresses", new[] { GatewayFixture.V4 }), .. settings]);
        Kind.CheckCluster(instance, cluster, cluster.Paths["cloudflare"], diagnostics);
        return Assert.Single(diagnostics.ToSortedArray());
    }

    [Theory]
    [InlineData("compliance")]
    [InlineData("1308749e-fcfb-4ebc-b051-fe022b63264")]
    [InlineData("{1308749e-fcfb-4ebc-b051-fe022b632644}")]
    public void A_posture_is_given_by_identifiers(string check)
    {
        var diagnostics = new DiagnosticBag();
        var posture = GatewayFixture.When(("managed", [check])).Postures[0];
        Kind.CheckPosture(GatewayFixture.NewPath("cloudflare"), posture, posture.Assertions["cloudflare"], diagnostics);
        Assert.Equal("cloudflare-invalid-posture", Assert.Single(diagnostics.ToSortedArray()).Code);
    }

    [Fact]
    public void A_posture_that_says_nothing_for_the_path_is_an_error_and_not_a_rule_for_all_devices()
    {
        var fixture = new GatewayFixture();
        var elsewhere = Condition.AllOf([new Posture("managed", ImmutableSortedDictionary<string, ImmutableArray<SettingText>>.Empty, TestModels.Here("posture managed {}"))]);
        fixture.Cluster("prod", [GatewayFixture.V4], cluster => fixture.SreTo(cluster, elsewhere));
        Assert.Equal("cloudflare-invalid-posture", fixture.Error().Code);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("alice@")]
    [InlineData("@acme.com")]
    [InlineData("a@b@acme.com")]
    [InlineData("alice @acme.com")]
    public void A_person_is_known_by_email(string login)
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", [GatewayFixture.V4], cluster => [TestModels.Gate(cluster, fixture.Path, GatewayFixture.Alice, null, GatewayFixture.Person(GatewayFixture.Alice, login))]);
        Assert.Equal("cloudflare-invalid-email", fixture.Error().Code);
    }

    [Fact]
    public void A_group_of_another_provider_is_an_error()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", [GatewayFixture.V4], cluster =>
            [TestModels.Gate(cluster, fixture.Path, GatewayFixture.Sre, null, TestModels.Principal(PrincipalKind.Group, "github", "acme/sre", GatewayFixture.Sre))]);
        Assert.Equal("cloudflare-foreign-group", fixture.Error().Code);
    }

    [Fact]
    public void Groups_by_id_are_compared_as_identifiers()
    {
        var fixture = new GatewayFixture(("groups_by", "id"));
        fixture.Cluster("prod", [GatewayFixture.V4], cluster => fixture.SreTo(cluster));
        Assert.Equal("any(identity.groups.id[*] in {\"SRE\"})", (string?)fixture.Rule("policyc/prod/allow/sre")["identity"]);
    }

    [Fact]
    public void Two_paths_do_not_share_an_account_or_a_folder()
    {
        var fixture = new GatewayFixture();
        var other = GatewayFixture.NewPath("emea", ("output", "cloudflare"));
        fixture.Cluster("prod", [GatewayFixture.V4]);
        Assert.Empty(fixture.Write(other).Files);
        Assert.Equal(["cloudflare-invalid-output", "cloudflare-shared-account"], fixture.Diagnostics.ToSortedArray().Select(d => d.Code));
    }

    [Fact]
    public void More_rules_than_an_account_holds_is_an_error_with_numbers()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", [GatewayFixture.V4], cluster => Enumerable.Range(0, 500).Select(i =>
        {
            var subject = TestModels.Group(string.Create(CultureInfo.InvariantCulture, $"g{i}"));
            return TestModels.Gate(cluster, fixture.Path, subject, null, GatewayFixture.Group(subject, subject.Name));
        }));
        var error = fixture.Error();
        Assert.Equal("cloudflare-limit-exceeded", error.Code);
        Assert.Contains("501 network rules, and an account may have 500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_entries_than_a_list_holds_is_an_error_with_numbers()
    {
        var addresses = Enumerable.Range(0, 1001).Select(i => string.Create(CultureInfo.InvariantCulture, $"10.0.{i / 250}.{(i % 250) + 1}")).ToArray();
        var error = new GatewayFixture(("forms", "terraform")).Cluster("prod", addresses, ("list", true)).Error();
        Assert.Contains("1001 entries in the list of cluster `prod`, and an account may have 1000", error.Message, StringComparison.Ordinal);
    }
}
