using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Proof;

/// <summary>Outputs that were changed on their way: what changes access is found in the right world, and what does not passes.</summary>
public sealed class TamperedOutputTests
{
    private const string Tailnet = "tailscale/policy.hujson";
    private const string Roles = "teleport/00-roles.yaml";
    private const string Connector = "teleport/20-connector.yaml";
    private const string Gateway = "cloudflare/gateway-rules.json";

    private static readonly Lazy<ProofCase> Acme = new(() => ProofCase.Example("acme"));

    // What the text of a base does is told apart only where the base is known; the build does that, and BaseReachTests.
    public static TheoryData<string> Examples => [.. ExampleProject.Names.Where(name => name != "tailnet-base")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_was_written_is_proved(string example)
    {
        var outcome = ProofCase.Example(example).Verify();
        Assert.True(outcome.IsProved, outcome.ToString());
    }

    // Each version of Teleport has another form, and each has to be read back.
    [Theory]
    [InlineData("5", "enterprise")]
    [InlineData("6", "community")]
    [InlineData("7", "enterprise")]
    [InlineData("9", "community")]
    [InlineData("10", "enterprise")]
    [InlineData("13", "enterprise")]
    [InlineData("14", "enterprise")]
    [InlineData("17", "community")]
    [InlineData("18", "enterprise")]
    public void Every_version_of_Teleport_is_proved(string version, string edition)
    {
        const string Policy = """
            cluster prod { teleport { label = "policyc-cluster=prod" } }
            cluster stg { teleport { label = "policyc-cluster=stg" } }
            group sre { github = "acme/sre" }
            group web { github = "acme/web" }
            role view = clusterrole "view"
            role debug { can exec pods }
            allow sre as view, debug on all clusters cluster-wide
            allow web as debug on stg in web, shop
            """;
        var compilation = WholeProject.Compile(Policy, $"language: 1\npaths:\n  teleport: {{ kind: teleport, version: \"{version}\", edition: {edition} }}\n");
        Assert.Empty(compilation.Diagnostics.Where(d => d.Severity == PolicyLang.Diagnostics.DiagnosticSeverity.Error).Select(d => d.Message));
    }

    [Fact]
    public void Every_access_needs_its_files()
    {
        foreach (var path in new[] { Tailnet, Roles, Connector, "kubernetes/prod-tokyo/cluster.yaml", "kubernetes/prod-tokyo/namespaces/payments.yaml" })
        {
            var outcome = Acme.Value.Verify((path, ""));
            Assert.True(outcome.Differences.Any(d => !d.IsGiven), $"{path}: {outcome}");
        }
    }

    [Theory]
    [InlineData(Tailnet, "\"ip\":  [\"tcp:443\"],", "\"ip\":  [\"tcp:22\"],", "-")]
    [InlineData(Tailnet, "\"ip\":  [\"tcp:443\"],", "", "-")]
    [InlineData(Tailnet, "\"src\": [\"group:compliance@acme.example\"]", "\"src\": [\"autogroup:member\"]", "+")]
    [InlineData(Tailnet, "\"src\": [\"group:compliance@acme.example\"]", "\"src\": [\"*\"]", "+")]
    [InlineData(Tailnet, "{\"groups\": [\"", "{\"group\": [\"", "-")]
    [InlineData(Roles, "kubernetes_labels:\n      policyc-cluster:\n      - \"cards-tokyo\"", "kubernetes_labels:\n      policyc-cluster:\n      - \"prod-tokyo\"", "-")]
    [InlineData(Roles, "kubernetes_labels:\n      policyc-cluster:\n      - \"cards-tokyo\"", "kubernetes_labels:\n      \"*\":\n      - \"*\"", "-")]
    [InlineData(Roles, "    device_trust_mode: \"required\"\n", "", "+")]
    [InlineData(Roles, "    kubernetes_groups:\n    - \"policyc:cards-tokyo:compliance:via-teleport:when-managed\"", "    kubernetes_groups:\n    - \"system:masters\"", "-")]
    [InlineData("kubernetes/prod-tokyo/cluster.yaml", "kind: \"ClusterRoleBinding\"", "kind: \"RoleBinding\"", "-")]
    public void A_change_that_changes_access_is_a_difference(string path, string old, string replacement, string sign)
    {
        var outcome = Acme.Value.Replace(path, old, replacement);
        Assert.True(outcome.Differences.Any(d => d.IsGiven == (sign == "+")), $"{path}: {old} > {replacement}\n{outcome}");
    }

    [Theory]
    [InlineData(Tailnet, "\"ssh\": []")]
    [InlineData(Tailnet, "\"nodeAttrs\": [{\"target\": [\"*\"], \"attr\": [\"funnel\"]}]")]
    [InlineData(Tailnet, "\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}]")]
    [InlineData(Tailnet, "\"unheardOf\": 1")]
    public void A_section_that_policyc_never_writes_is_not_passed_over(string path, string section)
    {
        var outcome = Acme.Value.Replace(path, "\n\t\"grants\": [", $"\n\t{section},\n\t\"grants\": [");
        Assert.Equal(section == "\"ssh\": []", outcome.IsProved);
    }

    [Fact]
    public void A_tailnet_without_grants_lets_everybody_in()
    {
        var text = Acme.Value.TextOf(Tailnet);
        var outcome = Acme.Value.Verify((Tailnet, text.Replace("\"grants\": [", "\"nothing\": [", StringComparison.Ordinal)));
        Assert.False(outcome.IsProved);
    }

    [Theory]
    [InlineData("\"action\": \"block\"", "\"action\": \"allow\"", "+")]
    [InlineData("\"action\": \"allow\"", "\"action\": \"block\"", "-")]
    [InlineData("\"enabled\": true", "\"enabled\": false", "+")]
    [InlineData("any(identity.groups.name[*] in {", "any(identity.groups.name[*] in {\"Everyone\" ", "+")]
    [InlineData("\"identity\": \"any(identity.groups.name[*] in {\\\"Break Glass\\\"})\"", "\"identity\": \"\"", "+")]
    [InlineData(" and net.dst.port == 6443", " and net.dst.port == 443", "-")]
    public void Gateway_rules_are_compared_as_Gateway_reads_them(string old, string replacement, string sign)
    {
        var outcome = Acme.Value.Replace(Gateway, old, replacement);
        Assert.True(outcome.Differences.Any(d => d.IsGiven == (sign == "+")), $"{old} > {replacement}\n{outcome}");
    }

    [Fact]
    public void A_lock_that_opens_for_more_is_found()
    {
        var path = Acme.Value.Paths.First(p => p == "kubernetes/prod-tokyo/cluster.yaml");
        var text = Acme.Value.TextOf(path);
        var at = text.IndexOf("  - \"groups\"\n  resourceNames:\n", StringComparison.Ordinal);
        var end = text.IndexOf("  verbs:", at, StringComparison.Ordinal);
        var outcome = Acme.Value.Verify((path, string.Concat(text.AsSpan(0, at), "  - \"groups\"\n", text.AsSpan(end))));
        Assert.Contains(outcome.Findings, f => f.Code == "proof-other-effect" && f.Message.Contains("may assert any group", StringComparison.Ordinal));
    }

    [Fact]
    public void A_binding_for_everybody_is_found()
    {
        var outcome = Acme.Value.Replace("kubernetes/prod-tokyo/namespaces/payments.yaml", "  kind: \"Group\"\n  name: \"", "  kind: \"Group\"\n  name: \"system:authenticated\"\n- apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \"Group\"\n  name: \"");
        Assert.True(outcome.Differences.Any(d => d.IsGiven && d.Cluster.Name == "prod-tokyo"), outcome.ToString());
    }

    [Fact]
    public void A_role_with_one_more_verb_is_another_role()
    {
        var outcome = Acme.Value.Replace("kubernetes/prod-tokyo/cluster.yaml", "  - \"clusterroles\"\n  verbs:\n  - \"get\"", "  - \"clusterroles\"\n  verbs:\n  - \"bind\"\n  - \"get\"");
        Assert.True(outcome.Differences.Any(d => d.IsGiven && d.Right.Contains("with other rules than the policy's", StringComparison.Ordinal)), outcome.ToString());
    }

    [Fact]
    public void A_build_names_the_caller_the_cluster_the_right_and_the_place()
    {
        var text = Acme.Value.TextOf(Tailnet);
        var report = Acme.Value.Report((Tailnet, text.Replace("\"dst\": [\"tag:k8s-ci-tokyo\"]", "\"dst\": [\"tag:k8s-prod-tokyo\"]", StringComparison.Ordinal)));
        Assert.All(report, d => Assert.Equal("proof-difference", d.Code));
        var lost = report.First(d => d.Message.Contains("`tag:ci`", StringComparison.Ordinal) && d.Message.Contains("`ci-tokyo` would not have", StringComparison.Ordinal));
        Assert.StartsWith(
            "by the outputs, the machine `tag:ci` who comes via `tailscale` to cluster `ci-tokyo` would not have ClusterRole `policyc:deploy` in namespace `builds`: no artefact lets them through to the cluster",
            lost.Message,
            StringComparison.Ordinal);
        Assert.StartsWith("allow deployer", lost.Location!.Text, StringComparison.Ordinal);

        // The proxy of the other cluster may not assert the group, so that a slipped tag there takes access away and gives none.
        Assert.Contains(report, d => d.Message.Contains("`prod-tokyo`", StringComparison.Ordinal) && d.Message.Contains("the lock of the proxy does not let it assert `policyc:ci-tokyo:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_build_says_what_it_does_not_understand()
    {
        var report = Acme.Value.Report((Connector, Acme.Value.TextOf(Connector) + "---\nkind: \"trusted_cluster\"\nversion: \"v2\"\nmetadata:\n  name: \"x\"\n"));
        Assert.Contains(report, d => d.Code == "proof-not-understood" && d.Message.Contains(Connector, StringComparison.Ordinal));
    }

    [Fact]
    public void What_changes_nothing_passes()
    {
        var yaml = Acme.Value.TextOf("kubernetes/prod-tokyo/namespaces/payments.yaml");
        var documents = yaml.Split("---\n");
        Assert.True(documents.Length > 1);
        Assert.True(Acme.Value.Verify(("kubernetes/prod-tokyo/namespaces/payments.yaml", "# reordered\n" + string.Join("---\n", documents.Reverse()))).IsProved);
        Assert.True(Acme.Value.Replace(Tailnet, "\"grants\": [", "// a comment\n\t\"grants\":   [").IsProved);
        var roles = Acme.Value.TextOf(Roles).Split("---\n");
        Assert.True(Acme.Value.Verify((Roles, string.Join("---\n", roles.Reverse()))).IsProved);
    }
}
