using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary><c>policyc verify</c> over files on disk and exports of live systems.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly LiveProject _project = new();

    public VerifyCommandTests() => _project.Build();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void What_was_built_is_exact()
    {
        var expected = new CliResult(0, "exact: on 2 clusters the artefacts give what the policy gives, and nothing else\n", "");
        Assert.Equal(expected, _project.Run("verify"));
        Assert.Equal(expected, _project.Run("verify", "--from", "out"));
        Assert.Equal(expected, _project.Run("verify", "--export", "tailscale=out/tailscale/policy.hujson", "--export", "cloudflare=out/cloudflare/gateway-rules.json"));
    }

    [Fact]
    public void A_file_on_disk_that_somebody_changed_is_drift()
    {
        _project.Replace("out/kubernetes/stg/namespaces/web.yaml", "\"view\"", "\"edit\"");
        var result = _project.Run("verify");
        Assert.Equal(1, result.Status);
        Assert.Contains("more than the policy gives:\n  + somebody in `acme/dev` via `teleport` on `stg`: ClusterRole `edit` in namespace `web`\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("less than the policy gives:\n  - somebody in `acme/dev` via `teleport` on `stg`: ClusterRole `view` in namespace `web`: nothing binds it to", result.Output, StringComparison.Ordinal);
        Assert.Contains("      by the rule at access.policy:17:1: allow dev as viewer on stg in web\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("not exact on 2 clusters: 2 more, 2 less\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_to_everything_in_the_tailnet_is_named()
    {
        _project.Write("live.hujson", _project.Read("out/tailscale/policy.hujson").Replace("\"grants\": [", "\"grants\": [\n\t\t{\"src\": [\"autogroup:admin\"], \"dst\": [\"*\"], \"ip\": [\"*\"]},", StringComparison.Ordinal));
        var result = _project.Run("verify", "--export", "tailscale=live.hujson");
        const string expected = """
            more than the policy gives:
              + somebody in `autogroup:admin` via `tailscale` on `prod`, `stg`: a connection to the API server
                  live.hujson:L: {"src": ["autogroup:admin"], "dst": ["*"], "ip": ["*"]},
            not exact on 2 clusters: 1 more

            """;
        Assert.Equal(expected, LiveProject.WithoutLines(result.Output));
    }

    [Fact]
    public void An_acls_section_that_allows_all_is_named()
    {
        _project.Write("live.hujson", _project.Read("out/tailscale/policy.hujson").Replace("\"grants\": [", "\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}],\n\t\"grants\": [", StringComparison.Ordinal));
        var output = _project.Run("verify", "--export", "tailscale=live.hujson").Output;
        Assert.Contains("  + somebody whom the path does not know via `tailscale` on `prod`, `stg`: a connection to the API server\n", output, StringComparison.Ordinal);
        Assert.Contains("{\"action\": \"accept\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_of_Teleport_that_selects_every_cluster_is_named()
    {
        _project.Write(
            "live.yaml",
            string.Join("---\n", Directory.EnumerateFiles(_project.Cli.Folder.Full("out/teleport")).Order(StringComparer.Ordinal).Select(File.ReadAllText))
                .Replace("    roles:\n    - \"policyc.stg.dev\"\n", "    roles:\n    - \"policyc.stg.dev\"\n    - \"access\"\n", StringComparison.Ordinal)
            + """
            ---
            kind: role
            version: v7
            metadata: { name: access }
            spec:
              options: { ssh_file_copy: false }
              allow:
                kubernetes_labels: { "*": "*" }
                kubernetes_groups: ["policyc:prod:sre"]
                kubernetes_resources: [{ kind: "*", name: "*", namespace: "*", verbs: ["*"] }]

            """);
        var output = _project.Run("verify", "--export", "teleport=live.yaml").Output;
        Assert.Contains("via `teleport` on `prod`", output, StringComparison.Ordinal);
        Assert.Contains("somebody in `acme/dev`", output, StringComparison.Ordinal);
        Assert.Contains("ClusterRole `view` in the whole cluster", output, StringComparison.Ordinal);
        Assert.Contains("live.yaml", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Gateway_rule_that_allows_above_the_block_is_named()
    {
        var rules = _project.Read("out/cloudflare/gateway-rules.json").TrimEnd();
        _project.Write("live.json", rules[..^1].TrimEnd() + ",\n" + """
            { "name": "office", "action": "allow", "enabled": true, "precedence": 1, "filters": ["l4"], "traffic": "net.dst.ip in {198.51.100.0/24}", "identity": "", "device_posture": "" }
            ]
            """);
        var output = _project.Run("verify", "--export", "cloudflare=live.json").Output;
        Assert.Contains("  + somebody whom the path does not know via `cloudflare` on `prod`: a connection to the API server\n", output, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"office\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binding_of_everybody_who_is_logged_in_is_named_and_what_Kubernetes_gives_itself_is_not()
    {
        _project.Write(
            "live.yaml",
            _project.Manifests("prod")
                + LiveProject.Binding("everyone-edits", "edit", "Group", "system:authenticated")
                + LiveProject.Binding("system:basic-user", "system:basic-user", "Group", "system:authenticated")
                + LiveProject.Binding("cluster-admin", "cluster-admin", "Group", "system:masters"));
        var result = _project.Run("verify", "--export", "prod=live.yaml");
        const string expected = """
            more than the policy gives:
              + `alice@acme.com`, `bob@acme.com` via `tailscale` on `prod`: ClusterRole `edit` in the whole cluster
                  live.yaml:L: ClusterRoleBinding everyone-edits
              + somebody in `Dev` via `cloudflare` on `prod`: ClusterRole `edit` in the whole cluster
                  live.yaml:L: ClusterRoleBinding everyone-edits
                  cloudflare/gateway-rules.json:L: { "name": "policyc/prod/allow/dev", "description": "lets dev reach prod", "enabled": true, "precede…
                  cloudflare/gateway.tf.json:L: { "account_id": "${var.account_id}", "name": "policyc/prod/allow/dev", "description": "lets dev rea…
              + somebody in `acme/sre` via `teleport` on `prod`: ClusterRole `edit` in the whole cluster
                  live.yaml:L: ClusterRoleBinding everyone-edits
                  teleport/00-roles.yaml:L: role policyc.prod.sre
            not exact on 2 clusters: 3 more

            """;
        Assert.Equal(expected, LiveProject.WithoutLines(result.Output));
    }

    [Fact]
    public void A_binding_with_the_name_of_a_built_in_one_and_another_subject_counts()
    {
        _project.Write("live.yaml", _project.Manifests("prod") + LiveProject.Binding("cluster-admin", "cluster-admin", "Group", "policyc:prod:sre"));
        Assert.Contains("ClusterRole `cluster-admin` in the whole cluster", _project.Run("verify", "--export", "prod=live.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_role_that_the_vendor_ships_for_impersonation_is_named()
    {
        _project.Write("live.yaml", _project.Manifests("prod") + """
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: tailscale-auth-proxy }
            rules:
            - apiGroups: [""]
              resources: [users, groups]
              verbs: [impersonate]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: tailscale-auth-proxy }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tailscale-auth-proxy }
            subjects:
            - { kind: ServiceAccount, name: operator, namespace: tailscale }

            """);
        Assert.Contains("  + the proxy `tailscale/operator` may assert any group, `system:masters` included\n", _project.Run("verify", "--export", "prod=live.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_team_are_compared_without_case()
    {
        _project.Write("teams.json", """[{ "organization": "acme", "slug": "sre", "members": [{ "login": "Alice-A" }, { "login": "mallory" }] }]""");
        var result = _project.Run("verify", "--export", "github=teams.json");
        const string expected = """
            groups with other members than the policy lists:
              + `mallory` is in github `acme/sre`, and the policy does not list them in `sre`
            not exact on 2 clusters: 1 group with other members

            """;
        Assert.Equal(new CliResult(1, expected, ""), result);
        _project.Write("teams.yaml", "acme/sre: []\n");
        Assert.Contains("  - `alice-a` is not in github `acme/sre`, and the policy lists them in `sre`\n", _project.Run("verify", "--export", "github=teams.yaml").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/sre: alice\n", "error[invalid-members]: the members of `acme/sre` must be a list")]
    [InlineData("- alice\n", "error[invalid-members]: a group needs a name and `members`")]
    [InlineData("- { name: a, members: [{ id: 3 }] }\n", "error[invalid-members]: a member of `a` has no name")]
    [InlineData("nothing\n", "error[invalid-members]: this holds no groups")]
    public void An_export_of_members_of_another_shape_is_an_error(string text, string expected)
    {
        _project.Write("teams.yaml", text);
        var result = _project.Run("verify", "--export", "github=teams.yaml");
        Assert.StartsWith(expected, result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.Status);
    }

    [Theory]
    [InlineData("error: `prd` is no path, cluster or identity provider of the project\nhelp: did you mean `prod`?\n", "verify", "--export", "prd=out/policyc.manifest.json")]
    [InlineData("error: there is no file `live.yaml`\n", "verify", "--export", "prod=live.yaml")]
    [InlineData("error: there is no folder `elsewhere`\n", "verify", "--from", "elsewhere")]
    [InlineData("error: `--export` takes a name and a file such as `tailscale=live.hujson`, not `prod`\n", "verify", "--export", "prod")]
    public void A_mistake_in_the_command_line_is_told(string expected, params string[] args)
    {
        var result = _project.Run(args);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Status);
    }

    [Fact]
    public void What_an_exception_excuses_is_told_and_no_drift()
    {
        _project.Write("live.hujson", _project.Read("out/tailscale/policy.hujson").Replace("\"grants\": [", "\"grants\": [\n\t\t{\"src\": [\"autogroup:admin\"], \"dst\": [\"*\"], \"ip\": [\"*\"]},", StringComparison.Ordinal));
        _project.Write("policyc.yaml", "language: 1\nexceptions:\n  - { name: admins, path: tailscale, clusters: [\"*\"], who: [\"autogroup:admin\"], because: \"they may anyway\" }\n");
        var result = _project.Run("verify", "--export", "tailscale=live.hujson");
        const string expected = """
            more than the policy gives, by the exception `admins` of the project:
              · somebody in `autogroup:admin` via `tailscale` on `prod`, `stg`: a connection to the API server
                  live.hujson:L: {"src": ["autogroup:admin"], "dst": ["*"], "ip": ["*"]},
            exact: on 2 clusters the artefacts give what the policy gives, and nothing else

            """;
        Assert.Equal((0, expected), (result.Status, LiveProject.WithoutLines(result.Output)));
        _project.Replace("policyc.yaml", "clusters: [\"*\"]", "clusters: [stg]");
        Assert.EndsWith("not exact on 2 clusters: 1 more\n", _project.Run("verify", "--export", "tailscale=live.hujson").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity.email == \\\"ops@acme.com\\\"", 0)]
    [InlineData("identity.email == \\\"ops@acme.com\\\" or any(identity.groups.name[*] in {\\\"ops@acme.com\\\"})", 1)]
    [InlineData("identity.email in {\\\"ops@acme.com\\\" \\\"other@acme.com\\\"}", 1)]
    public void An_exception_excuses_one_caller_and_no_other_of_the_same_name(string identity, int status)
    {
        var rules = _project.Read("out/cloudflare/gateway-rules.json").TrimEnd();
        _project.Write("live.json", rules[..^1].TrimEnd() + ",\n" + $$"""
            { "name": "ops", "action": "allow", "enabled": true, "precedence": 1, "filters": ["l4"], "traffic": "net.dst.ip in {198.51.100.0/24}", "identity": "{{identity}}", "device_posture": "" }
            ]
            """);
        _project.Write("policyc.yaml", "language: 1\nexceptions:\n  - { name: ops, path: cloudflare, clusters: [prod], who: [\"ops@acme.com\"], because: \"they may anyway\" }\n");
        Assert.Equal(status, _project.Run("verify", "--export", "cloudflare=live.json").Status);
    }

    [Fact]
    public void An_export_of_an_old_Teleport_that_does_not_say_of_which_cluster_it_is_decides_nothing()
    {
        using var project = new LiveProject(
            "cluster demo { teleport { } }\ncluster other { teleport { } }\ngroup dev { github = \"acme/dev\" }\nrole viewer = clusterrole \"view\"\nallow dev as viewer on all clusters cluster-wide via teleport\n",
            "language: 1\npaths:\n  teleport: { kind: teleport, version: \"4.0\", edition: community, logins: [dev] }\n");
        project.Write("live.yaml", "kind: github\nversion: v3\nmetadata: { name: github }\nspec: { client_id: a, client_secret: b, redirect_url: \"https://a/b\", teams_to_logins: [] }\n");
        var result = project.Run("verify", "--export", "teleport=live.yaml");
        Assert.Equal((1, ""), (result.Status, result.Error));
        Assert.Contains("up to version 4 a Teleport is one cluster's own, and the path does not say whose", result.Output, StringComparison.Ordinal);
        Assert.Contains("perhaps less, since not all of the artefacts is understood:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edit", "both", 1, 1)]
    [InlineData("view", "unchanged", 0, 0)]
    public void Diff_compares_a_policy_with_artefacts(string role, string verdict, int failsOnWider, int failsOnNarrower)
    {
        _project.Write("live.yaml", _project.Manifests("stg").Replace("\"view\"", $"\"{role}\"", StringComparison.Ordinal));
        string[] args = ["diff", "--export", "stg=live.yaml"];
        var result = _project.Run(args);
        Assert.Equal(0, result.Status);
        Assert.StartsWith($"{verdict}  (the policy → live.yaml)\n", result.Output, StringComparison.Ordinal);
        Assert.Equal((failsOnWider, failsOnNarrower), (_project.Run([.. args, "--fail-on", "wider"]).Status, _project.Run([.. args, "--fail-on", "narrower"]).Status));
        Assert.StartsWith($"<!-- policyc diff -->\n**Access: {verdict}** (the policy → `live.yaml`)\n", _project.Run([.. args, "--format", "markdown"]).Output, StringComparison.Ordinal);
        Assert.Equal(2, _project.Run("diff").Status);
    }

    [Fact]
    public void What_is_not_understood_is_undecided_and_never_exact()
    {
        _project.Write("live.yaml", _project.Manifests("prod") + "---\napiVersion: example.com/v1\nkind: AccessRequest\nmetadata: { name: a }\n");
        var result = _project.Run("verify", "--export", "prod=live.yaml");
        Assert.Equal(1, result.Status);
        Assert.Contains("objects of the kind `AccessRequest` in `example.com/v1` may give rights\n", result.Output, StringComparison.Ordinal);
    }
}
