using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>One test for each way in which a naive writer of RBAC objects would give more than the policy says, or fail to take it back.</summary>
public sealed class KubernetesTrapTests
{
    private static readonly Cluster Prod = TestModels.Cluster("prod");

    [Fact]
    public void Trap01_rules_are_never_merged_into_one_cross_product()
    {
        var role = Own("r", Rule(["get"], [""], ["pods"]), Rule(["delete"], [""], ["configmaps"]), Rule(["get"], [""], ["secrets"], "a"), Rule(["get"], ["apps"], ["deployments"]));
        var rules = WriteFine(Prod, Right(Prod, "a", role)).Object("ClusterRole", "policyc:r")["rules"]!.AsArray();
        Assert.Equal(
            ["|pods||get", "|configmaps||delete", "|secrets|a|get", "apps|deployments||get"],
            rules.Select(r => string.Join('|', string.Join(',', r!["apiGroups"].Texts()), string.Join(',', r["resources"].Texts()), string.Join(',', r["resourceNames"].Texts()), string.Join(',', r["verbs"].Texts()))));
    }

    [Fact]
    public void Trap02_a_lock_without_groups_has_no_rule_at_all()
    {
        foreach (var users in new[] { null, new[] { "policyc:fake" }, [] })
        {
            var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(users: users)));
            var cluster = Prod.With(path);
            var run = WriteFine(TestModels.Model([path], [TestModels.Access(cluster)]));
            Assert.Empty(run.Object("ClusterRole", "policyc:lock:fake")["rules"]!.AsArray());
            Assert.NotNull(run.Object("ClusterRoleBinding", "policyc:lock:fake"));
        }
    }

    [Fact]
    public void Trap02_an_empty_list_of_users_gives_no_user_rule()
    {
        var rules = LockRules(FakeProxyKind.Proxy(users: []));
        Assert.Equal(["groups"], rules.Select(r => r.Resource));
    }

    [Fact]
    public void Trap02_no_resourceNames_key_is_ever_written_empty()
    {
        var everything = new[]
        {
            WriteFine(Prod),
            WriteFine(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"])))),
            WriteFine(Prod, Right(Prod, "a", "view", "web")),
        };
        foreach (var rule in everything.SelectMany(run => run.Objects()).SelectMany(o => o["rules"]?.AsArray() ?? []))
        {
            Assert.True(rule!["resourceNames"] is null || rule["resourceNames"]!.AsArray().Count > 0);
        }
    }

    [Fact]
    public void Trap02_the_applier_gets_no_bind_and_no_escalate_without_names()
    {
        var verbs = WriteFine(Prod).Object("ClusterRole", "policyc:applier:prod")["rules"]!.AsArray().SelectMany(r => r!["verbs"].Texts());
        Assert.DoesNotContain("bind", verbs);
        Assert.DoesNotContain("escalate", verbs);
    }

    [Fact]
    public void Trap02_an_empty_object_name_in_a_rule_is_refused()
        => Assert.Equal("unwritable-rbac-rule", Assert.Single(Write(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"], ""))))
            .Diagnostics).Code);

    [Fact]
    public void Trap03_a_right_in_a_namespace_never_becomes_a_ClusterRoleBinding()
    {
        var run = WriteFine(Prod, Right(Prod, "a", "edit", "web"), Right(Prod, "a", "admin", "api"));
        Assert.DoesNotContain(run.Objects(), o => (string?)o["kind"] == "ClusterRoleBinding");
        Assert.DoesNotContain("kubernetes/prod/cluster.yaml", run.Files.Keys);
    }

    [Fact]
    public void Trap06_another_role_is_another_object_because_roleRef_cannot_change()
    {
        var before = WriteFine(Prod, Right(Prod, "a", "admin"), Right(Prod, "a", "admin", "web"), Foreign(Prod, "g", "admin"));
        var after = WriteFine(Prod, Right(Prod, "a", "view"), Right(Prod, "a", "view", "web"), Foreign(Prod, "g", "view"));
        Assert.Empty(BindingNames(before).Intersect(BindingNames(after)));
        foreach (var binding in before.Objects().Concat(after.Objects()).Where(o => o["roleRef"] is not null))
        {
            Assert.Empty(RbacObjectValidator.Validate((string)binding["kind"]!, binding, binding));
        }
    }

    [Fact]
    public void Trap07_the_empty_set_keeps_the_marker()
    {
        var run = WriteFine(Prod);
        Assert.Contains("kubernetes/prod/marker.yaml", run.Files.Keys);
        Assert.Contains("- \"marker.yaml\"\n", run.Files["kubernetes/prod/kustomization.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Trap07_a_retired_cluster_keeps_the_marker_and_nothing_else()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy()));
        var retired = Prod.With(path) with { IsRetired = true };
        var run = WriteFine(TestModels.Model([path], [TestModels.Access(retired)]));
        Assert.Equal(["kubernetes/prod/kustomization.yaml", "kubernetes/prod/marker.yaml"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Single(run.Objects());
        Assert.Empty(run.Assumptions);
    }

    [Fact]
    public void Trap07_no_object_is_kept_from_pruning()
    {
        var run = WriteFine(TestModels.Model([], [TestModels.Access(Prod, rights: [Right(Prod, "a", "view")])]), ("delivery", "argocd"));
        Assert.All(run.Files.Values, text => Assert.DoesNotContain("Prune=", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Trap07_flux_can_find_every_object_again()
    {
        // An inventory entry is namespace_name_group_kind, with ':' in the name as "__"; '_' in a name cannot be read back.
        var run = WriteFine(Prod, Foreign(Prod, "Platform_SRE", "custom_role"), Foreign(Prod, "a__b", "view", "web"), Foreign(Prod, "carol_acme", "view", kind: RbacSubjectKind.User));
        Assert.All(run.Objects(), o => Assert.DoesNotContain('_', (string)o["metadata"]!["name"]!));
        Assert.Equal("custom_role", (string?)run.Object("ClusterRoleBinding", "Platform~5FSRE-custom~5Frole")["roleRef"]!["name"]);
    }

    [Fact]
    public void Trap08_a_group_of_one_cluster_is_not_bound_in_another()
    {
        var dev = TestModels.Cluster("dev");
        var run = WriteFine(TestModels.Model([], [TestModels.Access(Prod, rights: [Right(Prod, "sre", "view")]), TestModels.Access(dev, rights: [Right(dev, "sre", "view")])]));
        Assert.DoesNotContain("policyc:prod:", run.Files["kubernetes/dev/cluster.yaml"], StringComparison.Ordinal);
        Assert.DoesNotContain("policyc:dev:", run.Files["kubernetes/prod/cluster.yaml"], StringComparison.Ordinal);
        Assert.DoesNotContain(run.Assumptions, a => a.Kind == AssumptionKind.SharedGroup);
    }

    [Fact]
    public void Trap08_a_name_that_several_clusters_bind_is_an_assumption()
    {
        var dev = TestModels.Cluster("dev");
        var run = WriteFine(TestModels.Model([], [TestModels.Access(Prod, rights: [Foreign(Prod, "ops", "view"), Foreign(Prod, "ops", "view", "x"), Foreign(Prod, "own", "view")]), TestModels.Access(dev, rights: [Foreign(dev, "ops", "edit")])]));
        var shared = Assert.Single(run.Assumptions, a => a.Kind == AssumptionKind.SharedGroup);
        Assert.Equal("group/ops", shared.Topic);
        Assert.Equal("the Kubernetes group `ops` means the same people in each cluster that binds it: `dev`, `prod`", shared.Statement);
    }

    [Fact]
    public void Trap09_a_proxy_may_impersonate_only_the_groups_of_its_own_path()
    {
        var first = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy("first", account: "a"), FakeProxyKind.Proxy("first.second", account: "b")), "first");
        var other = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy("other", account: "c")), "other");
        var cluster = Prod.With(first, other);
        var run = WriteFine(TestModels.Model(
            [first, other],
            [TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, first, "x", groups: ["g2", "g1"]), FakeProxyKind.Identity(cluster, first, "y", groups: "g1"), FakeProxyKind.Identity(cluster, other, "z", groups: "g3")])]));
        Assert.Equal(["g1", "g2"], GroupsOf(run, "policyc:lock:first"));
        Assert.Equal(["g1", "g2"], GroupsOf(run, "policyc:lock:first.second"));
        Assert.Equal(["g3"], GroupsOf(run, "policyc:lock:other"));
        Assert.Equal(3, run.Assumptions.Count(a => a.Kind == AssumptionKind.VendorImpersonationRoleRemoved));
    }

    [Fact]
    public void Trap09_a_proxy_that_takes_user_names_from_the_caller_is_open_for_users_only()
    {
        Assert.Equal([("groups", ["policyc:prod:sre"]), ("users", [])], LockRules(FakeProxyKind.Proxy()));
        Assert.Equal([("groups", ["policyc:prod:sre"]), ("users", ["a", "b"])], LockRules(FakeProxyKind.Proxy(users: ["b", "a", "b"])));
    }

    [Fact]
    public void Trap09_a_group_whose_members_are_all_gone_leaves_the_lock()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy()));
        var cluster = Prod.With(path);
        var run = WriteFine(TestModels.Model(
            [path],
            [TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, path, "x", groups: "kept"), FakeProxyKind.Identity(cluster, path, "y", isEmptied: true, groups: "gone")])]));
        Assert.Equal(["kept"], GroupsOf(run, "policyc:lock:fake"));
    }

    [Fact]
    public void Trap09_two_paths_on_one_service_account_are_refused()
    {
        var a = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy("a")), "a");
        var b = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy("b")), "b");
        var cluster = Prod.With(a, b);
        var run = Write(TestModels.Model([a, b], [TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, a, "x", groups: "g1"), FakeProxyKind.Identity(cluster, b, "y", groups: "g2")])]));
        Assert.Equal("shared-proxy-account", Assert.Single(run.Diagnostics).Code);
    }

    [Fact]
    public void Trap09_system_masters_never_enters_a_lock()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(users: ["system:admin"])));
        var cluster = Prod.With(path);
        var run = Write(TestModels.Model([path], [TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, path, "x", groups: "system:masters")])]));
        Assert.Equal(["reserved-kubernetes-name", "reserved-kubernetes-name"], run.Diagnostics.Select(d => d.Code));
        Assert.All(run.Files.Values, text => Assert.DoesNotContain("\"system:", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Trap11_only_keys_that_the_API_server_knows_are_written()
    {
        var run = WriteFine(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"], "x"))), Right(Prod, "a", "view", "web"));
        string[] known = ["apiGroups", "resources", "resourceNames", "nonResourceURLs", "verbs"];
        Assert.All(run.Objects().SelectMany(o => o["rules"]?.AsArray() ?? []).SelectMany(r => r!.AsObject()), p => Assert.Contains(p.Key, known));
    }

    [Fact]
    public void Trap12_the_kustomization_sets_no_namespace_prefix_or_label()
    {
        var run = WriteFine(Prod, Right(Prod, "a", "view", "web"));
        Assert.Equal(["apiVersion", "kind", "resources"], Assert.Single(YamlDocuments.Read(run.Files["kubernetes/prod/kustomization.yaml"])).Select(p => p.Key));
        Assert.Equal("web", (string?)run.Object("RoleBinding", "policyc:prod:a:as:view")["metadata"]!["namespace"]);
    }

    [Fact]
    public void Trap12_the_applier_is_not_in_the_kustomization()
        => Assert.DoesNotContain("applier", WriteFine(Prod, Right(Prod, "a", "view")).Files["kubernetes/prod/kustomization.yaml"], StringComparison.Ordinal);

    [Fact]
    public void Trap13_every_ClusterRole_that_policyc_does_not_write_is_an_assumption()
    {
        var run = WriteFine(Prod, Right(Prod, "a", "ops"), Right(Prod, "a", "view", "x"), Right(Prod, "a", "cluster-admin"), Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"]))));
        Assert.Equal(["prod/cluster-admin", "prod/ops"], run.Assumptions.Where(a => a.Kind == AssumptionKind.ClusterRoleContent).Select(a => a.Topic));
        Assert.Equal(["prod/view"], run.Assumptions.Where(a => a.Kind == AssumptionKind.NoForeignAggregation).Select(a => a.Topic));
    }

    [Fact]
    public void Trap17_a_user_and_a_group_of_one_name_are_two_bindings()
    {
        var run = WriteFine(Prod, Foreign(Prod, "alice", "view"), Foreign(Prod, "alice", "view", kind: RbacSubjectKind.User), Foreign(Prod, "user:alice", "view"));
        Assert.Equal("User", (string?)run.Object("ClusterRoleBinding", "user:alice-view")["subjects"]![0]!["kind"]);
        Assert.Equal("Group", (string?)run.Object("ClusterRoleBinding", "alice-view")["subjects"]![0]!["kind"]);
        Assert.Equal("user:alice", (string?)run.Object("ClusterRoleBinding", "user~3Aalice-view")["subjects"]![0]!["name"]);
    }

    [Fact]
    public void Trap17_names_keep_their_case_and_every_byte()
    {
        var run = WriteFine(Prod, Foreign(Prod, "SRE", "view"), Foreign(Prod, "sre", "view"), Foreign(Prod, " sre", "view"));
        Assert.Equal([" sre", "SRE", "sre"], run.Objects().Where(o => (string?)o["kind"] == "ClusterRoleBinding").Select(o => (string)o["subjects"]![0]!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Trap18_groups_that_hold_everybody_cannot_be_bound()
    {
        foreach (var name in new[] { "system:authenticated", "system:masters", "system:unauthenticated", "system:serviceaccounts" })
        {
            Assert.Equal("reserved-kubernetes-name", Assert.Single(Write(Prod, Foreign(Prod, name, "view")).Diagnostics).Code);
        }
    }

    [Fact]
    public void Trap19_a_binding_always_refers_to_a_ClusterRole()
        => Assert.All(
            WriteFine(Prod, Right(Prod, "a", "view", "web"), Right(Prod, "a", "view")).Objects().Where(o => o["roleRef"] is not null),
            o => Assert.Equal("ClusterRole", (string?)o["roleRef"]!["kind"]));

    [Fact]
    public void Trap20_a_binding_has_one_subject_so_that_no_list_is_shared()
        => Assert.All(
            WriteFine(Prod, Right(Prod, "a", "view"), Right(Prod, "b", "view")).Objects().Where(o => o["roleRef"] is not null),
            o => Assert.Single(o["subjects"]!.AsArray()));

    [Fact]
    public void Trap_1_6_the_applier_binds_only_what_the_policy_binds()
    {
        var rules = WriteFine(Prod, Right(Prod, "a", "view"), Right(Prod, "b", "edit", "web"), Right(Prod, "b", Own("r", Rule(["get"], [""], ["pods"])))).Object("ClusterRole", "policyc:applier:prod")["rules"]!.AsArray();
        Assert.Equal(["edit", "policyc:r", "view"], rules.Single(r => r!["verbs"].Texts().Contains("bind"))!["resourceNames"].Texts());
        Assert.Equal(["policyc:r"], rules.Single(r => r!["verbs"].Texts().Contains("escalate"))!["resourceNames"].Texts());
        Assert.All(rules, r => Assert.DoesNotContain("*", r!["verbs"].Texts().Concat(r["resources"].Texts()).Concat(r["apiGroups"].Texts())));
    }

    [Fact]
    public void Trap_1_7_own_roles_aggregate_into_nothing()
        => Assert.All(
            WriteFine(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"])))).Objects(),
            o => Assert.Equal(["app.kubernetes.io/managed-by", "policyc.dev/cluster"], o["metadata"]!["labels"]!.AsObject().Select(p => p.Key)));

    private static IEnumerable<string> BindingNames(KubernetesRun run)
        => run.Objects().Where(o => o["roleRef"] is not null).Select(o => $"{o["metadata"]!["namespace"]}/{o["metadata"]!["name"]}");

    private static string[] GroupsOf(KubernetesRun run, string name)
        => run.Object("ClusterRole", name)["rules"]!.AsArray().Single(r => r!["resources"].Texts() is ["groups"])!["resourceNames"].Texts();

    private static (string Resource, string[] Names)[] LockRules(ImpersonatingProxy proxy)
    {
        var path = TestModels.Path(new FakeProxyKind(proxy));
        var cluster = Prod.With(path);
        var run = WriteFine(TestModels.Model([path], [TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, path, "sre", groups: "policyc:prod:sre")])]));
        return [.. run.Object("ClusterRole", "policyc:lock:fake")["rules"]!.AsArray().Select(r => (r!["resources"].Texts().Single(), r["resourceNames"].Texts()))];
    }
}
