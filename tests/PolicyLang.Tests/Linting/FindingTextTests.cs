using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Findings name what they are about, in the words of the file that they are in.</summary>
public sealed class FindingTextTests
{
    private const string Roles = """
        resource "teleport_role" "a" {
          metadata = { name = "a" }
          spec     = { allow = { logins = ["a"] } }
        }
        """;

    [Theory]
    [InlineData("main.tf", Roles, "write `version = \"v7\"`, or `v8` from Teleport 18 on")]
    [InlineData("main.tf.json", """{"resource": {"teleport_role": {"a": {"metadata": {"name": "a"}, "spec": {"allow": {}}}}}}""", "write `\"version\": \"v7\"`, or `v8` from Teleport 18 on")]
    [InlineData("role.yaml", "kind: role\nmetadata: {name: a}\nspec: {allow: {}}\n", "write `version: v7`, or `v8` from Teleport 18 on")]
    public void The_version_is_written_as_the_file_writes_it(string file, string text, string help)
        => Assert.Equal(help, Assert.Single(LintRun.Lint([new(file, text)]), finding => finding.Code == "teleport-unknown-role-version").Help);

    [Theory]
    [InlineData("any(net.vnet_id == \\\"x\\\")", "`net.vnet_id` has one value, and is asked here as if it had several", "write `net.vnet_id …` without `any(…)`")]
    [InlineData("any(net.dst.ip[*] in {10.0.0.0/8})", "`net.dst.ip` has one value, and is asked here as if it had several", "write `net.dst.ip …` without `[*]` and `any(…)`")]
    [InlineData("dns.domains == \\\"x\\\"", "`dns.domains` has several values, and nothing says whether one or all of them must match", "write `any(dns.domains[*] …)`")]
    [InlineData("any(dns.domains[*] == \\\"x\\\") and dns.domains[*] == \\\"y\\\"", "`dns.domains[*]` has several values, and nothing says whether one or all of them must match", "write `any(dns.domains[*] …)`")]
    public void A_mismatch_names_the_field_and_the_form(string traffic, string message, string help)
    {
        var text = $"resource \"cloudflare_zero_trust_gateway_policy\" \"a\" {{\n  enabled = true\n  action = \"block\"\n  filters = [\"l4\"]\n  traffic = \"{traffic}\"\n}}\n";
        var finding = Assert.Single(LintRun.Lint([new("main.tf", text)]), finding => finding.Code == "cloudflare-quantifier-mismatch");
        Assert.Equal((message, help), (finding.Message, finding.Help));
    }

    [Theory]
    [InlineData("", "`Manager` without a namespace is `cluster-admin` in every cluster of the account")]
    [InlineData("resource_attributes {\n name = \"serviceInstance\"\n value = \"c0ffee\"\n}\n", "`Manager` without a namespace is `cluster-admin` in cluster `c0ffee`")]
    [InlineData("resource_attributes {\n name = \"resourceGroupId\"\n value = \"c0ffee\"\n}\n", "`Manager` without a namespace is `cluster-admin`")]
    public void A_service_role_names_its_clusters(string attributes, string message)
    {
        var text = $"resource \"ibm_iam_access_group_policy\" \"a\" {{\n  roles = [\"Manager\"]\n  resource_attributes {{\n    name = \"serviceName\"\n    value = \"containers-kubernetes\"\n  }}\n{attributes}}}\n";
        Assert.Equal(message, Assert.Single(LintRun.Lint([new("main.tf", text)]), finding => finding.Code == "iks-role-in-every-namespace").Message);
    }

    [Fact]
    public void A_file_whose_brace_a_comment_has_taken_does_not_begin_with_it()
        => Assert.Equal("the file does not begin with `{`", Assert.Single(LintRun.Lint([new("policy.hujson", "// {\n\"groups\": {}}\n")])).Message);

    [Theory]
    [InlineData("100.100.100.0/25", "Tailscale refuses this: IPPool(100.100.100.0/25): network within reserved range")]
    [InlineData("100.64.0.0/10", "Tailscale refuses this: IPPool(100.64.0.0/10): overlaps the reserved range 100.100.0.0/24")]
    public void A_pool_around_a_reserved_range_is_not_within_it(string pool, string message)
        => Assert.Equal(message, Assert.Single(LintRun.Lint([new("policy.hujson", $"{{\"acls\": [], \"nodeAttrs\": [{{\"target\": [\"*\"], \"ipPool\": [\"{pool}\"]}}]}}")]), finding => finding.Code == "tailscale-refused").Message);
}
