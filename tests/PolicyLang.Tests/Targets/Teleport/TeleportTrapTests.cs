using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>The traps by which a naive writer widens access, by the numbers of the reference page on Teleport.</summary>
public sealed class TeleportTrapTests
{
    private static readonly Subject s_sre = TestModels.Group("sre", ("github", "acme/sre"));
    private static readonly Subject s_payments = TestModels.Group("payments", ("github", "acme/payments"));
    private static readonly Dictionary<string, string> s_foreignCluster = new(StringComparer.Ordinal) { ["env"] = "prod", ["policyc-cluster"] = "other" };

    public static TheoryData<string> Versions => ["5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap01_every_role_selects_its_cluster_even_where_v3_defaults_to_all(string version)
    {
        var documents = TeleportDocuments.ReadAll(Two(("version", version)).Write());
        Assert.All(Roles(documents), role => Assert.Single((JObject)role["spec"]!["allow"]!["kubernetes_labels"]!));
        Assert.Empty(new TeleportSimulator(documents).Groups(new HashSet<string> { "acme/sre" }, s_foreignCluster, true));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("6")]
    public void Trap01_v3_roles_open_no_node_application_or_database(string version)
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
        {
            var allow = role["spec"]!["allow"]!;
            string[] fields = version == "5" ? ["node_labels", "app_labels"] : ["node_labels", "app_labels", "db_labels"];
            Assert.All(fields, field => Assert.Equal("none", (string?)allow[field]!["policyc-nothing"]![0]));
        });

    [Theory]
    [InlineData("*=*")]
    [InlineData("*=prod")]
    public void Trap02_a_wildcard_key_is_refused(string label) => Assert.Equal("teleport-label", Labelled(label).Code);

    [Theory]
    [InlineData("policyc-cluster=^prod|dev$")]
    [InlineData("policyc-cluster=prod*")]
    [InlineData("policyc-cluster=*")]
    [InlineData("policyc-cluster={{external.cluster}}")]
    [InlineData("policyc-cluster=")]
    [InlineData("=prod")]
    [InlineData("prod")]
    [InlineData("policyc-cluster=prod\"\n- x")]
    [InlineData("policyc-cluster=a=b")]
    public void Trap03_only_literal_labels_are_written(string label) => Assert.Equal("teleport-label", Labelled(label).Code);

    [Fact]
    public void Trap04_a_role_selects_by_one_key_and_one_value()
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two().Write())), role =>
            Assert.Single((JArray)Assert.Single(((JObject)role["spec"]!["allow"]!["kubernetes_labels"]!).Properties()).Value));

    [Fact]
    public void Trap05_grants_of_two_clusters_stay_in_two_roles()
    {
        var documents = TeleportDocuments.ReadAll(Two().Write());
        var teleport = new TeleportSimulator(documents);
        Assert.Equal(["policyc:dev:sre"], teleport.Groups(new HashSet<string> { "acme/sre" }, LabelOf("dev"), true));
        Assert.Equal(["policyc:prod:sre"], teleport.Groups(new HashSet<string> { "acme/sre" }, LabelOf("prod"), true));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap06_no_role_narrows_by_resources_since_lists_would_ignore_it(string version)
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
            Assert.All(role["spec"]!["allow"]!["kubernetes_resources"] ?? new JArray(), resource =>
            {
                Assert.Equal("*", (string?)resource["namespace"]);
                Assert.Equal("*", (string?)resource["name"]);
            }));

    [Theory]
    [InlineData("6", null)]
    [InlineData("8", null)]
    [InlineData("8.1.2", null)]
    [InlineData("9", "8.1")]
    public void Trap07_a_shared_group_on_some_clusters_is_refused_where_labels_are_ignored(string version, string? oldestAgent)
    {
        (string, object)[] settings = oldestAgent is null ? [("version", version)] : [("version", version), ("oldest_agent", oldestAgent)];
        var error = new TeleportScenario(settings).Cluster("dev").Cluster("prod").Link("dev", s_sre, "acme/sre", ["tailnet-admins"]).Error();
        Assert.Equal("teleport-shared-group", error.Code);
        Assert.Contains("`tailnet-admins`", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.1.3")]
    [InlineData("9")]
    [InlineData("18")]
    public void Trap07_a_shared_group_is_fine_where_labels_are_heeded(string version)
        => new TeleportScenario(("version", version)).Cluster("dev").Cluster("prod").Link("dev", s_sre, "acme/sre", ["tailnet-admins"]).Write();

    [Fact]
    public void Trap07_a_shared_group_on_all_clusters_and_names_with_a_cluster_do_no_harm()
    {
        var files = new TeleportScenario(("version", "7")).Cluster("dev").Cluster("prod").Cluster("old", isRetired: true)
            .Link("dev", s_sre, "acme/sre", ["tailnet-admins"]).Link("prod", s_sre, "acme/sre", ["tailnet-admins"])
            .Link("dev", s_payments, "acme/payments").Write();
        var leaky = new TeleportSimulator(TeleportDocuments.ReadAll(files), respectsLabels: false);
        Assert.Equal(["tailnet-admins"], leaky.Groups(new HashSet<string> { "acme/sre" }, LabelOf("prod"), true));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap09_resources_are_never_left_to_a_version_default(string version)
    {
        var major = int.Parse(version, System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
        {
            var resources = role["spec"]!["allow"]!["kubernetes_resources"];
            Assert.Equal(major >= 12, resources is not null);
            if (resources is not null)
            {
                var resource = Assert.Single(resources);
                Assert.Equal(major >= 14 ? "*" : "pod", (string?)resource["kind"]);
                Assert.Equal(major >= 14, resource["verbs"] is not null);
                Assert.Equal(major >= 18, resource["api_group"] is not null);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap10_and_11_no_wildcard_kind_has_a_namespace_and_no_deny_is_relied_on(string version)
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
        {
            Assert.Empty((JObject)role["spec"]!["deny"]!);
            Assert.DoesNotContain(role["spec"]!["allow"]!["kubernetes_resources"] ?? new JArray(), r => (string?)r["kind"] == "*" && (string?)r["namespace"] != "*");
        });

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap12_connectors_carry_no_groups_and_one_kind_of_mapping(string version)
    {
        var connector = TeleportDocuments.ReadAll(Two(("version", version)).Write()).Single(d => (string?)d["kind"] == "github");
        Assert.DoesNotContain("kubernetes_groups", connector.ToString(), StringComparison.Ordinal);
        Assert.True(connector["spec"]!["teams_to_roles"] is null != connector["spec"]!["teams_to_logins"] is null);
    }

    [Fact]
    public void Trap12_teleport_5_community_is_refused()
        => Assert.Equal("teleport-unsupported", Two(("version", "5"), ("edition", "community")).Error().Code);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap13_no_output_holds_a_template(string version)
        => Assert.All(Two(("version", version)).Write().Values, text => Assert.DoesNotContain("{{", text, StringComparison.Ordinal));

    [Fact]
    public void Trap14_each_team_has_one_row()
    {
        var both = TestModels.Group("both");
        var rows = Rows(new TeleportScenario().Cluster("dev").Cluster("prod")
            .Link("dev", s_sre, "acme/sre").Link("prod", s_sre, "acme/sre").Link("dev", both, "acme/payments acme/sre").Write());
        Assert.Equal(["acme/payments", "acme/sre"], rows.Select(r => $"{r["organization"]}/{r["team"]}"));
        Assert.Equal(["policyc.dev.both", "policyc.dev.sre", "policyc.prod.sre"], rows[1]["roles"]!.Select(r => (string?)r));
    }

    [Fact]
    public void Trap15_matching_by_name_is_an_assumption()
        => Assert.Contains(Two().Run().Assumptions, a => a.Kind == AssumptionKind.Membership && a.Statement.Contains("by name only", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap16_nothing_can_be_requested_or_reviewed(string version)
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
            Assert.Empty(((JObject)role["spec"]!["allow"]!).Properties().Select(p => p.Name).Intersect(["request", "review_requests", "impersonate", "rules", "logins"], StringComparer.Ordinal)));

    [Fact]
    public void Trap17_all_roles_have_the_same_session_length_and_the_lag_is_an_assumption()
    {
        var scenario = Two(("max_session_ttl", "90m"));
        Assert.All(Roles(TeleportDocuments.ReadAll(scenario.Write())), role => Assert.Equal("1h30m0s", (string?)role["spec"]!["options"]!["max_session_ttl"]));
        Assert.Contains(scenario.Run().Assumptions, a => a.Kind == AssumptionKind.RevocationLag && a.Statement.Contains("1h30m0s", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Trap19_every_role_fixes_the_same_single_user(string version)
        => Assert.All(Roles(TeleportDocuments.ReadAll(Two(("version", version)).Write())), role =>
            Assert.Equal("policyc:teleport", (string?)Assert.Single(role["spec"]!["allow"]!["kubernetes_users"]!)));

    [Fact]
    public void Trap19_teleport_4_cannot_fix_the_user_and_says_so()
    {
        var scenario = Two(("version", "4.4"));
        Assert.DoesNotContain("kubernetes_users", string.Concat(scenario.Write().Values), StringComparison.Ordinal);
        Assert.Contains(scenario.Run().Assumptions, a => a.Kind == AssumptionKind.NoForeignUserBindings && a.Topic == "prod/teleport");
    }

    [Fact]
    public void Trap20_clusters_share_one_dedicated_key()
    {
        var error = new TeleportScenario().Cluster("dev").Cluster("prod", settings: ("label", "env=prod")).Error();
        Assert.Equal("teleport-label-key", error.Code);
        Assert.Contains(Two().Run().Assumptions, a => a.Kind == AssumptionKind.AgentLabel && a.Topic == "prod/teleport");
    }

    [Theory]
    [InlineData("teleport.internal/resource-id=x")]
    [InlineData("teleport.dev/origin=x")]
    public void Trap20_keys_that_teleport_sets_are_refused(string label) => Assert.Equal("teleport-label", Labelled(label).Code);

    [Fact]
    public void Trap21_files_sort_roles_first_and_the_connector_last()
        => Assert.Equal(["teleport/00-roles.yaml", "teleport/10-bots.yaml", "teleport/20-connector.yaml"], TeleportScenario.Usual(true, false).Write().Keys);

    [Fact]
    public void Trap21_the_last_revocation_still_writes_a_connector_that_maps_nobody()
    {
        var (files, _, diagnostics) = new TeleportScenario().Cluster("prod").Link("prod", s_sre, "").Run();
        Assert.Equal("teleport-nobody-mapped", Assert.Single(diagnostics).Code);
        Assert.Equal(["teleport/20-connector.yaml"], files.Keys);
        var row = Assert.Single(Rows(files));
        Assert.Equal("-", (string?)row["organization"]);
        Assert.Empty(row["roles"]!);
    }

    [Fact]
    public void Trap21_an_emptied_group_is_mapped_nowhere()
    {
        var files = new TeleportScenario().Cluster("prod").Link("prod", s_sre, "").Link("prod", s_payments, "acme/payments").Write();
        Assert.Equal(["policyc.prod.payments"], Rows(files).SelectMany(r => r["roles"]!).Select(r => (string?)r));
        Assert.DoesNotContain("sre", string.Concat(files.Values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.0", "community", "github.yaml")]
    [InlineData("4.4", "enterprise", "20-connector.yaml")]
    public void Trap21_a_retired_cluster_with_its_own_teleport_keeps_a_connector_that_maps_nobody(string version, string edition, string file)
    {
        (string, object)[] settings = [("version", version), ("edition", edition)];
        var files = new TeleportScenario(edition == "community" ? [.. settings, ("logins", new[] { "root" })] : settings).Cluster("old", isRetired: true).Run().Files;
        var row = Assert.Single(TeleportDocuments.Read(files["teleport/old/" + file])[0]["spec"]!["teams_to_logins"]!);
        Assert.Equal("-", (string?)row["team"]);
        Assert.Empty(row["logins"]!);
    }

    [Theory]
    [InlineData("kubernetes_labels", "kubernetes_label")]
    [InlineData("kubernetes_resources", "kubernetes_resource")]
    public void Trap22_the_schema_refuses_a_misspelt_field(string field, string misspelt)
    {
        var role = Roles(TeleportDocuments.ReadAll(Two().Write())).First();
        var schema = JSchema.Parse(File.ReadAllText(Path.Combine(TeleportDocuments.Root, "schemas", "teleport-resources.schema.json")));
        Assert.True(role.IsValid(schema));
        var allow = (JObject)role["spec"]!["allow"]!;
        allow.Add(misspelt, allow[field]);
        Assert.False(role.IsValid(schema));
    }

    [Fact]
    public void Trap23_no_redirect_setting_is_written()
        => Assert.DoesNotContain("client_redirect_settings", string.Concat(Two().Write().Values), StringComparison.Ordinal);

    [Fact]
    public void Trap24_and_25_foreign_connectors_and_roles_are_an_assumption()
    {
        var assumption = Assert.Single(Two().Run().Assumptions, a => a.Kind == AssumptionKind.NoForeignRules);
        Assert.All(["preset role", "access list", "login rule", "second connector"], word => Assert.Contains(word, assumption.Statement, StringComparison.Ordinal));
    }

    private static TeleportScenario Two(params (string Key, object Value)[] settings)
        => new TeleportScenario(settings).Cluster("dev").Cluster("prod").Link("dev", s_sre, "acme/sre").Link("prod", s_sre, "acme/sre").Link("dev", s_payments, "acme/payments");

    private static Diagnostic Labelled(string label) => new TeleportScenario().Cluster("prod", settings: ("label", label)).Link("prod", s_sre, "acme/sre").Error();

    private static IEnumerable<JObject> Roles(IEnumerable<JObject> documents)
    {
        var roles = documents.Where(d => (string?)d["kind"] == "role").ToList();
        Assert.NotEmpty(roles);
        return roles;
    }

    private static List<JToken> Rows(IEnumerable<KeyValuePair<string, string>> files)
        => [.. TeleportDocuments.ReadAll(files).Single(d => (string?)d["kind"] == "github")["spec"]!["teams_to_roles"]!];

    private static Dictionary<string, string> LabelOf(string cluster) => new(StringComparer.Ordinal) { ["policyc-cluster"] = cluster };
}
