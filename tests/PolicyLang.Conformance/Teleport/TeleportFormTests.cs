using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using Xunit;

namespace PolicyLang.Conformance.Teleport;

/// <summary>Each form of delivery says the same, and each version and edition is read by its own rules.</summary>
public sealed class TeleportFormTests
{
    private const string Terraform = """
        {
          "resource": {
            "teleport_role": {
              "prod": {
                "version": "v8",
                "metadata": { "name": "prod-view" },
                "spec": {
                  "options": { "port_forwarding": false, "require_session_mfa": 1 },
                  "allow": { "kubernetes_labels": { "env": ["prod"] }, "kubernetes_groups": ["g"] }
                }
              }
            },
            "teleport_github_connector": {
              "github": {
                "version": "v3",
                "metadata": { "name": "github" },
                "spec": {
                  "client_id": "${var.id}", "client_secret": "${var.secret}",
                  "teams_to_roles": [{ "organization": "acme", "team": "sre", "roles": ["ROLE"] }]
                }
              }
            },
            "teleport_bot": { "ci": { "name": "ci", "roles": ["prod-view"] } }
          }
        }
        """;

    private static readonly TeleportEndpoint s_prod = TeleportFiles.Endpoint(("env", "prod"));

    [Theory]
    [InlineData("prod-view")]
    [InlineData("${teleport_role.prod.metadata.name}")]
    [InlineData("${teleport_role.prod.id}")]
    public void Terraform_is_read_with_its_references(string role)
    {
        var reading = TeleportFiles.ReadClean(Terraform.Replace("ROLE", role, StringComparison.Ordinal), path: "teleport.tf.json");
        Assert.Equal("g", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "bot:ci"));
        Assert.Empty(reading.OtherEffects);
    }

    [Theory]
    [InlineData("${var.role}")]
    [InlineData("${teleport_role.prod.metadata[0].name}")]
    public void What_Terraform_fills_in_is_undecided(string role)
        => Assert.Equal(Truth.Unknown, TeleportFiles.Read(Terraform.Replace("ROLE", role, StringComparison.Ordinal), path: "teleport.tf.json").Opens(s_prod, "acme/ops"));

    [Theory]
    [InlineData("\"for_each\": {},")]
    [InlineData("\"count\": 2,")]
    public void Terraform_that_multiplies_resources_is_undecided(string meta)
    {
        var text = Terraform.Replace("ROLE", "prod-view", StringComparison.Ordinal).Replace("\"version\": \"v8\",", meta + "\"version\": \"v8\",", StringComparison.Ordinal);
        Assert.Equal(Truth.Unknown, TeleportFiles.Read(text, path: "teleport.tf.json").Opens(s_prod, "acme/sre"));
    }

    [Theory]
    [InlineData("module")]
    [InlineData("surprise")]
    public void Terraform_that_holds_something_else_is_undecided(string key)
        => Assert.Equal(Truth.Unknown, TeleportFiles.Read("{\"resource\": {}, \"" + key + "\": {}}", path: "x.tf.json").Opens(s_prod));

    [Fact]
    public void Custom_resources_are_read_like_the_others()
    {
        const string text = """
            apiVersion: resources.teleport.dev/v1
            kind: TeleportRoleV7
            metadata: {name: prod-view, namespace: teleport, annotations: {teleport.dev/keep: "true"}}
            spec:
              options: {port_forwarding: false}
              allow: {kubernetes_labels: {env: prod}, kubernetes_groups: [g]}
            status: {}
            ---
            apiVersion: resources.teleport.dev/v6
            kind: TeleportRole
            metadata: {name: old, namespace: teleport}
            spec:
              options: {port_forwarding: false}
              allow: {kubernetes_labels: {env: prod}, kubernetes_groups: [h], kubernetes_resources: [{kind: pod, namespace: '*', name: '*'}]}
            ---
            apiVersion: resources.teleport.dev/v3
            kind: TeleportGithubConnector
            metadata: {name: github, namespace: teleport}
            spec:
              teams_to_roles: [{organization: acme, team: sre, roles: [prod-view, old]}]
            ---
            apiVersion: resources.teleport.dev/v1
            kind: TeleportBotV1
            metadata: {name: ci, namespace: teleport}
            spec: {roles: [prod-view]}
            """;
        var reading = TeleportFiles.ReadClean(text);
        Assert.Equal("g h", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal("g", reading.Groups(s_prod, "bot:ci"));
        Assert.Empty(reading.OtherEffects);
        Assert.Equal(Truth.Unknown, TeleportFiles.Read(text.Replace("name: ci, namespace: teleport", "name: ci, namespace: other", StringComparison.Ordinal)).Opens(s_prod));
        Assert.Equal(Truth.Unknown, TeleportFiles.Read(text.Replace("teleport.dev/keep", "teleport.dev/ignore-reconcile", StringComparison.Ordinal)).Opens(s_prod));
    }

    [Fact]
    public void A_list_of_JSON_resources_is_read()
        => Assert.Equal(
            "g",
            TeleportFiles.ReadClean("""[{"kind":"role","version":"v8","metadata":{"name":"r"},"spec":{"allow":{"kubernetes_labels":{"env":"prod"},"kubernetes_groups":["g"]}}},{"kind":"github","version":"v3","metadata":{"name":"g"},"spec":{"teams_to_roles":[{"organization":"acme","team":"sre","roles":["r"]}]}}]""", path: "x.json").Groups(s_prod, "acme/sre"));

    [Theory]
    [InlineData(4, false, "x")]
    [InlineData(4, true, "g-root")]
    [InlineData(5, false, "x")]
    [InlineData(5, true, "g-root")]
    [InlineData(6, false, "g-root")]
    public void The_older_mapping_means_what_version_and_edition_make_of_it(int major, bool isEnterprise, string groups)
    {
        var connector = TeleportTrapTests.OldTeam("sre", "logins: [root], kubernetes_groups: [x]");
        var role = TeleportTrapTests.Role("root", major < 5 ? "" : "kubernetes_labels: {env: prod}", version: "v3");
        var hasRoles = isEnterprise || major >= 6;
        var reading = TeleportFiles.ReadClean(hasRoles ? role + connector : connector, new TeleportServer(major, 0, isEnterprise));
        Assert.Equal(groups, reading.Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(!hasRoles, reading.OtherEffects.Any(e => e.What.Contains("log in to nodes as `root`", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("v9", 18)]
    [InlineData("v8", 17)]
    [InlineData("v7", 13)]
    [InlineData("v6", 11)]
    [InlineData("\"\"", 18)]
    public void A_role_of_a_version_that_the_server_does_not_take_is_refused(string version, int major)
    {
        var reading = TeleportFiles.Read(TeleportTrapTests.Role("r", "kubernetes_labels: {env: prod}", version) + TeleportTrapTests.Team("sre", "r"), new TeleportServer(major, 0, true));
        Assert.Contains(reading.Problems, p => p.Kind == ReadingProblemKind.Refused && p.Message.Contains("is not supported", StringComparison.Ordinal));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/sre"));
    }

    [Fact]
    public void Servers_that_are_not_known_make_everything_undecided()
        => Assert.Equal(Truth.Unknown, TeleportFiles.Read("", new TeleportServer(25, 0, true)).Opens(s_prod));

    [Fact]
    public void A_connector_that_maps_nothing_is_refused()
        => Assert.Equal(ReadingProblemKind.Refused, TeleportFiles.Read("kind: github\nversion: v3\nmetadata: {name: g}\nspec: {}\n").Problems.Min(p => p.Kind));

    [Fact]
    public void What_a_role_gives_beyond_clusters_is_said()
    {
        const string text = """
            kind: role
            version: v8
            metadata: {name: r}
            spec:
              options: {forward_agent: true, create_host_user_mode: keep}
              allow:
                logins: [root]
                node_labels: {'*': '*'}
                app_labels: {'*': '*'}
                db_labels: {'*': '*'}
                db_users: [x]
                windows_desktop_labels: {'*': '*'}
                rules: [{resources: [role], verbs: [update]}]
                review_requests: {roles: [x]}
              deny: {logins: [x]}
            """;
        var effects = TeleportFiles.ReadClean(text).OtherEffects.Select(e => e.What["role `r` ".Length..]).Order(StringComparer.Ordinal);
        Assert.Equal(
            "denies: it takes away from nodes, applications, databases or desktops | forwards ports of nodes | opens applications | opens databases | opens nodes | says something of `review_requests` | says something of `rules` | sets `create_host_user_mode` | sets `forward_agent`",
            string.Join(" | ", effects));
    }

    [Fact]
    public void A_role_that_stands_twice_is_undecided()
    {
        var reading = TeleportFiles.Read(TeleportTrapTests.Role("r", "kubernetes_labels: {env: prod}") + TeleportTrapTests.Role("r", "kubernetes_labels: {env: dev}") + TeleportTrapTests.Team("sre", "r"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, reading.Opens(TeleportFiles.Endpoint(("env", "dev")), "acme/sre"));
    }

    [Fact]
    public void A_problem_has_its_place()
        => Assert.Equal("teleport.yaml:9:5", TeleportFiles.Read(TeleportTrapTests.Role("r", "typo: 1")).Problems.Single().Place.ToString());
}
