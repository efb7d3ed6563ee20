using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using Xunit;

namespace PolicyLang.Conformance.Teleport;

/// <summary>The traps in which a hasty reader would take a file for narrower than it is. The numbers are those of the list of Teleport's traps.</summary>
public sealed class TeleportTrapTests
{
    private static readonly TeleportEndpoint s_prod = TeleportFiles.Endpoint(("env", "prod"), ("name", "prod-1"));
    private static readonly TeleportEndpoint s_dev = TeleportFiles.Endpoint(("env", "dev"), ("name", "dev-1"));

    [Fact]
    public void Trap01_a_role_of_version_3_without_labels_opens_every_cluster()
    {
        var reading = TeleportFiles.ReadClean(Role("r", "", version: "v3") + Team("sre", "r"));
        Assert.Equal("g-r", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
        Assert.Contains(reading.OtherEffects, e => e.What == "role `r` opens applications");

        // An empty selector is lost when the role is stored, and then the same as none.
        Assert.Equal("g-r", TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {}", version: "v3") + Team("sre", "r")).Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.False, TeleportFiles.ReadClean(Role("r", "") + Team("sre", "r")).Opens(s_prod, "acme/sre"));
    }

    [Fact]
    public void Trap02_a_wildcard_hides_the_labels_beside_it()
        => Assert.Equal("g-r", TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {'*': '*', env: dev}") + Team("sre", "r")).Groups(s_prod, "acme/sre"));

    [Theory]
    [InlineData("'^dev|prod$'", Truth.True)]
    [InlineData("'^(dev|test)$'", Truth.False)]
    [InlineData("'pro*'", Truth.True)]
    [InlineData("'prod*'", Truth.True)]
    [InlineData("'pr.d'", Truth.False)]
    [InlineData("'^pr.d$'", Truth.True)]
    [InlineData("'^PROD$'", Truth.False)]
    [InlineData("'^(?i)PROD$'", Truth.Unknown)]
    [InlineData("'^(prod$'", Truth.Unknown)]
    [InlineData("'^p{1}[a-r]o\\w?$'", Truth.True)]
    [InlineData("'^p+(ro|r){1,2}d*$'", Truth.True)]
    [InlineData("'^[^p].*$'", Truth.False)]
    public void Trap03_patterns_are_taken_as_they_are_written(string pattern, Truth expected)
        => Assert.Equal(expected, TeleportFiles.ReadClean(Role("r", $"kubernetes_labels: {{env: {pattern}}}") + Team("sre", "r")).Opens(s_prod, "acme/sre"));

    [Fact]
    public void Trap04_keys_are_joined_by_and_values_by_or()
    {
        var reading = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: [dev, prod], name: [prod-1, dev-2]}") + Team("sre", "r"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.False, reading.Opens(s_dev, "acme/sre"));
        Assert.Equal(Truth.Unknown, reading.GateTo(TeleportFiles.Endpoint(("env", "prod")) with { OtherLabelsUnknown = true }).Opens.Evaluate(TeleportFiles.World("acme/sre")));
        Assert.Equal(Truth.False, reading.GateTo(TeleportFiles.Endpoint(("env", "test")) with { OtherLabelsUnknown = true }).Opens.Evaluate(TeleportFiles.World("acme/sre")));
    }

    [Fact]
    public void Trap05_a_role_for_two_clusters_gives_both_groups_on_both()
        => Assert.Equal("a b", TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: [dev, prod]}", groups: "[b, a]") + Team("sre", "r")).Groups(s_dev, "acme/sre"));

    [Fact]
    public void Trap06_groups_of_all_roles_that_match_add_up_and_a_narrowed_role_is_undecided()
    {
        var narrow = Role("narrow", "kubernetes_labels: {env: prod}\n    kubernetes_resources: [{kind: '*', namespace: dev, name: '*', verbs: ['*']}]");
        var reading = TeleportFiles.Read(narrow + Role("wide", "kubernetes_labels: {env: prod}") + Team("sre", "narrow", "wide") + TeamRow("ops", "narrow"));
        Assert.Equal("g-narrow? g-wide", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal("g-narrow?", reading.Groups(s_prod, "acme/ops"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/ops"));
        Assert.Equal("g-narrow? g-wide", reading.Groups(s_prod, "acme/sre", "acme/ops"));
        Assert.Contains("narrow what the groups give", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 0, "g-r g-s")]
    [InlineData(7, 3, "g-r g-s?")]
    [InlineData(8, 0, "g-r g-s")]
    [InlineData(8, 1, "g-r g-s?")]
    [InlineData(8, 2, "g-r")]
    [InlineData(9, 0, "g-r")]
    public void Trap07_older_servers_take_groups_from_roles_of_other_clusters(int major, int minor, string groups)
    {
        var text = Role("r", "kubernetes_labels: {env: prod}", version: "v3") + Role("s", "kubernetes_labels: {env: dev}", version: "v3") + OldTeam("sre", "logins: [r, s]");
        var reading = TeleportFiles.ReadClean(text, new TeleportServer(major, minor, false));
        Assert.Equal(groups, reading.Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.False, reading.Opens(TeleportFiles.Endpoint(("env", "test")), "acme/sre"));
    }

    [Theory]
    [InlineData("v5", "", "g-r")]
    [InlineData("v5", "kubernetes_resources: [{kind: pod, namespace: '*', name: '*'}]", "g-r")]
    [InlineData("v6", "", "g-r?")]
    [InlineData("v6", "kubernetes_resources: [{kind: pod, namespace: '*', name: '*'}]", "g-r")]
    [InlineData("v6", "kubernetes_resources: [{kind: pod, namespace: dev, name: '*'}]", "g-r?")]
    [InlineData("v7", "", "g-r")]
    [InlineData("v7", "kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]", "g-r")]
    [InlineData("v7", "kubernetes_resources: [{kind: '*', namespace: '*', name: '*'}]", "g-r?")]
    [InlineData("v7", "kubernetes_resources: [{kind: pod, namespace: '*', name: '*', verbs: ['*']}]", "g-r?")]
    [InlineData("v8", "", "g-r")]
    [InlineData("v8", "kubernetes_resources: [{kind: '*', api_group: '*', namespace: '*', name: '*', verbs: ['*']}]", "g-r")]
    [InlineData("v8", "kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]", "g-r?")]
    [InlineData("v8", "kubernetes_resources: [{kind: pods, namespace: a, name: b, verbs: [get]}, {kind: '*', api_group: '*', namespace: '*', name: '*', verbs: ['*']}]", "g-r")]
    public void Trap09_what_a_missing_filter_means_depends_on_the_version(string version, string resources, string groups)
        => Assert.Equal(groups, TeleportFiles.Read(Role("r", $"kubernetes_labels: {{env: prod}}\n    {resources}", version) + Team("sre", "r")).Groups(s_prod, "acme/sre"));

    [Theory]
    [InlineData("v7", "{kind: '*', namespace: dev, name: '*', verbs: ['*']}", "clusterrolebindings", "", true)]
    [InlineData("v8", "{kind: '*', api_group: '*', namespace: dev, name: '*', verbs: ['*']}", "clusterrolebindings", "", false)]
    [InlineData("v7", "{kind: namespace, name: dev, verbs: ['*']}", "secrets", "dev", true)]
    [InlineData("v7", "{kind: namespace, name: dev, verbs: ['*']}", "secrets", "prod", false)]
    [InlineData("v6", "{kind: pod, namespace: dev, name: '*'}", "secrets", "prod", true)]
    [InlineData("v7", "{kind: pod, namespace: dev, name: '*', verbs: [get]}", "crontabs", "prod", true)]
    [InlineData("v8", "{kind: pods, namespace: dev, name: '*', verbs: [get]}", "crontabs", "prod", false)]
    public void Trap10_filters_leave_open_what_a_version_does_not_know(string version, string entry, string kind, string space, bool passes)
    {
        var reading = TeleportFiles.Read(Role("r", $"kubernetes_labels: {{env: prod}}\n    kubernetes_resources: [{entry}]", version) + Team("sre", "r"));
        var (allowed, _) = reading.Request(s_prod, new KubernetesRequest(kind, "x.example", space, "n", "create"), TeleportFiles.World("acme/sre"));
        Assert.Equal(passes.ToTruth(), allowed);
        Assert.Equal("g-r?", version == "v6" ? "g-r?" : reading.Groups(s_prod, "acme/sre"));
    }

    [Fact]
    public void Trap11_denied_names_are_exact_and_denied_labels_shut_the_cluster()
    {
        var allow = Role("r", "kubernetes_labels: {env: prod}");
        Assert.Equal("g-r", TeleportFiles.ReadClean(allow + Deny("kubernetes_groups: ['*']") + Team("sre", "r", "d")).Groups(s_prod, "acme/sre"));

        // Nothing is left to come in by, since the only group is denied on every cluster.
        var names = TeleportFiles.ReadClean(allow + Deny("kubernetes_groups: [g-r]") + Team("sre", "r", "d") + TeamRow("ops", "r"));
        Assert.Equal(Truth.False, names.Opens(s_prod, "acme/sre"));
        Assert.Equal("", names.Groups(s_prod, "acme/sre"));
        Assert.Equal("g-r", names.Groups(s_prod, "acme/ops"));
        Assert.Equal(Truth.False, names.Opens(s_prod, "acme/sre", "acme/ops"));

        var labels = TeleportFiles.ReadClean(allow + Deny("kubernetes_labels: {env: prod}\n    kubernetes_groups: [other]") + Team("sre", "r", "d") + TeamRow("ops", "r"));
        Assert.Equal(Truth.False, labels.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, labels.Opens(s_prod, "acme/ops"));

        // A bot takes certificates for some of its roles, and so need not show the one that denies.
        var bots = TeleportFiles.ReadClean(allow + Deny("kubernetes_labels: {env: prod}") + Bot("b", "r", "d"));
        Assert.Equal(Truth.Unknown, bots.Opens(s_prod, "bot:b"));
    }

    [Fact]
    public void Trap12_groups_of_a_connector_reach_every_cluster_of_a_role_that_takes_them()
    {
        var role = Role("access", "kubernetes_labels: {'*': '*'}", groups: "['{{internal.kubernetes_groups}}']");
        var text = role + "---\nkind: github\nversion: v3\nmetadata: {name: github}\nspec:\n  teams_to_logins:\n  - {organization: acme, team: a, logins: [access], kubernetes_groups: [first]}\n  - {organization: acme, team: b, logins: [access], kubernetes_groups: [second]}\n"
            + "  teams_to_roles:\n  - {organization: acme, team: c, roles: [access]}\n";
        var reading = TeleportFiles.ReadClean(text);
        Assert.Equal("first", reading.Groups(s_prod, "acme/a"));
        Assert.Equal("first second", reading.Groups(s_dev, "acme/a", "acme/b"));
        Assert.Equal(Truth.False, reading.Opens(s_dev, "acme/c"));
        Assert.Equal("second", reading.Groups(s_dev, "acme/c", "acme/b"));
    }

    [Fact]
    public void Trap13_templates_of_other_traits_are_undecided()
    {
        var groups = TeleportFiles.Read(Role("r", "kubernetes_labels: {env: prod}", groups: "['{{external.github_teams}}', fixed]") + Team("sre", "r"));
        Assert.Equal(Truth.True, groups.Opens(s_prod, "acme/sre"));
        Assert.Equal("fixed", groups.Groups(s_prod, "acme/sre"));
        Assert.Contains(groups.IdentitiesAt(s_prod), i => i.Groups.IsEmpty && i.User is null && i.Who.Evaluate(TeleportFiles.World("acme/sre")) == Truth.Unknown);
        Assert.Single(groups.Problems);
        var labels = TeleportFiles.Read(Role("r", "kubernetes_labels: {env: 'x-{{external.env}}'}") + Team("sre", "r"));
        Assert.Equal(Truth.Unknown, labels.Opens(s_prod, "acme/sre"));
        Assert.Single(labels.Problems);
    }

    [Fact]
    public void Trap14_a_team_that_stands_twice_gets_the_roles_of_both_rows()
    {
        var reading = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}") + Role("s", "kubernetes_labels: {env: prod}") + Team("sre", "r") + TeamRow("sre", "s"));
        Assert.Equal("g-r g-s", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal("", reading.Groups(s_prod, "acme/SRE"));
        Assert.Equal("", reading.Groups(s_prod, "Acme/sre"));
        var everyTeam = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}") + Team("'*'", "r"));
        Assert.Equal(Truth.False, everyTeam.Opens(s_prod, "acme/sre"));
    }

    [Fact]
    public void Trap16_who_may_ask_for_a_role_may_have_it()
    {
        var roles = Role("admin", "kubernetes_labels: {env: prod}") + Role("ask", "request: {roles: [admin]}") + Role("asks", "request: {roles: ['adm*']}") + Role("plain", "kubernetes_labels: {env: dev}");
        var reading = TeleportFiles.Read(roles + Team("sre", "ask") + TeamRow("ops", "asks") + TeamRow("dev", "plain"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal("g-admin?", reading.Groups(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/ops"));
        Assert.Equal(Truth.False, reading.Opens(s_prod, "acme/dev"));
        Assert.Contains(reading.OtherEffects, e => e.What == "role `ask` lets its holders ask for roles");
    }

    [Fact]
    public void Trap18_a_role_that_asks_for_a_device_asks_for_it_whatever_the_other_roles_say()
    {
        var roles = Role("strict", "kubernetes_labels: {env: prod}", options: "device_trust_mode: required") + Role("lax", "kubernetes_labels: {env: '*'}");
        var reading = TeleportFiles.ReadClean(roles + Team("sre", "strict", "lax") + TeamRow("ops", "lax"));
        Assert.Equal(Truth.False, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre", "device"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/ops"));
        Assert.Equal(Truth.False, reading.Opens(s_prod, "acme/ops", "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_dev, "acme/sre"));

        var community = TeleportFiles.Read(roles + Team("sre", "strict"), new TeleportServer(18, 2, false));
        Assert.Equal(Truth.Unknown, community.Opens(s_prod, "acme/sre"));
        Assert.NotEmpty(community.Problems);

        // A second factor can always be given, though not by a bot.
        var factor = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}", options: "require_session_mfa: true") + Team("sre", "r") + Bot("b", "r"));
        Assert.Equal(Truth.True, factor.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, factor.Opens(s_prod, "bot:b"));
    }

    [Fact]
    public void Trap19_without_a_user_the_caller_comes_by_the_own_name()
    {
        var roles = Role("r", "kubernetes_labels: {env: prod}") + Role("s", "kubernetes_labels: {env: prod}\n    kubernetes_users: [u]") + Role("t", "kubernetes_labels: {env: prod}\n    kubernetes_users: [v]");
        var reading = TeleportFiles.ReadClean(roles + Team("a", "r") + TeamRow("b", "s") + TeamRow("c", "t"));
        Assert.Equal("(own)", reading.Users(s_prod, "acme/a"));
        Assert.Equal("u", reading.Users(s_prod, "acme/b"));
        Assert.Equal("u", reading.Users(s_prod, "acme/a", "acme/b"));

        // With two users a request is refused until the caller chooses one.
        Assert.Equal("u? v?", reading.Users(s_prod, "acme/b", "acme/c"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/b", "acme/c"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/a", "acme/c"));

        var own = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}\n    kubernetes_users: ['{{internal.logins}}']", groups: "[]") + Team("a", "r"));
        Assert.Equal("(own)", own.Users(s_prod, "acme/a"));
        Assert.Equal(Truth.True, own.Opens(s_prod, "acme/a"));
        Assert.Equal(Truth.False, TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}", groups: "[]") + Team("a", "r")).Opens(s_prod, "acme/a"));
    }

    [Fact]
    public void Trap21_a_role_that_nobody_is_given_gives_nothing_and_one_that_is_missing_may_do_anything()
    {
        Assert.Equal(Truth.False, TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}")).Opens(s_prod, "acme/sre"));
        var missing = TeleportFiles.Read(Role("r", "kubernetes_labels: {env: prod}") + Team("sre", "r", "gone") + TeamRow("ops", "r"));
        Assert.Equal(Truth.Unknown, missing.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, missing.Opens(s_dev, "acme/sre"));
        Assert.Equal(Truth.True, missing.Opens(s_prod, "acme/ops"));
        Assert.Contains("`gone`, which is not among the files", Assert.Single(missing.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubernetes_label: {env: dev}")]
    [InlineData("kubernetes_labels: [{env: dev}]")]
    [InlineData("kubernetes_labels: {env: yes}")]
    [InlineData("kubernetes_labels: {env: 1}")]
    [InlineData("kubernetes_labels: {env: 2024-01-01}")]
    [InlineData("kubernetes_labels: {env: [dev, on]}")]
    [InlineData("kubernetes_labels: {'*': dev}")]
    [InlineData("kubernetes_labels: {env: dev}\n    kubernetes_resource: []")]
    [InlineData("kubernetes_labels: {env: dev}\n    kubernetes_resources: [{kind: pod, api_group: '', namespace: '*', name: '*', verbs: ['*']}]")]
    [InlineData("kubernetes_labels: {env: dev}\n    require_session_join: [{name: x}]")]
    public void Trap22_what_is_misspelt_or_no_text_makes_the_role_undecided(string allow)
    {
        var reading = TeleportFiles.Read(Role("r", allow) + Team("sre", "r") + TeamRow("ops", "s") + Role("s", "kubernetes_labels: {env: prod}"));
        Assert.NotEmpty(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/ops"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/ops", "acme/sre"));
    }

    [Fact]
    public void Trap23_where_logins_may_be_sent_is_another_effect()
    {
        var text = Role("r", "kubernetes_labels: {env: prod}") + Team("sre", "r").Replace("spec:\n", "spec:\n  client_redirect_settings: {allowed_https_hostnames: ['*.example.com']}\n  user_matchers: ['*@example.com']\n", StringComparison.Ordinal);
        var reading = TeleportFiles.ReadClean(text);
        Assert.Equal(2, reading.OtherEffects.Length);
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
    }

    [Fact]
    public void Trap24_a_person_can_log_in_through_either_connector()
    {
        var second = Team("ops", "d").Replace("name: github", "name: other", StringComparison.Ordinal);
        var reading = TeleportFiles.ReadClean(Role("r", "kubernetes_labels: {env: prod}") + Deny("kubernetes_labels: {env: prod}") + Team("sre", "r") + second);
        Assert.Equal(Truth.True, reading.Opens(s_prod, "acme/sre"));
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod, "acme/sre", "acme/ops"));
        var elsewhere = second.Replace("spec:\n", "spec:\n  endpoint_url: https://ghe.example.com\n", StringComparison.Ordinal);
        Assert.Equal(Truth.Unknown, TeleportFiles.Read(Role("r", "kubernetes_labels: {env: prod}") + Deny("kubernetes_labels: {env: dev}") + Team("sre", "r") + elsewhere).Opens(s_prod, "acme/x"));
    }

    [Theory]
    [InlineData("kind: login_rule\nversion: v1\nmetadata: {name: x}\nspec: {}\n")]
    [InlineData("kind: access_list\nversion: v1\nmetadata: {name: x}\nspec: {}\n")]
    [InlineData("kind: user\nversion: v2\nmetadata: {name: x}\nspec: {roles: [r]}\n")]
    [InlineData("apiVersion: resources.teleport.dev/v1\nkind: TeleportAccessList\nmetadata: {name: x}\nspec: {}\n")]
    [InlineData("apiVersion: v1\nkind: List\nitems: []\n")]
    public void Trap25_other_resources_that_give_roles_or_traits_make_everything_undecided(string document)
    {
        var reading = TeleportFiles.Read(document);
        Assert.Single(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.Opens(s_prod));
    }

    internal static string Role(string name, string allow, string version = "v8", string? groups = null, string options = "")
        => $"---\nkind: role\nversion: {version}\nmetadata: {{name: {name}}}\nspec:\n  options: {{port_forwarding: false{(options.Length == 0 ? "" : ", " + options)}}}\n  allow:\n    kubernetes_groups: {groups ?? $"[g-{name}]"}\n    {allow}\n";

    internal static string Deny(string deny) => $"---\nkind: role\nversion: v8\nmetadata: {{name: d}}\nspec:\n  options: {{port_forwarding: false}}\n  deny:\n    {deny}\n";

    internal static string Team(string team, params string[] roles)
        => "---\nkind: github\nversion: v3\nmetadata: {name: github}\nspec:\n  teams_to_roles:\n" + TeamRow(team, roles);

    internal static string TeamRow(string team, params string[] roles) => $"  - {{organization: acme, team: {team}, roles: [{string.Join(", ", roles)}]}}\n";

    internal static string OldTeam(string team, string rest) => $"---\nkind: github\nversion: v3\nmetadata: {{name: github}}\nspec:\n  teams_to_logins:\n  - {{organization: acme, team: {team}, {rest}}}\n";

    internal static string Bot(string name, params string[] roles) => $"---\nkind: bot\nversion: v1\nmetadata: {{name: {name}}}\nspec: {{roles: [{string.Join(", ", roles)}]}}\n";
}
