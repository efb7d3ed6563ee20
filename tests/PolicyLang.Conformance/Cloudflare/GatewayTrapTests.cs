using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using Xunit;
using static PolicyLang.Conformance.Cloudflare.GatewayFiles;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>The traps of Gateway, as far as they concern who reads its rules.</summary>
public sealed class GatewayTrapTests
{
    private const string Prod = "net.dst.ip in {198.51.100.101 2001:db8::101}";
    private const string Sre = "any(identity.groups.name[*] in {\"sre\"})";
    private const string CheckId = "1308749e-fcfb-4ebc-b051-fe022b632644";

    [Fact]
    public void Trap01_allow_rules_without_a_block_let_everyone_in()
    {
        Assert.Equal(Truth.True, Api(Rule("allow", 1, Prod, Sre)).Reaches(Endpoint));
        Assert.Equal(Truth.False, Api(Rule("allow", 1, Prod, Sre), Rule("block", 2, Prod)).Reaches(Endpoint));
        Assert.Equal(Truth.True, Api(Rule("allow", 1, Prod, Sre), Rule("block", 2, Prod)).Reaches(Endpoint, Group("sre")));
        Assert.Equal(Formula.Always, GatewayReading.Read([]).GateTo(Endpoint).Opens);
        Assert.Null(Assert.Single(GatewayReading.Read([]).OpeningsTo(Endpoint)).Rule);
    }

    [Fact]
    public void Trap02_an_empty_identity_is_everyone()
        => Assert.Equal(Formula.Always, Api(Rule("allow", 1, Prod), Rule("block", 2, Prod)).GateTo(Endpoint).Opens);

    [Fact]
    public void Trap03_terraform_leaves_rules_off_unless_they_are_turned_on()
    {
        var block = Rule("block", 2, Prod).Without("enabled");
        var reading = Read("a.tf.json", Terraform("~> 5.22", Resources(("allow", Rule("allow", 1, Prod, Sre)), ("block", block))));
        Assert.Empty(reading.Problems);
        Assert.Equal(Truth.True, reading.Reaches(Endpoint));
        Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, Prod, Sre), Rule("block", 2, Prod).Without("enabled")).Reaches(Endpoint));
        Assert.Equal(Truth.True, Api(Rule("block", 2, Prod).With("enabled", false)).Reaches(Endpoint));
    }

    [Theory]
    [InlineData("net.dst.ip in {198.51.100.101}")]
    [InlineData("net.dst.ip in {198.51.100.101 2001:db8::101} and net.dst.port == 443")]
    [InlineData("net.dst.ip in {198.51.100.101 2001:db8::101} and net.protocol == \"udp\"")]
    public void Trap04_a_block_narrower_than_the_endpoint_leaves_the_rest_open(string traffic)
        => Assert.Equal(Truth.True, Api(Rule("allow", 1, Prod, Sre), Rule("block", 2, traffic)).Reaches(Endpoint));

    [Fact]
    public void Trap04_a_block_of_one_virtual_network_or_of_some_people_blocks_for_them_alone()
    {
        var vnet = Api(Rule("block", 2, $"{Prod} and net.vnet_id == \"v1\""));
        Assert.Equal(Truth.Unknown, vnet.Reaches(Endpoint));
        Assert.Equal(Truth.False, vnet.Reaches(Endpoint with { VirtualNetwork = "v1" }));
        Assert.Equal(Truth.True, vnet.Reaches(Endpoint with { VirtualNetwork = "v2" }));
        Assert.Equal(Truth.True, Api(Rule("block", 2, Prod, Sre)).Reaches(Endpoint));
        Assert.Equal(Truth.True, Api(Rule("block", 2, Prod, "", $"any(device_posture.checks.passed[*] in {{\"{CheckId}\"}})")).Reaches(Endpoint));
    }

    [Fact]
    public void Trap04_addresses_mapped_into_version_6_are_others()
        => Assert.Equal(Truth.True, Api(Rule("block", 2, Prod)).Reaches(new GatewayEndpoint(["::ffff:198.51.100.101"], 6443)));

    [Fact]
    public void Trap05_the_first_match_wins_whatever_comes_later()
    {
        Assert.Equal(Truth.True, Api(Rule("block", 2, Prod), Rule("allow", 1, "net.dst.port == 6443")).Reaches(Endpoint));
        Assert.Equal(Truth.False, Api(Rule("block", 1, Prod), Rule("allow", 2, "net.dst.port == 6443")).Reaches(Endpoint));
        Assert.Equal(Truth.False, Api(Rule("block", 1, Prod, Sre), Rule("allow", 2, Prod)).Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.True, Api(Rule("block", 1, Prod, Sre), Rule("allow", 2, Prod)).Reaches(Endpoint));
    }

    [Fact]
    public void Trap05_a_precedence_used_twice_is_refused_and_decides_nothing()
    {
        var reading = Api(Rule("block", 1, Prod), Rule("allow", 1, Prod, Sre), Rule("block", 2, Prod));
        Assert.Equal(ReadingProblemKind.Refused, Assert.Single(reading.Problems).Kind);
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.False, reading.Reaches(Endpoint));
        Assert.Single(Api(Rule("block", 1, Prod), Rule("block", 1, "", filter: "dns")).Problems);
    }

    [Fact]
    public void Trap05_a_rule_without_precedence_may_stand_anywhere()
    {
        var reading = Api(Rule("allow", 1, Prod, Sre), Rule("block", 2, Prod), Rule("allow", 3, Prod).Without("precedence"));
        Assert.Equal(ReadingProblemKind.NotModelled, Assert.Single(reading.Problems).Kind);
        Assert.Equal(Truth.True, reading.Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint));
    }

    [Fact]
    public void Trap05_version_4_of_the_provider_multiplies_precedences()
    {
        Assert.Equal(744u, PrecedenceOrder.Crc32("cftftest Important Policy") % 1000);

        // The crossing of scales while a move to version 5 is half applied: an allow at 2000 jumps over a block at 1,000,000 and more.
        var old = Terraform("~> 4.52", Resources(("block", Rule("block", 1000, Prod))));
        var moved = Terraform("~> 5.22", Resources(("allow", Rule("allow", 2000, Prod))));
        Assert.Equal(Truth.False, Read("a.tf.json", Terraform("~> 5.22", Resources(("block", Rule("block", 1000, Prod)), ("allow", Rule("allow", 2000, Prod))))).Reaches(Endpoint));
        Assert.Equal(Truth.False, Read("a.tf.json", old).Reaches(Endpoint));
        Assert.Equal(Truth.True, Read("a.tf.json", moved).Reaches(Endpoint));
        Assert.Equal(Truth.True, Read("a.tf.json", old, ("rules.json", new JsonArray(Rule("allow", 2000, Prod)).ToJsonString())).Reaches(Endpoint));

        // Two rules with one number stand in the order of their names' rests.
        var names = new[] { "a", "b" }.OrderBy(name => PrecedenceOrder.Crc32(name) % 1000).ToArray();
        JsonObject Both(string first, string second) => Resources(("x", Rule("block", 5, Prod).With("name", second)), ("y", Rule("allow", 5, Prod, Sre).With("name", first)));
        Assert.Equal(Truth.True, Read("a.tf.json", Terraform("~> 4.52", Both(names[0], names[1]))).Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.False, Read("a.tf.json", Terraform("~> 4.52", Both(names[1], names[0]))).Reaches(Endpoint, Group("sre")));
    }

    [Fact]
    public void Trap06_broad_helper_rules_open_clusters_too()
    {
        Assert.Equal(Truth.True, Api(Rule("allow", 1, "net.dst.port in {80 443 6443}"), Rule("block", 2, Prod)).Reaches(Endpoint));
        Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, "any(net.sni.domains[*] in {\"github.com\"})"), Rule("block", 2, Prod)).Reaches(Endpoint));
        Assert.Equal(Truth.False, Api(Rule("allow", 1, "net.dst.port in {80 443}"), Rule("block", 2, Prod)).Reaches(Endpoint));
    }

    [Fact]
    public void Trap07_regular_expressions_are_not_decided_of_callers()
        => Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, Prod, "identity.email matches \".*@example.com\""), Rule("block", 2, Prod)).Reaches(Endpoint, Email("mallory@example.com.evil.org")));

    [Fact]
    public void Trap08_parts_of_group_names_are_not_decided()
        => Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, Prod, "any(identity.groups.name[*] contains \"sre\")"), Rule("block", 2, Prod)).Reaches(Endpoint, Group("sre-readonly")));

    [Theory]
    [InlineData("identity.email != \"a@example.com\"", Truth.Unknown)]
    [InlineData("not(identity.email == \"a@example.com\")", Truth.True)]
    [InlineData("not(any(identity.groups.name[*] in {\"contractors\"}))", Truth.True)]
    [InlineData("any(identity.groups.name[*] != \"contractors\")", Truth.Unknown)]
    [InlineData("all(identity.groups.name[*] != \"contractors\")", Truth.True)]
    [InlineData("all(identity.groups.name[*] in {\"sre\"})", Truth.Unknown)]
    [InlineData("not(identity.email in {})", Truth.True)]
    [InlineData("notany(identity.groups.name[*] in {\"sre\"})", Truth.True)]
    public void Trap09_negations_match_callers_without_identity(string identity, Truth expected)
        => Assert.Equal(expected, Api(Rule("allow", 1, Prod, identity), Rule("block", 2, Prod)).Reaches(Endpoint));

    [Fact]
    public void Trap10_several_checks_in_one_set_are_alternatives()
    {
        var either = Api(Rule("allow", 1, Prod, "", "any(device_posture.checks.passed[*] in {\"a\" \"b\"})"), Rule("block", 2, Prod));
        Assert.Equal(Truth.True, either.Reaches(Endpoint, Check("a")));
        var both = Api(Rule("allow", 1, Prod, "", "any(device_posture.checks.passed[*] in {\"a\"}) and any(device_posture.checks.passed[*] in {\"b\"})"), Rule("block", 2, Prod));
        Assert.Equal(Truth.False, both.Reaches(Endpoint, Check("a")));
        Assert.Equal(Truth.True, both.Reaches(Endpoint, Check("a"), Check("b")));
        Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, Prod, "", "not(any(device_posture.checks.failed[*] in {\"a\"}))"), Rule("block", 2, Prod)).Reaches(Endpoint));
    }

    [Fact]
    public void Trap11_the_three_expressions_must_all_hold()
    {
        var reading = Api(Rule("allow", 1, Prod, Sre, "any(device_posture.checks.passed[*] == \"a\")"), Rule("block", 2, Prod));
        Assert.Equal(Truth.False, reading.Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.False, reading.Reaches(Endpoint, Check("a")));
        Assert.Equal(Truth.True, reading.Reaches(Endpoint, Group("sre"), Check("a")));
    }

    [Fact]
    public void Trap12_and_binds_tighter_than_or()
        => Assert.Equal(Truth.True, Api(Rule("allow", 1, "net.dst.ip in {10.0.0.0/8} and net.dst.port == 22 or net.dst.port == 6443"), Rule("block", 2, Prod)).Reaches(Endpoint));

    [Fact]
    public void Trap13_escapes_are_undone_before_names_are_compared()
    {
        var group = "a\"b\\c{日本語}${x}";
        var written = "any(identity.groups.name[*] == \"a\\\"b\\\\c{日本語}${x}\")";
        Assert.Equal(Truth.True, Api(Rule("allow", 1, Prod, written), Rule("block", 2, Prod)).Reaches(Endpoint, Group(group)));
        var terraform = Terraform("~> 5.22", Resources(
            ("a", Rule("allow", 1, Prod, written.Replace("${", "$${", StringComparison.Ordinal))),
            ("b", Rule("block", 2, Prod))));
        Assert.Equal(Truth.True, Read("a.tf.json", terraform).Reaches(Endpoint, Group(group)));
        var injected = Terraform("~> 5.22", Resources(("a", Rule("allow", 1, Prod, written)), ("b", Rule("block", 2, Prod))));
        Assert.Equal(Truth.Unknown, Read("a.tf.json", injected).Reaches(Endpoint));
    }

    [Fact]
    public void Trap14_lists_that_are_not_known_are_not_decided()
    {
        var rules = new JsonArray(
            Rule("allow", 1, "net.dst.ip in $0130295149f947c9a4000297e60b6a10", Sre),
            Rule("allow", 2, Prod, "identity.email in $aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa"),
            Rule("block", 3, Prod)).ToJsonString();
        const string Lists = """
            {"success":true,"errors":[],"messages":[],"result":[
              {"id":"01302951-49f9-47c9-a400-0297e60b6a10","name":"prod","type":"IP","items":[{"value":"198.51.100.0/24"},{"value":"2001:db8::/64"}]},
              {"id":"aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaaa","name":"people","type":"EMAIL","count":1,"items":[{"value":"a@example.com"}]}]}
            """;
        var known = Read("rules.json", rules, ("lists.json", Lists));
        Assert.Empty(known.Problems);
        Assert.Equal(Truth.True, known.Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.True, known.Reaches(Endpoint, Email("a@example.com")));
        Assert.Equal(Truth.False, known.Reaches(Endpoint, Email("A@example.com")));
        var unknown = Read("rules.json", rules);
        Assert.Equal(2, unknown.Problems.Length);
        Assert.Equal(Truth.Unknown, unknown.Reaches(Endpoint));
        Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, "net.dst.ip in $prod_ips"), Rule("block", 2, Prod)).Reaches(Endpoint));
        Assert.Contains(Read("lists.json", Lists).OtherEffects, effect => effect.What.Contains("`people`", StringComparison.Ordinal));
    }

    [Fact]
    public void Trap15_an_override_in_front_of_the_block_is_not_decided()
    {
        var reading = Api(Rule("l4_override", 1, "net.dst.port == 6443").With("rule_settings", new JsonObject { ["l4override"] = new JsonObject { ["ip"] = "1.1.1.1", ["port"] = 80 } }), Rule("block", 2, Prod));
        Assert.Empty(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint));
        Assert.Single(reading.OtherEffects);
        Assert.Equal(Truth.False, Api(Rule("block", 1, Prod), Rule("l4_override", 2, "net.dst.port == 6443")).Reaches(Endpoint));
    }

    [Fact]
    public void Trap16_do_not_inspect_opens_nothing_and_shields_from_http_rules()
    {
        var off = Rule("off", 3, "any(http.conn.dst_ip[*] in {198.51.100.101 2001:db8::101})", filter: "http");
        Assert.Equal(Truth.False, Api(off, Rule("block", 4, Prod)).Reaches(Endpoint));
        var spoiler = Rule("block", 1, "http.request.uri matches \".*\"", filter: "http");
        Assert.Equal(Truth.Unknown, Api(spoiler).Reaches(Endpoint));
        Assert.Equal(Truth.True, Api(spoiler.DeepClone().AsObject(), off.DeepClone().AsObject()).Reaches(Endpoint));
        Assert.Equal(Truth.True, Api(Rule("block", 1, "any(http.conn.dst_ip[*] in {10.0.0.0/8})", filter: "http")).Reaches(Endpoint));
    }

    [Fact]
    public void Trap17_comparison_is_by_bytes_and_a_block_also_matches_variants_of_an_address()
    {
        var allow = Api(Rule("allow", 1, Prod, "identity.email == \"alice@example.com\""), Rule("block", 2, Prod));
        Assert.Equal(Truth.True, allow.Reaches(Endpoint, Email("alice@example.com")));
        Assert.Equal(Truth.False, allow.Reaches(Endpoint, Email("Alice@Example.com")));
        var block = Api(Rule("block", 1, Prod, "identity.email == \"alice@example.com\""));
        Assert.Equal(Truth.False, block.Reaches(Endpoint, Email("alice@example.com")));
        Assert.Equal(Truth.Unknown, block.Reaches(Endpoint, Email("alice+x@example.com")));
        var settings = Terraform("~> 5.22", Resources(("a", Rule("allow", 1, Prod, "identity.email == \"alice@example.com\"")), ("b", Rule("block", 2, Prod)))
            .With("cloudflare_zero_trust_gateway_settings", JsonNode.Parse("""{"a":{"settings":{"extended_email_matching":{"enabled":true}}}}""")));
        Assert.Equal(Truth.Unknown, Read("a.tf.json", settings).Reaches(Endpoint, Email("alice+x@example.com")));
    }

    [Theory]
    [InlineData("net.dst.port == 06443", 6443, false)]
    [InlineData("net.dst.port == 06443", 3363, true)]
    [InlineData("net.dst.port in {6000-7000}", 6443, false)]
    [InlineData("net.dst.port in {6000-7000}", 6000, true)]
    [InlineData("net.dst.port in {6000..7000}", 6443, true)]
    [InlineData("net.dst.ip in {198} or net.dst.ip in {2001:db8::/32}", 6443, true)]
    [InlineData("net.dst.ip in {198/8}", 6443, true)]
    [InlineData("net.dst.ip in {198.51.100}", 6443, false)]
    public void Trap22_numbers_and_addresses_mean_what_the_engine_reads(string traffic, int port, bool isOpen)
        => Assert.Equal(isOpen.ToTruth(), Api(Rule("allow", 1, traffic), Rule("block", 2, Prod)).Reaches(Endpoint with { Port = port }));

    [Fact]
    public void Trap22_any_address_of_a_network_that_is_open_opens_it()
    {
        var reading = Api(Rule("allow", 1, "net.dst.ip in {10.1.2.3}", Sre), Rule("block", 2, "net.dst.ip in {10.0.0.0/8}"));
        Assert.Equal(Truth.True, reading.Reaches(new GatewayEndpoint(["10.0.0.0/8"], 6443), Group("sre")));
        Assert.Equal(Truth.False, reading.Reaches(new GatewayEndpoint(["10.0.0.0/8"], 6443)));
        Assert.Equal(Truth.True, reading.Reaches(new GatewayEndpoint(["10.0.0.0/7"], 6443)));
        Assert.Equal(Truth.Unknown, reading.Reaches(new GatewayEndpoint(["nowhere"], 6443)));
    }

    [Theory]
    [InlineData("schedule", """{"mon":"08:00-12:00"}""")]
    [InlineData("expiration", """{"expires_at":"2026-01-01T00:00:00Z"}""")]
    public void Trap24_network_rules_have_no_times(string key, string value)
    {
        var reading = Api(Rule("allow", 1, Prod, Sre).With(key, JsonNode.Parse(value)), Rule("block", 2, Prod));
        Assert.Equal(ReadingProblemKind.Refused, Assert.Single(reading.Problems).Kind);
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint, Group("sre")));
        Assert.Equal(Truth.False, reading.Reaches(Endpoint));
        Assert.Empty(Api(Rule("allow", 1, Prod).With(key, null)).Problems);
    }

    [Fact]
    public void Trap25_service_tokens_are_not_decided()
        => Assert.Equal(Truth.Unknown, Api(Rule("allow", 1, Prod, "identity.service_token"), Rule("block", 2, Prod)).Reaches(Endpoint));

    private static JsonObject Resources(params (string Label, JsonObject Rule)[] rules)
        => new() { ["cloudflare_zero_trust_gateway_policy"] = new JsonObject(rules.Select(rule => KeyValuePair.Create(rule.Label, (JsonNode?)rule.Rule))) };
}
