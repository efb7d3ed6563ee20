using PolicyLang.Access;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

public sealed class AccessModelTests
{
    [Fact]
    public void The_group_is_keyed_by_cluster_and_subject_and_the_rules_own_text()
    {
        var access = TestPolicy.Access(TestPolicy.Company + """
            allow sre as view   on prod cluster-wide
            allow sre as admin  on prod in web
            allow sre as oncall on prod cluster-wide via teleport
            allow sre as admin  on prod cluster-wide via teleport, tailscale when managed
            """);
        var prod = Cluster(access, "prod");
        Assert.Equal(
            [
                "tailscale sre : policyc:prod:sre",
                "tailscale sre managed: policyc:prod:sre:via-tailscale+teleport:when-managed",
                "teleport sre : policyc:prod:sre:via-teleport",
                "teleport sre managed: policyc:prod:sre:via-tailscale+teleport:when-managed",
            ],
            prod.Identities.Select(i => $"{i.Path.Name} {i.Subject.Name} {i.Condition.Key}: {string.Join(' ', i.KubernetesGroups)}"));
        Assert.Equal(
            [
                "policyc:prod:sre view ",
                "policyc:prod:sre:via-tailscale+teleport:when-managed cluster-admin ",
                "policyc:prod:sre:via-teleport policyc:oncall ",
                "policyc:prod:sre:via-teleport view ",
                "policyc:prod:sre cluster-admin web",
            ],
            prod.Rights.Select(r => $"{r.RbacSubject.Name} {r.Component.ClusterRoleName} {r.Namespace}"));
    }

    [Fact]
    public void Adding_a_rule_renames_no_group()
    {
        var before = Names(TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide"));
        var after = Names(TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide\nallow sre as admin on prod in web via teleport\nallow payments as view on prod in web"));
        Assert.Subset(after, before);
    }

    [Fact]
    public void A_path_opened_later_opens_nothing_until_a_rule_or_the_default_names_it()
    {
        var access = TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide");
        Assert.Equal(["tailscale"], Cluster(access, "prod").Identities.Select(i => i.Path.Name));
        Assert.Empty(Cluster(access, "prod").Gates);
    }

    [Fact]
    public void The_only_path_answers_without_a_default()
    {
        var access = TestPolicy.Access("cluster a { tailscale { tag = \"tag:a\" } }\ngroup g { members = [x@acme.com] }\nrole view = clusterrole \"view\"\nallow g as view on a cluster-wide");
        Assert.Equal("tailscale", Assert.Single(access.Clusters[0].Identities).Path.Name);
    }

    [Fact]
    public void Two_paths_and_no_default_is_an_error()
        => TestPolicy.Finds(
            "cluster a { tailscale { tag = \"tag:a\" } teleport { label = \"a\" } }\ngroup g { members = [x@acme.com] }\nrole view = clusterrole \"view\"\nallow g as view on a cluster-wide",
            ("path-needed", "allow g as view on a cluster-wide"));

    [Fact]
    public void A_path_that_a_cluster_lacks_is_an_error()
    {
        var found = TestPolicy.Finds(TestPolicy.Company + "allow sre as view on all clusters cluster-wide via teleport", ("path-not-declared", "teleport"));
        Assert.Contains("`dev`", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_without_the_identity_that_the_path_needs_is_an_error()
        => TestPolicy.Finds(TestPolicy.Company + "group guests { okta = \"Guests\" }\nallow guests as view on prod cluster-wide via teleport", ("no-identity-for-path", "guests"));

    [Fact]
    public void A_single_person_cannot_use_a_path_that_knows_only_groups()
        => TestPolicy.Finds(
            TestPolicy.Company + "user zoe { email = \"zoe@acme.com\" github = \"zoe\" }\nallow zoe as view on prod cluster-wide via teleport",
            ("subject-cannot-use-path", "zoe"));

    [Fact]
    public void A_condition_that_a_path_does_not_check_is_an_error()
        => TestPolicy.Finds(
            TestPolicy.Company + "posture half { tailscale = \"x\" }\nallow sre as view on prod cluster-wide via tailscale, teleport when half",
            ("condition-not-enforceable", "half"));

    [Fact]
    public void A_machine_has_no_place_at_an_identity_provider()
        => TestPolicy.Finds(TestPolicy.Company + "machine m { tailscale = \"tag:m\" }\nallow m as view on prod cluster-wide via teleport", ("no-identity-for-path", "m"));

    [Fact]
    public void Nested_groups_are_flattened_where_the_path_knows_only_the_inner_ones()
    {
        var access = TestPolicy.Access(TestPolicy.Company + "group everyone { members = [sre, payments, zoe@acme.com] }\nallow everyone as view on prod cluster-wide");
        Assert.Equal(
            ["Person alice@acme.com", "Person bob@acme.com", "Person zoe@acme.com", "Group group:payments@acme.com"],
            Assert.Single(Cluster(access, "prod").Identities).Principals.Select(p => $"{p.Kind} {p.Value}"));
    }

    [Fact]
    public void Members_beside_a_providers_group_are_an_assumption_on_that_path_only()
    {
        Assert.DoesNotContain(TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide").Assumptions, a => a.Kind == AssumptionKind.Membership);
        var assumption = Assert.Single(TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide via teleport").Assumptions, a => a.Kind == AssumptionKind.Membership);
        Assert.Equal("sre teleport", assumption.Topic);
    }

    [Fact]
    public void An_emptied_group_is_a_warning_and_lets_nobody_in()
    {
        const string policy = TestPolicy.Company + "group gone { members = [] }\nallow gone as view on prod cluster-wide";
        TestPolicy.Finds(policy, ("empty-group", "gone"));
        Assert.True(Assert.Single(Cluster(TestPolicy.Access(policy), "prod").Identities).IsEmptied);
    }

    [Fact]
    public void A_rule_holds_through_its_last_day_and_then_gives_nothing()
    {
        var live = TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide until 2026-11-23");
        Assert.Single(Cluster(live, "prod").Grants);
        Assert.Contains(live.Assumptions, a => a.Kind == AssumptionKind.RebuiltDaily);
        const string expired = TestPolicy.Company + "allow sre as view on prod cluster-wide until 2026-11-22";
        TestPolicy.Finds(expired, ("expired-rule", "allow sre as view on prod cluster-wide"));
        Assert.Empty(Cluster(TestPolicy.Access(expired), "prod").Grants);
        Assert.Single(TestPolicy.Compile(expired).ExpiredRules);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-1-1")]
    [InlineData("tomorrow")]
    public void A_last_day_is_a_day(string day)
        => TestPolicy.Finds(TestPolicy.Company + $"allow sre as view on prod cluster-wide until {day}", ("invalid-date", day));

    [Fact]
    public void Behind_a_gate_the_API_servers_own_names_are_bound()
    {
        var access = TestPolicy.Access(TestPolicy.Company + "allow sre as view on prod cluster-wide via cloudflare\nallow zoe@acme.com as view on prod in web via cloudflare\nassume disjoint sre, zoe@acme.com because \"x\"");
        var prod = Cluster(access, "prod");
        Assert.Empty(prod.Identities);
        Assert.Equal(["sre SRE", "zoe@acme.com zoe@acme.com"], prod.Gates.Select(g => $"{g.Subject.Name} {g.Principals.Single().Value}"));
        Assert.Equal(["Group oidc:SRE view", "User oidc:zoe@acme.com view"], prod.Rights.Select(r => $"{r.RbacSubject.Kind} {r.RbacSubject.Name} {r.Component.ClusterRoleName}"));
    }

    [Fact]
    public void A_gate_needs_to_know_how_the_API_server_authenticates()
        => TestPolicy.Finds(
            TestPolicy.Company + "cluster bare { labels { env = \"x\" } cloudflare { addresses = \"198.51.100.9\" } }\nallow sre as view on bare cluster-wide via cloudflare",
            ("authentication-needed", "sre"));

    [Fact]
    public void A_kubernetes_setting_that_equals_a_providers_name_is_an_error()
        => TestPolicy.Finds(
            TestPolicy.Company + "group odd { members = [x@acme.com] kubernetes = \"oidc:SRE\" }\nallow odd as view on prod cluster-wide\nallow sre as admin on prod cluster-wide via cloudflare",
            ("kubernetes-name-collision", "\"oidc:SRE\""), ("kubernetes-name-collision", "allow sre as admin on prod cluster-wide"));

    [Fact]
    public void A_kubernetes_setting_that_an_authenticator_can_assert_is_an_error()
        => TestPolicy.Finds(
            TestPolicy.Company + "group odd { members = [x@acme.com] kubernetes = \"oidc:other\" }\nallow odd as view on prod cluster-wide",
            ("kubernetes-name-collision", "\"oidc:other\""));

    [Fact]
    public void Two_people_whom_a_system_knows_by_one_name_are_an_error()
        => TestPolicy.Finds(
            TestPolicy.Company + "user ann { okta = \"Ann@acme.com\" }\nuser bea { email = \"ann@acme.com\" }\nallow ann as view on prod cluster-wide via cloudflare\nallow bea as view on prod cluster-wide via cloudflare",
            ("duplicate-identity", "\"ann@acme.com\""));

    [Theory]
    [InlineData("group big { members = [sre] }\nassume disjoint big, sre because \"x\"")]
    [InlineData("group a { members = [z@acme.com] }\ngroup b { members = [z@acme.com] }\nassume disjoint a, b because \"x\"")]
    public void An_assumption_that_the_policy_contradicts_is_an_error(string policy)
        => Assert.Equal(["contradicted-assumption"], TestPolicy.Compile(TestPolicy.Company + policy).Diagnostics.Select(d => d.Code));

    [Fact]
    public void Groups_that_list_each_other_many_times_are_flattened_quickly()
    {
        var groups = string.Concat(Enumerable.Range(1, 60).Select(i => $"group g{i} {{ members = [{(i == 1 ? "x@acme.com, y@acme.com" : $"g{i - 1}, h{i - 1}")}] }}\ngroup h{i} {{ members = [{(i == 1 ? "x@acme.com" : $"g{i - 1}, h{i - 1}")}] }}\n"));
        var access = TestPolicy.Access(TestPolicy.Company + groups + "allow g60 as view on dev cluster-wide");
        Assert.Equal(2, Cluster(access, "dev").Identities.Single().Principals.Length);
    }

    [Fact]
    public void A_role_of_cluster_rights_given_in_namespaces_is_reported()
    {
        TestPolicy.Finds(TestPolicy.Company + "role nodes { can read nodes }\nallow sre as nodes on prod in web", ("role-without-effect", "nodes"));
        TestPolicy.Finds(TestPolicy.Company + "role mixed { can read [nodes, pods] }\nallow sre as mixed on prod in web", ("role-partly-without-effect", "mixed"));
    }

    [Fact]
    public void Binding_ClusterRoles_has_an_effect_in_a_namespace()
    {
        TestPolicy.Finds(TestPolicy.Company + "role granter { can bind clusterroles.rbac.authorization.k8s.io named \"view\" }\nallow sre as granter on prod in web");
        TestPolicy.Finds(TestPolicy.Company + "role granter { can escalate clusterroles.rbac.authorization.k8s.io }\nallow sre as granter on prod in web", ("role-without-effect", "granter"));
        TestPolicy.Finds(
            TestPolicy.Company + "role granter { can bind clusterroles.rbac.authorization.k8s.io named \"view\" }\nallow sre as granter on prod in web\nnever anyone can bind clusterroles.rbac.authorization.k8s.io on prod",
            ("guard-broken", "never anyone can bind clusterroles.rbac.authorization.k8s.io on prod"));
    }

    [Fact]
    public void Roles_that_include_each_other_are_an_error()
        => TestPolicy.Finds("role a { include b }\nrole b { include a }", ("cyclic-declaration", "a"));

    [Fact]
    public void An_included_role_is_a_second_ClusterRole_and_not_a_copy()
    {
        var access = TestPolicy.Access(TestPolicy.Company + "role whole { include oncall can read secrets }\nallow sre as whole on dev cluster-wide");
        Assert.Equal(["policyc:oncall", "policyc:whole", "view"], Cluster(access, "dev").Rights.Select(r => r.Component.ClusterRoleName));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%b")]
    [InlineData("..")]
    [InlineData("policyc:x")]
    public void A_ClusterRole_name_that_cannot_exist_is_an_error(string name)
        => TestPolicy.Finds($"role r = clusterrole \"{name}\"", ("invalid-clusterrole", $"\"{name}\""));

    [Fact]
    public void Guards_and_tests_are_checked_for_names()
    {
        TestPolicy.Finds(
            TestPolicy.Company + "never nobody on production\nonly sre can reed secrets on production\ntest \"t\" { expect sre can exec pods on prood }\nassume disjoint sre because \"x\"",
            ("unknown-name", "nobody"), ("unknown-verb", "reed"), ("unknown-name", "prood"), ("nothing-to-compare", "assume disjoint sre because \"x\""));
    }

    [Fact]
    public void Five_mistakes_are_five_findings() => TestPolicy.Finds(
        TestPolicy.Company + """
            allow sree as view on prod cluster-wide
            allow sre as veiw on prod cluster-wide
            allow sre as view on prodd cluster-wide
            allow sre as view on prod cluster-wide via tailscal
            allow sre as view on prod cluster-wide when mangaed
            """,
        ("unknown-name", "sree"), ("unknown-name", "veiw"), ("unknown-name", "prodd"), ("unknown-name", "tailscal"), ("unknown-name", "mangaed"));

    private static ClusterAccess Cluster(AccessModel access, string name) => access.Clusters.Single(c => c.Cluster.Name == name);

    private static HashSet<string> Names(AccessModel access)
        => [.. access.Clusters.SelectMany(c => c.Rights).Select(r => r.RbacSubject.Name)];
}
