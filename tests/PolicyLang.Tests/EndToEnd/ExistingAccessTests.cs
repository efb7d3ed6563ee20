using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>What <c>base</c> names and which clusters are only observed: what builds, guards and questions make of it.</summary>
public sealed class ExistingAccessTests
{
    private const string Bases = """
        language: 1
        kubernetes:
          base: "exports/{cluster}/*.yaml"

        """;

    private const string Observing = Bases + """
        clusters:
          default: manage
          "st*": observe

        """;

    [Fact]
    public void A_binding_that_is_there_already_and_gives_more_fails_the_build_with_its_line()
    {
        using var project = new LiveProject(settings: Bases);
        project.Write("exports/prod/rbac.yaml", LiveProject.Binding("old", "edit", "Group", "system:authenticated"));
        var result = project.Run("build");
        Assert.Equal(1, result.Status);
        Assert.Contains("exports/prod/rbac.yaml:2", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Cli.Folder.Full("out")));
    }

    [Fact]
    public void A_binding_that_is_there_already_and_gives_no_caller_more_does_not_matter()
    {
        using var project = new LiveProject(settings: Bases);
        project.Write("exports/prod/rbac.yaml", LiveProject.Binding("old", "edit", "Group", "somebody-else") + LiveProject.Binding("everyone", "system:discovery", "Group", "ops"));
        project.Build();
    }

    [Fact]
    public void An_object_of_policyc_in_an_export_is_replaced_by_the_new_one()
    {
        using var project = new LiveProject(settings: Bases);
        project.Write("exports/prod/rbac.yaml", LiveProject.Binding("other", "view", "Group", "somebody-else"));
        project.Build();
        project.Write("exports/prod/rbac.yaml", project.Manifests("prod").Replace("\"view\"", "\"cluster-admin\"", StringComparison.Ordinal));
        project.Build();
    }

    [Fact]
    public void A_role_of_Teleport_that_is_there_already_fails_the_build()
    {
        using var project = new LiveProject(settings: """
            language: 1
            paths:
              tailscale: { kind: tailscale }
              cloudflare: { kind: cloudflare, people: okta }
              teleport: { kind: teleport, base: live/*.yaml }

            """);
        const string role = """
            kind: role
            version: v7
            metadata: { name: all }
            spec:
              allow:
                kubernetes_labels: { "*": "*" }
                kubernetes_groups: ["policyc:prod:sre"]
                kubernetes_resources: [{ kind: "*", name: "*", namespace: "*", verbs: ["*"] }]

            """;
        project.Write("live/roles.yaml", role);
        project.Build();
        project.Write("live/bots.yaml", "kind: bot\nversion: v1\nmetadata: { name: ci }\nspec: { roles: [all] }\n");
        var result = project.Run("build");
        Assert.Equal(1, result.Status);
        Assert.Contains("the machine `ci`", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Gateway_rule_that_is_there_already_fails_the_build_where_it_lets_somebody_pass()
    {
        using var project = new LiveProject(settings: """
            language: 1
            paths:
              tailscale: { kind: tailscale }
              teleport: { kind: teleport }
              cloudflare: { kind: cloudflare, people: okta, base: live.json }

            """);
        const string rule = """[{ "name": "office", "action": "allow", "enabled": true, "precedence": 1, "filters": ["l4"], "traffic": "net.dst.ip in {ADDRESS}", "identity": "", "device_posture": "" }]""";
        project.Write("live.json", rule.Replace("ADDRESS", "203.0.113.0/24", StringComparison.Ordinal));
        project.Build();
        project.Write("live.json", rule.Replace("ADDRESS", "198.51.100.0/24", StringComparison.Ordinal));
        var result = project.Run("build");
        Assert.Equal(1, result.Status);
        Assert.Contains("live.json:1:2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_for_an_observed_cluster()
    {
        using var project = new LiveProject(settings: Observing);
        project.Write("exports/stg/rbac.yaml", LiveProject.Binding("old", "cluster-admin", "Group", "system:authenticated"));
        project.Build();
        Assert.False(Directory.Exists(project.Cli.Folder.Full("out/kubernetes/stg")));
        Assert.DoesNotContain("stg", project.Read("out/tailscale/policy.hujson"), StringComparison.Ordinal);
        Assert.DoesNotContain("stg", string.Concat(Directory.EnumerateFiles(project.Cli.Folder.Full("out/teleport")).Select(File.ReadAllText)), StringComparison.Ordinal);

        // And it may be managed later, or vanish from the policy.
        project.Write("policyc.yaml", Bases.Replace("exports/{cluster}", "exports/{cluster}/none-of", StringComparison.Ordinal));
        Assert.Contains("base-matches-nothing", project.Run("build").Output, StringComparison.Ordinal);
        project.Write("policyc.yaml", "language: 1\n");
        project.Build();
        Assert.True(Directory.Exists(project.Cli.Folder.Full("out/kubernetes/stg")));
    }

    [Fact]
    public void Who_and_can_see_what_is_there_already()
    {
        using var project = new LiveProject(settings: Observing + "paths:\n  tailscale: { kind: tailscale }\n  teleport: { kind: teleport, base: live.yaml }\n  cloudflare: { kind: cloudflare, people: okta }\n");
        project.Write("exports/stg/rbac.yaml", LiveProject.Binding("old", "cluster-admin", "Group", "old-admins"));
        project.Write("live.yaml", """
            kind: role
            version: v7
            metadata: { name: old }
            spec:
              allow:
                kubernetes_labels: { policyc-cluster: stg }
                kubernetes_groups: [old-admins]
                kubernetes_resources: [{ kind: "*", name: "*", namespace: "*", verbs: ["*"] }]
            ---
            kind: bot
            version: v1
            metadata: { name: ci }
            spec: { roles: [old] }

            """);
        project.Write("exports/stg/lock.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: impersonator }
            rules: [{ apiGroups: [""], resources: [users, groups], verbs: [impersonate] }]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: impersonator }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: impersonator }
            subjects: [{ kind: ServiceAccount, name: teleport-agent, namespace: teleport-agent }]

            """);
        var who = project.Run("who", "can", "read", "secrets", "on", "stg");
        Assert.Contains("ci (no subject of the policy) (a machine)\n  get secrets on stg cluster-wide via teleport\n    exports/stg/rbac.yaml:2:1: ClusterRoleBinding old\n", who.Output, StringComparison.Ordinal);
        project.Write("access.policy", LiveProject.Policy + "never anyone can read secrets on stg\n");
        var build = project.Run("build");
        Assert.Contains("error[guard-broken]: `ci (no subject of the policy)` can `get secrets` on cluster `stg` via `teleport`", build.Output, StringComparison.Ordinal);
        Assert.Contains("it is there already, and no rule of the policy gives it", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_over_exports_show_the_chain_in_them()
    {
        using var project = new LiveProject();
        project.Build();
        project.Write("live.yaml", project.Manifests("prod") + LiveProject.Binding("old", "cluster-admin", "Group", "policyc:prod:sre"));
        Assert.Equal(1, project.Run("can", "sre", "delete", "nodes", "on", "prod", "via", "teleport").Status);
        Assert.Equal(0, project.Run("can", "sre", "delete", "nodes", "on", "prod", "via", "teleport", "--export", "prod=live.yaml").Status);
        Assert.Equal(1, project.Run("can", "sre", "delete", "nodes", "on", "prod", "via", "teleport", "--from", "out").Status);
        var why = project.Run("why", "sre", "delete", "nodes", "on", "prod", "via", "teleport", "--export", "prod=live.yaml").Output;
        const string expected = """
            yes
              on cluster `prod` via `teleport`
                subject  `sre`  (access.policy:3:7)
                path     `teleport` lets them through: role policyc.prod.sre  (teleport/00-roles.yaml:L)
                group    the API server knows them as `policyc:prod:sre`, `policyc:teleport`
                binding  ClusterRoleBinding old  (live.yaml:L)
                right    ClusterRole `cluster-admin` (built into Kubernetes) holds `delete nodes`
            assuming ClusterRole `cluster-admin` of cluster `prod` holds what Kubernetes itself puts there, and nobody aggregates more into it

            """;
        Assert.Equal(expected, LiveProject.WithoutLines(why).Replace("access.policy:L", "access.policy:3:7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clusters: { default: mange }", "error[unknown-cluster-mode]: `mange` is no mode of a cluster")]
    [InlineData("clusters: { prod: watch }", "error[unknown-cluster-mode]: `watch` is no mode of a cluster")]
    [InlineData("clusters: { \"prd*\": observe }", "error[cluster-pattern-matches-nothing]: `prd*` matches no cluster of the policy")]
    [InlineData("clusters: { \"p*\": observe, \"*d\": manage }", "error[contradictory-cluster-modes]: cluster `prod` is managed by one of `p*` and `*d`, and observed by the other")]
    [InlineData("kubernetes: { base: exports/*.yaml }", "error[base-without-cluster]: the pattern `exports/*.yaml` does not say of which cluster a file is")]
    [InlineData("kubernetes: { base: \"exports/{cluster}/*.yaml\" }", "error[base-matches-nothing]: the pattern `exports/{cluster}/*.yaml` matches no file")]
    [InlineData("paths: { teleport: { kind: teleport, base: live.yaml }, tailscale: { kind: tailscale }, cloudflare: { kind: cloudflare, people: okta } }", "error[base-matches-nothing]: the pattern `live.yaml` matches no file")]
    public void A_mistake_in_the_settings_is_one_error(string settings, string expected)
    {
        using var project = new LiveProject(settings: "language: 1\n" + settings + "\n");
        var result = project.Run("build");
        Assert.StartsWith(expected, result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_by_its_own_name_is_no_contradiction()
    {
        using var project = new LiveProject(settings: "language: 1\nclusters: { \"*\": observe, prod: manage }\n");
        project.Build();
        Assert.Equal(["prod"], Directory.EnumerateDirectories(project.Cli.Folder.Full("out/kubernetes")).Select(Path.GetFileName));
    }
}
