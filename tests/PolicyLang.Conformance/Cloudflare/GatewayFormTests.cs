using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;
using Xunit;
using static PolicyLang.Conformance.Cloudflare.GatewayFiles;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>The forms that artefacts come in, and what is not understood of them.</summary>
public sealed class GatewayFormTests
{
    private const string Block = """{"name":"b","enabled":true,"precedence":9,"action":"block","filters":["l4"],"traffic":"net.dst.ip in {198.51.100.101 2001:db8::101}"}""";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{}x")]
    [InlineData("""[{"a":1,"a":2}]""")]
    [InlineData("""[{"name":"\ud800","action":"allow"}]""")]
    [InlineData("""{"result":[],"other":1}""")]
    [InlineData("""{"result":[],"result_info":{"page":1,"total_pages":2}}""")]
    [InlineData("""{"resource":{},"module":{"x":{"source":"./x"}}}""")]
    public void A_file_that_is_not_understood_leaves_everything_undecided(string content)
    {
        var reading = Read("rules.json", $"[{Block}]", ("more.json", content));
        Assert.NotEmpty(reading.Problems);
        Assert.Equal(Formula.Undecided, reading.GateTo(Endpoint).Opens);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("""{"a":""")]
    public void Deep_nesting_is_a_problem(string unit)
        => Assert.NotEmpty(Read("rules.json", string.Concat(Enumerable.Repeat(unit.Length == 0 ? "[" : unit, 100_000))).Problems);

    [Fact]
    public void Files_in_terraforms_own_syntax_leave_everything_undecided()
        => Assert.Equal(Formula.Undecided, Read("rules.tf", "resource \"x\" \"y\" {}", ("rules.json", $"[{Block}]")).GateTo(Endpoint).Opens);

    [Theory]
    [InlineData($"[{Block}]")]
    [InlineData(Block)]
    [InlineData($$$"""{"result":[{{{Block}}}],"success":true,"errors":[],"messages":[],"result_info":{"page":1,"total_pages":1}}""")]
    [InlineData($$$"""{"result":{{{Block}}},"success":true,"errors":[],"messages":[]}""")]
    public void Bodies_and_answers_of_the_api_are_read(string content)
    {
        var reading = Read("rules.json", "\uFEFF" + content);
        Assert.Empty(reading.Problems);
        Assert.Equal(Formula.Never, reading.GateTo(Endpoint).Opens);
    }

    [Fact]
    public void Members_that_the_api_adds_are_known()
    {
        var rule = Rule("allow", 1, "").With("id", "x").With("created_at", "t").With("updated_at", "t").With("deleted_at", null).With("version", 1)
            .With("read_only", false).With("sharable", true).With("source_account", null).With("warning_status", "").With("expiration", null).With("schedule", new JsonObject())
            .With("conditions", new JsonArray())
            .With("rule_settings", JsonNode.Parse("""{"add_headers":null,"block_page_enabled":false,"l4override":null,"override_ips":null,"check_session":{"enforce":true,"duration":"24h0m0s"},"bypass_parent_rule":false}"""));
        Assert.Empty(Api(rule).Problems);
        Assert.Equal(Formula.Never, Api(rule.DeepClone().AsObject().With("deleted_at", "t"), Rule("block", 2, "")).GateTo(Endpoint).Opens);
    }

    [Theory]
    [InlineData("conditions", """[{"type":"traffic","expression":{"in":{"lhs":"net.dst.ip","rhs":"$x"}}}]""")]
    [InlineData("nonsense", "1")]
    [InlineData("rule_settings", """{"bypass_parent_rule":true}""")]
    [InlineData("rule_settings", """{"check_session":{"nonsense":1}}""")]
    [InlineData("read_only", "true")]
    [InlineData("filters", """["l4","http"]""")]
    [InlineData("filters", "null")]
    [InlineData("action", "\"isolate\"")]
    [InlineData("identity", "\"lower(identity.email) == \\\"a\\\"\"")]
    [InlineData("identity", "\"any(identity.groups[*].name in {\\\"sre\\\"})\"")]
    [InlineData("identity", "\" \"")]
    [InlineData("identity", "[]")]
    [InlineData("traffic", "\"net.dst.port == \\\"6443\\\"\"")]
    [InlineData("traffic", "\"any(http.conn.dst_ip[*] in {10.0.0.1})\"", 0)]
    public void What_is_not_understood_of_a_rule_is_a_problem_and_decides_nothing(string key, string value, int problems = 1)
    {
        var reading = Api(Rule("allow", 1, "net.dst.port == 6443").With(key, JsonNode.Parse(value)), Rule("block", 2, ""));
        Assert.Equal(problems, reading.Problems.Length);
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint));
    }

    [Theory]
    [InlineData("""net.dst.ip in ${"$"}${replace(cloudflare_zero_trust_list.k8s.id, "-", "")}""", true)]
    [InlineData("""${format("net.dst.ip in $%s", replace(cloudflare_zero_trust_list.k8s.id, "-", ""))}""", true)]
    [InlineData("""net.dst.ip in $${cloudflare_zero_trust_list.k8s.id}""", false)]
    [InlineData("""net.dst.ip in ${"$"}{cloudflare_zero_trust_list.k8s.id}""", false)]
    [InlineData("""net.dst.ip in ${"$"}${cloudflare_zero_trust_list.other.id}""", false)]
    [InlineData("${var.traffic}", false)]
    [InlineData("net.dst.ip in {${join(\" \", local.addresses)}}", false)]
    [InlineData("%{ if true }net.dst.port == 6443%{ endif }", false)]
    [InlineData("net.dst.ip in $\uE0000", false)]
    [InlineData("${", false)]
    [InlineData("${\"${\"${\"", false)]
    public void Templates_of_terraform_are_filled_in_or_left_undecided(string traffic, bool isKnown)
    {
        var resources = new JsonObject
        {
            ["cloudflare_zero_trust_list"] = JsonNode.Parse("""{"k8s":{"account_id":"${var.account_id}","name":"k","type":"IP","items":[{"value":"198.51.100.101/32"},{"value":"2001:db8::101/128"}]}}"""),
            ["cloudflare_zero_trust_gateway_policy"] = new JsonObject { ["b"] = Rule("block", 1, traffic) },
        };
        var reading = Read("a.tf.json", Terraform("~> 5.22", resources));
        Assert.Equal(isKnown, reading.Problems.IsEmpty);
        Assert.Equal(isKnown ? Truth.False : Truth.Unknown, reading.Reaches(Endpoint));
    }

    [Fact]
    public void Older_names_and_shapes_of_the_provider_are_read()
    {
        const string Content = """
            {"//": "a comment", "resource": [{"cloudflare_teams_rule": {"b": [{"account_id": "x", "name": "b", "description": "b", "enabled": "true", "precedence": "5", "action": "block", "filters": ["l4"],
              "traffic": "${format(\"net.dst.ip in $%s\", cloudflare_teams_list.l.id)}",
              "rule_settings": [{"block_page_reason": "no", "notification_settings": [{"enabled": true, "message": "no"}]}]}]}},
             {"cloudflare_teams_list": {"l": {"account_id": "x", "name": "l", "type": "IP", "items": ["198.51.100.101"], "items_with_description": [{"value": "2001:db8::101", "description": "x"}]}}},
             {"cloudflare_tunnel_route": {"r": {"account_id": "x", "tunnel_id": "t", "network": "198.51.100.101/32"}, "wide": {"account_id": "x", "tunnel_id": "t", "network": "10.0.0.0/8"}}}]}
            """;
        var reading = Read("a.tf.json", Content);
        Assert.Empty(reading.Problems);
        Assert.Equal(Truth.True, reading.Reaches(Endpoint));
        Assert.Equal(Truth.False, reading.Reaches(new GatewayEndpoint([Prod], 6443)));
        Assert.Equal("routes `10.0.0.0/8` to a tunnel (`cloudflare_tunnel_route.wide`)", Assert.Single(reading.OtherEffects).What);
    }

    [Theory]
    [InlineData("count", "2")]
    [InlineData("for_each", "{}x")]
    [InlineData("lifecycle", """{"ignore_changes":["precedence"]}""")]
    public void Rules_that_terraform_multiplies_or_leaves_alone_decide_nothing(string key, string value)
    {
        var rule = Rule("block", 1, "").With(key, value == "{}x" ? "${var.x}" : JsonNode.Parse(value));
        var reading = Read("a.tf.json", Terraform("~> 5.22", new JsonObject { ["cloudflare_zero_trust_gateway_policy"] = new JsonObject { ["b"] = rule } }));
        Assert.Single(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.Reaches(Endpoint));
    }

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((((a*)*)*)*)*$")]
    [InlineData("(){1000000000}")]
    [InlineData("a{1}{1}{1}")]
    public void Hostile_patterns_end(string pattern)
    {
        var text = new string('(', 5000) + pattern;
        BytePatternParser.Parse(text, out _);
        BytePatternParser.Parse(pattern + string.Concat(Enumerable.Repeat("{1}", 10_000)), out _);
        BytePatternParser.Parse(pattern, out _)?.IsMatch(new string('a', 10_000));
    }
}
