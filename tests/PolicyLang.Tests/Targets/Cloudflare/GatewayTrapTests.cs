using System.Text;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>Each way in which rules written naively would open more than was meant.</summary>
public sealed class GatewayTrapTests
{
    private static readonly string[] Both = [GatewayFixture.V4, GatewayFixture.V6];

    private static GatewayFixture Prod(params (string, object)[] settings)
    {
        var fixture = new GatewayFixture(settings);
        return fixture.Cluster("prod", Both, cluster => fixture.SreTo(cluster));
    }

    [Fact]
    public void Trap01_no_match_means_pass_so_a_cluster_without_rules_is_blocked()
    {
        var rules = new GatewayFixture().Cluster("prod", Both).Rules();
        Assert.Equal(["policyc/prod/block", "policyc/prod/no-inspect"], rules.Select(r => (string?)r["name"]));
        Assert.All(Both, address => Assert.False(GatewaySimulation.LetsThrough(rules, new(address, 6443, "tcp", null, "alice@acme.com", ["SRE"], []))));
    }

    [Fact]
    public void Trap01_a_retired_cluster_is_blocked_and_no_route_leads_to_it()
    {
        var fixture = new GatewayFixture();
        var retired = GatewayFixture.NewCluster("old", fixture.Path, ("addresses", Both), ("tunnel", GatewayFixture.ListId)) with { IsRetired = true };
        fixture.Cluster(retired, _ => []);
        Assert.Contains(fixture.Rules(), r => (string?)r["name"] == "policyc/old/block");
        Assert.Null(fixture.Terraform().SelectToken("resource.cloudflare_zero_trust_tunnel_cloudflared_route"));
    }

    [Fact]
    public void Trap02_an_emptied_group_gets_no_rule_and_the_block_stays()
    {
        var fixture = new GatewayFixture();
        var rules = fixture.Cluster("prod", Both, cluster => [TestModels.Gate(cluster, fixture.Path, GatewayFixture.Sre)]).Rules();
        Assert.DoesNotContain(rules, r => (string?)r["action"] == "allow");
        Assert.Contains(rules, r => (string?)r["action"] == "block");
    }

    [Fact]
    public void Trap03_enabled_is_always_written()
    {
        var fixture = Prod();
        Assert.All(fixture.Rules(), r => Assert.True((bool?)r["enabled"]));
        Assert.All(fixture.TerraformRules().Properties(), p => Assert.True((bool?)p.Value["enabled"]));
    }

    [Fact]
    public void Trap04_the_block_covers_every_family_port_protocol_network_and_person()
    {
        var fixture = new GatewayFixture(("check_session", "12h"));
        fixture.Cluster("prod", Both, cluster => fixture.SreTo(cluster, GatewayFixture.When(("managed", [GatewayFixture.Check]))), ("vnet", GatewayFixture.Vnet), ("port", 443));
        var block = fixture.Rule("policyc/prod/block");
        Assert.Equal("net.dst.ip in {198.51.100.101 2001:db8::101}", (string?)block["traffic"]);
        Assert.Equal("", (string?)block["identity"]);
        Assert.Equal("", (string?)block["device_posture"]);
        Assert.Null(block["rule_settings"]);
    }

    [Fact]
    public void Trap05_no_allow_stands_behind_a_block_of_any_cluster()
    {
        var fixture = Prod();
        fixture.Cluster("dev", ["10.0.0.1"], cluster => fixture.SreTo(cluster));
        var ordered = fixture.Rules().OrderBy(r => (int)r["precedence"]!).Select(r => (string?)r["action"]);
        Assert.Equal(["allow", "allow", "block", "block", "off", "off"], ordered);
    }

    [Fact]
    public void Trap06_every_allow_names_the_addresses_the_port_and_the_protocol()
        => Assert.Equal(
            "net.dst.ip in {198.51.100.101 2001:db8::101} and net.dst.port == 6443 and net.protocol == \"tcp\"",
            (string?)Prod().Rule("policyc/prod/allow/sre")["traffic"]);

    [Fact]
    public void Trap07_and_trap08_names_are_compared_whole()
    {
        var rule = Prod().Rule("policyc/prod/allow/sre");
        Assert.Equal("any(identity.groups.name[*] in {\"SRE\"})", (string?)rule["identity"]);
    }

    [Fact]
    public void Trap09_nothing_is_negated()
        => Assert.All(Prod().Rules().SelectMany(r => new[] { r["traffic"], r["identity"], r["device_posture"] }), e =>
        {
            Assert.DoesNotContain("not", (string?)e, StringComparison.Ordinal);
            Assert.DoesNotContain("!=", (string?)e, StringComparison.Ordinal);
            Assert.DoesNotContain("all(", (string?)e, StringComparison.Ordinal);
        });

    [Fact]
    public void Trap10_every_posture_check_must_pass()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, cluster => fixture.SreTo(cluster, GatewayFixture.When(("managed", [GatewayFixture.OtherCheck, GatewayFixture.Check]))));
        Assert.Equal(
            $"any(device_posture.checks.passed[*] in {{\"{GatewayFixture.Check}\"}}) and any(device_posture.checks.passed[*] in {{\"{GatewayFixture.OtherCheck}\"}})",
            (string?)fixture.Rule("policyc/prod/allow/sre/when-managed")["device_posture"]);
    }

    [Fact]
    public void Trap11_each_subject_and_condition_has_a_rule_of_its_own()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, cluster =>
        [
            .. fixture.SreTo(cluster, GatewayFixture.When(("managed", [GatewayFixture.Check]))),
            TestModels.Gate(cluster, fixture.Path, GatewayFixture.Alice, null, GatewayFixture.Person(GatewayFixture.Alice, "alice@acme.com")),
        ]);
        Assert.Equal("", (string?)fixture.Rule("policyc/prod/allow/alice@acme.com")["device_posture"]);
        Assert.NotEqual("", (string?)fixture.Rule("policyc/prod/allow/sre/when-managed")["device_posture"]);
    }

    [Fact]
    public void Trap12_mixed_and_or_would_be_printed_with_parentheses()
    {
        GatewayEquality Port(int port) => new(GatewayField.DestinationPort, new GatewayNumber(port));
        var mixed = new GatewayConjunction([Port(1), new GatewayDisjunction([Port(2), Port(3)])]);
        Assert.Equal("net.dst.port == 1 and (net.dst.port == 2 or net.dst.port == 3)", GatewayExpressionText.ForApi(mixed));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("c\\")]
    [InlineData("\"} or identity.email in {\"x")]
    [InlineData("${var.account_id}")]
    [InlineData("%{ if true }x%{ endif }")]
    [InlineData("$${x}%%{y}")]
    [InlineData("名前 é 😀")]
    public void Trap13_a_name_stays_one_name(string name) => AssertName(name);

    [Fact]
    public void Trap13_any_text_stays_one_name_or_is_refused()
        => Gen.OneOf(Gen.String, Gen.String[Gen.Char["\"\\${}%~ ab"], 1, 12]).Sample(text =>
        {
            if (GatewayExpressionText.WhyNotText(text) is null)
            {
                AssertName(text);
            }
        });

    private static void AssertName(string name)
    {
        var expression = new GatewayMembership(GatewayField.GroupNames, GatewayInlineSet.OfTexts([name, "other"]));
        var api = GatewayExpressionText.ForApi(expression);
        Assert.Equal(["bytes:" + name, "bytes:other"], WirefilterReference.ValuesOf(WirefilterReference.Parse(api), "identity.groups.name"));
        Assert.Equal(api, EvaluateTemplate(GatewayExpressionText.ForTerraform(expression)));
    }

    /// <summary>What Terraform makes of a template without interpolations: <c>$${</c> and <c>%%{</c> are the only escapes.</summary>
    private static string EvaluateTemplate(string template)
    {
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var rest = template.AsSpan(i);
            Assert.False(rest.StartsWith("${") || rest.StartsWith("%{"), "an interpolation: " + template);
            if (rest.StartsWith("$${") || rest.StartsWith("%%{"))
            {
                text.Append(template[i]).Append('{');
                i += 2;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return text.ToString();
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u2028b")]
    [InlineData("")]
    public void Trap13_a_name_that_cannot_be_spelled_is_refused(string name)
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, cluster => [TestModels.Gate(cluster, fixture.Path, GatewayFixture.Sre, null, GatewayFixture.Group(GatewayFixture.Sre, name))]);
        Assert.Equal("cloudflare-invalid-group", fixture.Error().Code);
    }

    [Fact]
    public void Trap13_half_a_character_is_refused() => Assert.NotNull(GatewayExpressionText.WhyNotText("a" + (char)0xD800));

    [Fact]
    public void Trap14_the_block_never_rests_on_a_list()
    {
        var fixture = new GatewayFixture(("forms", "terraform"));
        fixture.Cluster("prod", Both, cluster => fixture.SreTo(cluster), ("list", true));
        Assert.Equal("net.dst.ip in {198.51.100.101 2001:db8::101}", (string?)fixture.TerraformRules()["prod__block"]!["traffic"]);
        Assert.StartsWith(
            "net.dst.ip in ${format(\"$%s\", replace(cloudflare_zero_trust_list.prod.id, \"-\", \"\"))} and ",
            (string?)fixture.TerraformRules()["prod__allow__sre"]!["traffic"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Trap15_rules_of_others_that_redirect_or_let_through_are_an_assumption()
        => Assert.Contains(Prod().Write().Assumptions, a => a.Kind == AssumptionKind.NoForeignRules && a.Topic == "cloudflare");

    [Fact]
    public void Trap16_do_not_inspect_covers_the_cluster_alone()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, ("vnet", GatewayFixture.Vnet)).Cluster("dev", ["10.0.0.1"]);
        Assert.Equal("any(http.conn.dst_ip[*] in {10.0.0.1})", (string?)fixture.Rule("policyc/dev/no-inspect")["traffic"]);
        Assert.Equal(
            $"any(http.conn.dst_ip[*] in {{198.51.100.101 2001:db8::101}}) and http.conn.vnet_id == \"{GatewayFixture.Vnet}\"",
            (string?)fixture.Rule("policyc/prod/no-inspect")["traffic"]);
    }

    [Fact]
    public void Trap17_names_are_written_byte_for_byte()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, cluster =>
            [TestModels.Gate(cluster, fixture.Path, GatewayFixture.Sre, null, GatewayFixture.Group(GatewayFixture.Sre, "Sre"), GatewayFixture.Person(GatewayFixture.Alice, "alice@acme.com"))]);
        Assert.Equal(
            "any(identity.groups.name[*] in {\"Sre\"}) or identity.email in {\"alice@acme.com\"}",
            (string?)fixture.Rule("policyc/prod/allow/sre")["identity"]);
    }

    [Fact]
    public void Trap18_a_session_check_stands_on_allow_rules_alone()
    {
        var rules = Prod(("check_session", "24h")).Rules();
        var checkedRule = Assert.Single(rules, r => r["rule_settings"] is not null);
        Assert.Equal("allow", (string?)checkedRule["action"]);
        Assert.Equal("24h0m0s", (string?)checkedRule.SelectToken("rule_settings.check_session.duration"));
        Assert.True((bool?)checkedRule.SelectToken("rule_settings.check_session.enforce"));
    }

    [Fact]
    public void Trap18_lag_of_revocation_is_an_assumption()
        => Assert.Contains(Prod().Write().Assumptions, a => a.Kind == AssumptionKind.RevocationLag);

    [Fact]
    public void Trap19_a_virtual_network_limits_the_allow_and_not_the_block()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, cluster => fixture.SreTo(cluster), ("vnet", GatewayFixture.Vnet));
        Assert.EndsWith($" and net.vnet_id == \"{GatewayFixture.Vnet}\"", (string?)fixture.Rule("policyc/prod/allow/sre")["traffic"], StringComparison.Ordinal);
        Assert.DoesNotContain("vnet", (string?)fixture.Rule("policyc/prod/block")["traffic"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:DB8::101", "2001:db8:0:0::101")]
    [InlineData("198.51.100.101/32", "198.51.100.101")]
    public void Trap19_one_address_belongs_to_one_cluster_in_whatever_spelling_or_network(string first, string second)
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", [first], ("vnet", GatewayFixture.Vnet)).Cluster("test", [second], ("vnet", GatewayFixture.OtherCheck));
        var error = fixture.Error();
        Assert.Equal("cloudflare-shared-address", error.Code);
        Assert.Contains("`prod` and `test`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap20_what_never_enters_gateway_is_an_assumption()
        => Assert.Contains(Prod().Write().Assumptions, a => a.Kind == AssumptionKind.TrafficEntersGateway);

    [Fact]
    public void Trap21_routes_lead_to_hosts_and_follow_the_block()
    {
        var fixture = new GatewayFixture();
        fixture.Cluster("prod", Both, ("tunnel", "${cloudflare_zero_trust_tunnel_cloudflared.k8s.id}"), ("vnet", GatewayFixture.Vnet));
        var routes = fixture.Terraform().SelectToken("resource.cloudflare_zero_trust_tunnel_cloudflared_route")!.Children().SelectMany(p => p).ToList();
        Assert.Equal(["198.51.100.101/32", "2001:db8::101/128"], routes.Select(r => (string?)r["network"]));
        Assert.All(routes, r => Assert.Equal("cloudflare_zero_trust_gateway_policy.prod__block", (string?)r["depends_on"]![0]));
        Assert.All(routes, r => Assert.Equal(GatewayFixture.Vnet, (string?)r["virtual_network_id"]));
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.0.0.1/24")]
    [InlineData("2001:db8::/64")]
    [InlineData("10")]
    [InlineData("198.51.100")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a000001")]
    [InlineData("198.51.100.256")]
    [InlineData("::ffff:198.51.100.101")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::")]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[2001:db8::1]")]
    [InlineData("api.prod.example.com")]
    [InlineData("198.51.100.101} or net.dst.port in {1")]
    [InlineData("")]
    public void Trap21_and_trap22_what_is_no_single_host_is_refused(string address)
        => Assert.Equal("cloudflare-invalid-address", new GatewayFixture().Cluster("prod", [address]).Error().Code);

    [Theory]
    [InlineData("2001:DB8::101", "2001:db8::101")]
    [InlineData("2001:db8:0:1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8::0042", "2001:db8::42")]
    [InlineData("2001:db8:1::", "2001:db8:1::")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("198.51.100.101/32", "198.51.100.101")]
    public void Trap22_addresses_have_one_spelling(string written, string canonical)
    {
        Assert.True(HostAddress.TryParse(written, out var address, out _));
        Assert.Equal(canonical, address.Text);
    }

    [Fact]
    public void Trap23_blocks_come_first_in_file_order_and_terraform_makes_allows_wait_for_them()
    {
        var fixture = Prod();
        Assert.Equal(["block", "off", "allow"], fixture.Rules().Select(r => (string?)r["action"]));
        var allow = fixture.TerraformRules()["prod__allow__sre"]!;
        Assert.Equal("cloudflare_zero_trust_gateway_policy.prod__block", (string?)Assert.Single(allow["depends_on"]!));
    }

    [Fact]
    public void Trap24_no_rule_carries_a_schedule_or_an_expiration()
        => Assert.All(Prod().Rules(), r =>
        {
            Assert.Null(r["schedule"]);
            Assert.Null(r["expiration"]);
        });

    [Fact]
    public void Trap25_a_machine_has_no_identity_and_is_refused()
    {
        var fixture = new GatewayFixture();
        var ci = TestModels.Machine("ci");
        fixture.Cluster("prod", Both, cluster => [TestModels.Gate(cluster, fixture.Path, ci, null, TestModels.Principal(PolicyLang.Semantics.PrincipalKind.Machine, "cloudflare", "token", ci))]);
        var error = fixture.Error();
        Assert.Equal("cloudflare-unsupported-principal", error.Code);
        Assert.Contains("`ci`", error.Message, StringComparison.Ordinal);
    }
}
