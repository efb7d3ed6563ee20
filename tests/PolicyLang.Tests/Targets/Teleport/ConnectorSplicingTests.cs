using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>A connector that others share keeps their rows, its comments and its settings, and gets the policy's rows besides.</summary>
public sealed class ConnectorSplicingTests
{
    private const string ProjectFile = "language: 1\npaths:\n  teleport: { kind: teleport, base: live.yaml }\n";

    private const string Policy = """
        cluster prod { teleport { label = "policyc-cluster=prod" } }
        cluster stg  { teleport { label = "policyc-cluster=stg" } }
        group sre { github = "acme/sre" }
        role view = clusterrole "view"
        allow sre as view on prod cluster-wide
        """;

    private const string Role = """
        kind: role
        version: v7
        metadata:
          name: nodes
        spec:
          options: {max_session_ttl: 8h0m0s}
          allow:
            node_labels: {'*': '*'}
            logins: [ubuntu]
          deny: {}
        ---

        """;

    private const string Connector = """
        kind: github
        metadata:
          name: github # people type it
          revision: 1f2e3d4c
        spec:
          client_id: ${GITHUB_CLIENT_ID}
          client_redirect_settings: null
          client_secret: ${GITHUB_CLIENT_SECRET}
          display: GitHub
          endpoint_url: ""
          redirect_url: https://${TELEPORT_PROXY}/v1/webapi/github/callback
          teams_to_logins: null
          teams_to_roles: # who may what
          # the data team
          - organization: acme
            roles:
            - nodes
            team: data
          - {organization: acme, team: sre, roles: [nodes]}
        version: v3

        """;

    private const string Block = "  # policyc: begin\n  - organization: \"acme\"\n    team: \"sre\"\n    roles:\n    - \"policyc.prod.sre\"\n  # policyc: end\n";

    private const string Live = Role + Connector;

    [Fact]
    public void Rows_stand_at_the_head_of_the_list_and_the_rest_stays()
        => Assert.Equal(Connector.Replace("may what\n", "may what\n" + Block, StringComparison.Ordinal), Splice(Live));

    [Fact]
    public void An_output_as_base_gives_the_same_bytes()
    {
        var once = Splice(Live);
        Assert.Equal(once, Splice(Role + once));
        Assert.Equal(Splice(Live, Policy.Replace("on prod", "on stg", StringComparison.Ordinal)), Splice(Role + once, Policy.Replace("on prod", "on stg", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_that_is_missing_is_added()
    {
        var without = Live[..Live.IndexOf("  teams_to_roles:", StringComparison.Ordinal)].Replace("teams_to_logins: null", "teams_to_logins:\n  - {organization: acme, team: data, logins: [nodes]}", StringComparison.Ordinal) + "version: v3\n";
        Assert.Contains("spec:\n  # policyc: begin\n  teams_to_roles:\n  - organization: \"acme\"\n", Splice(without), StringComparison.Ordinal);
        Assert.Equal(Splice(without), Splice(Role + Splice(without)));
    }

    [Theory]
    [InlineData("client_id: ${GITHUB_CLIENT_ID}", "client_id: Iv1.abc", "teleport-base-differs [client_id]")]
    [InlineData("client_secret: ${GITHUB_CLIENT_SECRET}", "client_secret: hunter2", "teleport-base-differs [client_secret]")]
    [InlineData("endpoint_url: \"\"", "endpoint_url: https://ghe.acme.com", "teleport-base-differs [endpoint_url]")]
    [InlineData("teams_to_roles: # who may what\n", "teams_to_roles: [{organization: a, team: b, roles: [c]}]\n  more:\n", "teleport-base-connector [[{organization: a, team: b, roles: [c]}]]")]
    [InlineData("display: GitHub", "display: &name GitHub", "teleport-base-connector [&name]")]
    [InlineData("  # the data team", "  # policyc: begin", "teleport-base-markers [  # policyc: begin]")]
    [InlineData("  # the data team", "  # policyc: end", "teleport-base-markers [  # policyc: end]")]
    public void What_cannot_be_kept_and_added_to_is_refused(string old, string replacement, string finding)
    {
        var compilation = Compile(Live.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Empty(compilation.Outputs);
        Assert.Equal([finding], compilation.Diagnostics.Select(d => $"{d.Code} [{d.Location?.Text}]"));
        Assert.DoesNotContain("hunter2", compilation.Diagnostics[0].Message + compilation.Diagnostics[0].Help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_connector_of_the_name_and_JSON_are_refused()
    {
        Assert.Equal(["teleport-base-connector"], Compile(Live + "---\n" + Connector).Diagnostics.Select(d => d.Code).Distinct());
        Assert.Equal(["teleport-base-connector"], Compile("{\"kind\": \"github\"}").Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void A_file_without_the_connector_leaves_it_to_policyc()
        => Assert.StartsWith("# Written by policyc", Splice(Role[..Role.IndexOf("---", StringComparison.Ordinal)]), StringComparison.Ordinal);

    // What the other rows give is in roles of the base, which count as they are.
    [Theory]
    [InlineData("    node_labels: {'*': '*'}", "    kubernetes_labels: {policyc-cluster: prod}\n    kubernetes_groups: [\"policyc:prod:sre\"]\n    kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]")]
    [InlineData("    - nodes\n", "    - policyc.prod.sre\n")]
    public void A_row_or_a_role_of_the_base_that_opens_a_cluster_fails_the_build_at_the_base(string old, string replacement)
    {
        var errors = Compile(Live.Replace(old, replacement, StringComparison.Ordinal)).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal(("base-reaches-cluster", "live.yaml"), (error.Code, error.Location?.Source.Path)));
    }

    private static Compilation Compile(string live, string policy = Policy) => WholeProject.Compile(policy, ProjectFile, ("live.yaml", live));

    private static string Splice(string live, string policy = Policy)
    {
        var compilation = Compile(live, policy);
        Assert.True(!compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        return Encoding.UTF8.GetString(compilation.Outputs["teleport"].Single(file => file.Path == "teleport/20-connector.yaml").Content.Span);
    }
}
