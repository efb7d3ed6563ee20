using System.Text;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;
using Xunit;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>What people get wrong about RBAC, each read as the API server reads it.</summary>
public sealed class ClusterReadingTrapTests
{
    private const string Head = "apiVersion: rbac.authorization.k8s.io/v1\n";
    private const string Group = "subjects: [{kind: Group, name: g}]\n";

    [Fact]
    public void Trap01_A_rule_is_the_cross_product_of_its_lists()
    {
        var reading = Bound("- {apiGroups: ['', apps], resources: [secrets, deployments], verbs: [get, list]}");
        Assert.Equal(Truth.True, Ask(reading, "list", "apps", "secrets"));
        Assert.Equal(Truth.True, Ask(reading, "list", "", "secrets"));
        Assert.Equal(Truth.False, Ask(reading, "watch", "", "secrets"));
    }

    [Fact]
    public void Trap02_A_star_behind_a_resource_is_no_pattern()
    {
        var reading = Bound("- {apiGroups: [''], resources: ['pods/*', '*/*'], verbs: [get]}");
        Assert.Equal(Truth.False, Ask(reading, "get", "", "pods"));
        Assert.Equal(Truth.False, Ask(reading, "get", "", "pods", "log"));
        Assert.Equal(Truth.True, Ask(Bound("- {apiGroups: [''], resources: ['*/log'], verbs: [get]}"), "get", "", "pods", "log"));
        Assert.Equal(Truth.True, Ask(Bound("- {apiGroups: [''], resources: ['*'], verbs: [get]}"), "get", "", "pods", "log"));
    }

    [Theory]
    [InlineData("resourceNames: ['']", "", Truth.True)]
    [InlineData("resourceNames: ['']", "a", Truth.False)]
    [InlineData("resourceNames: [null]", "", Truth.True)]
    [InlineData("resourceNames: []", "a", Truth.True)]
    [InlineData("resourceNames: null", "a", Truth.True)]
    [InlineData("resourceNames: ['*']", "a", Truth.False)]
    [InlineData("resourceNames: [a]", "", Truth.False)]
    [InlineData("resourceNames: [a]", "a", Truth.True)]
    public void Trap03_Names_are_literal_and_an_empty_one_means_requests_without_a_name(string names, string name, Truth expected)
        => Assert.Equal(expected, Ask(Bound($"- {{apiGroups: [''], resources: [secrets], verbs: ['*'], {names}}}"), "list", "", "secrets", name: name));

    [Fact]
    public void Trap04_A_RoleBinding_never_reaches_beyond_its_namespace()
    {
        var reading = Bound("- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n- {nonResourceURLs: ['*'], verbs: ['*']}", ns: "web");
        Assert.Equal(Truth.True, Ask(reading, "delete", "", "secrets", ns: "web"));
        Assert.Equal(Truth.False, Ask(reading, "delete", "", "secrets", ns: "api"));
        Assert.Equal(Truth.False, Ask(reading, "list", "", "secrets", ns: ""));
        Assert.Equal(Truth.False, Ask(reading, "list", "", "nodes", ns: ""));
        Assert.Equal(Truth.False, Decide(reading, RbacRequest.ForUrl("get", "/metrics")));
    }

    [Fact]
    public void Trap05_A_RoleBinding_reaches_the_object_of_its_own_namespace()
    {
        var reading = Bound("- {apiGroups: [''], resources: [namespaces], verbs: ['*']}", ns: "web");
        Assert.Equal(Truth.True, Ask(reading, "delete", "", "namespaces", name: "web", ns: ""));
        Assert.Equal(Truth.False, Ask(reading, "get", "", "namespaces", name: "api", ns: ""));
        Assert.Equal(Truth.False, Ask(reading, "list", "", "namespaces", ns: ""));
    }

    [Theory]
    [InlineData("[get]", 34, Truth.True)]
    [InlineData("[get]", 35, Truth.False)]
    [InlineData("[get, create]", 36, Truth.True)]
    [InlineData("[create]", 34, Truth.False)]
    public void Trap06_A_get_opens_a_shell_before_1_35(string verbs, int minorVersion, Truth expected)
        => Assert.Equal(expected, Decide(Bound($"- {{apiGroups: [''], resources: [pods/exec], verbs: {verbs}}}"), RbacRequest.ForResource("get", "", "pods", "exec", "p", "web"), minorVersion));

    [Fact]
    public void Trap07_Bind_and_escalate_are_rights_on_roles()
    {
        var reading = Bound("- {apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings], verbs: [bind, escalate]}");
        Assert.Equal(Truth.False, Ask(reading, "bind", "rbac.authorization.k8s.io", "clusterroles", name: "cluster-admin", ns: ""));
    }

    [Theory]
    [InlineData("y")]
    [InlineData("on")]
    [InlineData("no")]
    [InlineData("True")]
    [InlineData("007")]
    [InlineData("1e3")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData(".5")]
    [InlineData("0o17")]
    [InlineData("+1")]
    [InlineData(".inf")]
    [InlineData("~")]
    [InlineData("")]
    public void Trap08_What_YAML_takes_for_no_text_is_refused_as_a_name(string written)
    {
        var reading = Read(Head + $"kind: ClusterRoleBinding\nmetadata: {{name: b}}\nroleRef: {{kind: ClusterRole, name: view}}\nsubjects:\n- kind: Group\n  name: {written}\n");
        Assert.Empty(reading.Rights);
        Assert.Contains(reading.Problems, p => p.Kind == ReadingProblemKind.Refused && p.Place.Line is 5 or 6 or 7);
    }

    [Theory]
    [InlineData("a #b", "a")]
    [InlineData("a#b", "a#b")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("12:30:45", "12:30:45")]
    [InlineData("0o19", "0o19")]
    [InlineData("'on'", "on")]
    [InlineData("0b12", "0b12")]
    [InlineData("\"a\\u0062\"", "ab")]
    public void Trap09_What_YAML_keeps_as_text_is_the_name(string written, string expected)
    {
        var reading = Read(Head + $"kind: ClusterRoleBinding\nmetadata: {{name: b}}\nroleRef: {{kind: ClusterRole, name: view}}\nsubjects:\n- kind: Group\n  name: {written}\n");
        Assert.Equal([expected], reading.Rights.Select(r => r.SubjectName));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Trap10_A_field_with_a_typo_leaves_the_answer_open()
    {
        var reading = Bound("- {apiGroups: [''], resources: [secrets], verbs: [get], resourceName: [a]}");
        Assert.Equal(Truth.Unknown, Ask(reading, "get", "", "secrets", name: "b"));
        Assert.Contains(reading.Problems, p => p.Message.Contains("resourceName", StringComparison.Ordinal));
        Assert.Single(reading.Rights);
    }

    [Fact]
    public void Trap11_A_key_written_twice_leaves_the_answer_open()
    {
        var reading = Bound("- {apiGroups: [''], resources: [pods], resources: [secrets], verbs: [get]}");
        Assert.Equal(Truth.Unknown, Ask(reading, "get", "", "secrets"));
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void Trap12_A_Role_is_not_the_ClusterRole_of_its_name()
    {
        var reading = Read(
            Head + "kind: ClusterRole\nmetadata: {name: view}\nrules: []\n---\n" + Head + "kind: Role\nmetadata: {name: viewer, namespace: web}\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n---\n"
            + Head + "kind: RoleBinding\nmetadata: {name: b, namespace: web}\nroleRef: {kind: Role, name: viewer}\n" + Group);
        Assert.Equal(Truth.True, Ask(reading, "delete", "", "secrets", ns: "web"));
        var right = Assert.Single(reading.Rights);
        Assert.Null(right.ClusterRole);
        Assert.NotNull(right.Rules);
    }

    [Fact]
    public void Trap13_A_binding_to_a_role_that_is_not_there_is_undecided()
    {
        var reading = Read(Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        var request = RbacRequest.ForResource("get", "", "secrets", name: "s", ns: "web");
        Assert.Null(Assert.Single(reading.Rights).Rules);
        Assert.True(reading.IsComplete);
        Assert.Equal(Truth.Unknown, reading.Allows("u", ["g"], request, 36, null).Allowed);
        Assert.Equal(Truth.False, reading.Allows("u", ["g"], request, 36, BuiltInRoles.Default).Allowed);
        Assert.Equal(Truth.True, reading.Allows("u", ["g"], request with { Resource = "pods" }, 36, BuiltInRoles.Default).Allowed);
        Assert.Equal(Truth.False, reading.Allows("u", ["other"], request, 36, null).Allowed);
        Assert.Equal([(RbacSubjectKind.Group, "g", Truth.Unknown)], reading.WhoMay(request, null).Select(w => (w.Kind, w.Name, w.Answer.Allowed)));
        Assert.Empty(reading.WhoMay(request, BuiltInRoles.Default));
    }

    [Fact]
    public void Trap14_A_service_account_without_a_namespace_is_one_of_the_bindings()
    {
        var inWeb = Bound("- {apiGroups: [''], resources: [pods], verbs: [get]}", "subjects: [{kind: ServiceAccount, name: ci}]\n", "web");
        Assert.Equal("system:serviceaccount:web:ci", Assert.Single(inWeb.Rights).SubjectName);
        var cluster = Bound("- {apiGroups: [''], resources: [pods], verbs: [get]}", "subjects: [{kind: ServiceAccount, name: ci}]\n");
        Assert.Empty(cluster.Rights);
        Assert.Contains(cluster.Problems, p => p.Kind == ReadingProblemKind.Refused);
    }

    [Fact]
    public void Trap15_Users_and_groups_of_one_name_are_strangers_and_no_name_is_a_pattern()
    {
        var reading = Bound("- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}", "subjects: [{kind: User, name: platform}, {kind: Group, name: '*'}]\n");
        Assert.Equal(Truth.False, reading.Allows("u", ["platform", "Platform"], RbacRequest.ForResource("get", "", "pods"), 36, null).Allowed);
        Assert.Equal(Truth.True, reading.Allows("platform", [], RbacRequest.ForResource("get", "", "pods"), 36, null).Allowed);
        Assert.Single(reading.RightsOf(RbacSubjectKind.User, "platform"));
        Assert.Empty(reading.RightsOf(RbacSubjectKind.Group, "platform"));
    }

    [Fact]
    public void Trap16_Groups_that_everybody_is_in_count()
    {
        var reading = Bound("- {apiGroups: [''], resources: [pods], verbs: [get]}", "subjects: [{kind: Group, name: 'system:authenticated'}, {kind: Group, name: 'system:serviceaccounts:web'}]\n");
        Assert.Equal(Truth.True, reading.Allows("anybody", [], RbacRequest.ForResource("get", "", "pods"), 36, null).Allowed);
        Assert.Equal(Truth.False, reading.Allows("system:anonymous", [], RbacRequest.ForResource("get", "", "pods"), 36, null).Allowed);
        Assert.Equal(Truth.True, reading.Allows("u", ["system:masters"], RbacRequest.ForResource("delete", "", "nodes"), 36, null).Allowed);
    }

    [Fact]
    public void Trap17_A_label_adds_to_built_in_roles()
    {
        var reading = Read(Head + "kind: ClusterRole\nmetadata:\n  name: r\n  labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}\nrules:\n- {apiGroups: [''], resources: [nodes], verbs: [list]}\n---\n"
            + Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: edit}\n" + Group);
        Assert.Contains("`view`", Assert.Single(reading.OtherEffects).What, StringComparison.Ordinal);
        Assert.Equal(Truth.True, reading.Allows("u", ["g"], RbacRequest.FromHttp("GET", "/api/v1/nodes")!, 36, BuiltInRoles.Default).Allowed);
    }

    [Fact]
    public void Trap18_An_aggregated_role_has_the_rules_of_others_and_not_its_own()
    {
        var reading = Read(
            Head + "kind: ClusterRole\nmetadata: {name: sum, labels: {in: a}}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {in: a}}]}\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n---\n"
            + Head + "kind: ClusterRole\nmetadata: {name: part, labels: {in: a}}\nrules:\n- {apiGroups: [''], resources: [pods], verbs: [get]}\n---\n"
            + Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: sum}\n" + Group);
        Assert.Single(Assert.Single(reading.Rights).Rules!.Value);
        Assert.Equal(Truth.True, Ask(reading, "get", "", "pods"));
        Assert.Equal(Truth.Unknown, Ask(reading, "delete", "", "pods"));
        Assert.Equal(["sum"], reading.OpenClusterRoles);
    }

    [Fact]
    public void Trap19_An_unrestricted_impersonation_reaches_everybody()
    {
        var reading = Bound(
            "- {apiGroups: [''], resources: [groups], verbs: [impersonate], resourceNames: [viewers]}\n- {apiGroups: [''], resources: [users], verbs: [impersonate]}",
            "subjects: [{kind: ServiceAccount, name: operator, namespace: tailscale}]\n");
        Assert.Equal(Truth.True, reading.MayImpersonate("tailscale", "operator", RbacSubjectKind.Group, "viewers"));
        Assert.Equal(Truth.False, reading.MayImpersonate("tailscale", "operator", RbacSubjectKind.Group, "system:masters"));
        Assert.Equal(Truth.True, reading.MayImpersonate("tailscale", "operator", RbacSubjectKind.User, "system:kube-controller-manager"));
        Assert.Equal(Truth.False, reading.MayImpersonate("tailscale", "operator", RbacSubjectKind.User, "system:serviceaccount:kube-system:default"));
        Assert.Equal(Truth.False, reading.MayImpersonate("tailscale", "other", RbacSubjectKind.Group, "viewers"));
    }

    [Fact]
    public void Trap20_Constrained_impersonation_is_not_overlooked()
    {
        var reading = Bound("- {apiGroups: [authentication.k8s.io], resources: [groups], verbs: ['impersonate:user-info']}", "subjects: [{kind: ServiceAccount, name: p, namespace: x}]\n");
        Assert.Equal(Truth.Unknown, reading.MayImpersonate("x", "p", RbacSubjectKind.Group, "viewers"));
        Assert.Equal(Truth.False, reading.MayImpersonate("x", "p", RbacSubjectKind.Group, "system:masters"));
    }

    [Fact]
    public void Trap21_Groups_of_all_service_accounts_give_their_rights_to_each()
    {
        var reading = Bound("- {apiGroups: [''], resources: [groups], verbs: ['*']}", "subjects: [{kind: Group, name: 'system:serviceaccounts:x'}]\n");
        Assert.Equal(Truth.True, reading.MayImpersonate("x", "p", RbacSubjectKind.Group, "viewers"));
        Assert.Equal(Truth.False, reading.MayImpersonate("y", "p", RbacSubjectKind.Group, "viewers"));
    }

    [Fact]
    public void Trap22_A_namespace_on_a_cluster_wide_object_is_dropped()
    {
        var reading = Read(Head + "kind: ClusterRoleBinding\nmetadata: {name: b, namespace: web}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        Assert.Null(Assert.Single(reading.Rights).Namespace);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Trap23_A_binding_without_a_namespace_lands_somewhere()
    {
        var reading = Read(Head + "kind: RoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        Assert.Single(reading.Rights);
        Assert.False(reading.IsComplete);
    }

    [Theory]
    [InlineData("namespace: web")]
    [InlineData("namePrefix: p-")]
    [InlineData("patches: []")]
    [InlineData("components: [x]")]
    public void Trap24_A_kustomization_that_changes_objects_is_not_modelled(string line)
    {
        var reading = Read(("k/kustomization.yaml", $"resources: [a.yaml]\n{line}\n"), ("k/a.yaml", ""));
        Assert.False(reading.IsComplete);
        Assert.Contains(reading.Problems, p => p.Place.Line == 2);
    }

    [Fact]
    public void Trap25_A_file_that_the_kustomization_does_not_list_gives_no_right_and_is_reported()
    {
        var binding = Head + "kind: ClusterRoleBinding\nmetadata: {name: NAME}\nroleRef: {kind: ClusterRole, name: view}\n" + Group;
        var reading = Read(
            ("k/kustomization.yaml", "resources: [a.yaml, missing.yaml]\n"),
            ("k/a.yaml", binding.Replace("NAME", "a", StringComparison.Ordinal)),
            ("k/b.yaml", binding.Replace("NAME", "b", StringComparison.Ordinal)),
            ("k/applier/c.yaml", binding.Replace("NAME", "c", StringComparison.Ordinal)));
        Assert.Equal(["k/a.yaml", "k/applier/c.yaml"], reading.Rights.Select(r => r.Place.Path));
        Assert.Equal(["k/b.yaml", "k/kustomization.yaml:1:21"], reading.Problems.Select(p => p.Place.ToString()));
    }

    [Theory]
    [InlineData("apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: ClusterRoleBinding\n")]
    [InlineData("apiVersion: example.com/v1\nkind: RBACDefinition\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\n")]
    [InlineData("%YAML 1.1\n---\napiVersion: v1\nkind: Namespace\n")]
    [InlineData("apiVersion: v1\nkind: !x Namespace\n")]
    [InlineData("apiVersion: v1\nkind: Namespace\n...\n---\napiVersion: v1\nkind: Namespace\n")]
    [InlineData("apiVersion: v1\nkind: List\nitems: [?a]\n")]
    [InlineData("apiVersion: v1\nkind: \"Name\ufeffspace\"\n")]
    [InlineData("a: [")]
    [InlineData("a:\n\t- b")]
    public void Trap26_What_is_not_understood_leaves_everything_open(string text)
    {
        var reading = Read(text);
        Assert.False(reading.IsComplete);
        Assert.Equal(Truth.Unknown, Ask(reading, "get", "", "pods"));
        Assert.Equal(Truth.Unknown, reading.MayImpersonate("a", "b", RbacSubjectKind.Group, "c"));
    }

    [Theory]
    [InlineData("Group", "system:unauthenticated", true)]
    [InlineData("Group", "system:serviceaccounts", true)]
    [InlineData("Group", "system:serviceaccounts:web", true)]
    [InlineData("User", "system:anonymous", true)]
    [InlineData("User", "system:unauthenticated", false)]
    [InlineData("Group", "system:anonymous", false)]
    [InlineData("Group", "system:serviceaccountsfoo", false)]
    [InlineData("Group", "sre", false)]
    public void Trap27_Whom_no_path_lets_in_is_an_effect_of_its_own(string kind, string name, bool isEffect)
    {
        var reading = Read($"apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: web}}\nroleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}\nsubjects:\n- {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: \"{name}\"}}\n");
        Assert.Single(reading.Rights);
        string[] expected = isEffect ? [$"gives the ClusterRole `view` to `{name}`, whom no policy names"] : [];
        Assert.Equal(expected, reading.OtherEffects.Select(e => e.What));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")]
    [InlineData("apiVersion: v1\nkind: Namespace\n---\n# nothing\n---\n")]
    [InlineData("")]
    [InlineData("\ufeff{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}\n{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\"}")]
    public void Trap27_Harmless_objects_give_nothing(string text)
    {
        var reading = Read(text);
        Assert.True(reading.IsComplete);
        Assert.Empty(reading.Rights);
        Assert.Empty(reading.OtherEffects);
        Assert.Equal(Truth.False, Ask(reading, "get", "", "pods"));
    }

    [Fact]
    public void Trap28_A_list_holds_objects_in_YAML_and_JSON()
    {
        const string Json = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"view"},"subjects":[{"kind":"Group","name":"g"}]}]}""";
        Assert.Equal("a.json:1:44", Assert.Single(Read(("a.json", Json)).Rights).Place.ToString());
        Assert.Single(Read(Json).Rights);
    }

    [Fact]
    public void Trap29_An_object_that_stands_twice_counts_twice_and_is_reported()
    {
        var binding = Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\n" + Group;
        var reading = Read(binding + "---\n" + binding);
        Assert.Equal(2, reading.Rights.Length);
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void Trap30_A_built_in_role_that_is_written_anew_has_unknown_content()
    {
        var reading = Read(Head + "kind: ClusterRole\nmetadata: {name: view}\nrules: []\n---\n" + Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        Assert.Null(Assert.Single(reading.Rights).Rules);
        Assert.Equal(Truth.Unknown, Ask(reading, "get", "", "pods"));
    }

    [Theory]
    [InlineData("rules:\n- {apiGroups: [''], resources: [secrets], verbs: []}")]
    [InlineData("rules:\n- {resources: [secrets], verbs: [get]}")]
    [InlineData("rules:\n- {apiGroups: [''], resources: [secrets], nonResourceURLs: [/x], verbs: [get]}")]
    [InlineData("rules:\n- null")]
    [InlineData("rules: x")]
    [InlineData("rules:\n- {apiGroups: [''], resources: [secrets], verbs: get}")]
    [InlineData("rules:\n- {apiGroups: [''], resources: [1], verbs: [get]}")]
    public void Trap31_A_refused_role_gives_nothing(string rules)
    {
        var reading = Read(Head + $"kind: ClusterRole\nmetadata: {{name: r}}\n{rules}\n");
        Assert.Contains(reading.Problems, p => p.Kind == ReadingProblemKind.Refused);
        Assert.True(reading.IsComplete);
    }

    [Fact]
    public void Trap32_Anchors_stand_for_what_they_name_and_cannot_explode()
    {
        var reading = Bound("- &a {apiGroups: [''], resources: [pods], verbs: [get]}\n- *a");
        Assert.Equal(2, Assert.Single(reading.Rights).Rules!.Value.Length);
        var text = new StringBuilder("a: &a0 [x]\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append($"b{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        Assert.Empty(Read(text.Append("apiVersion: v1\nkind: List\nitems: *a59\n").ToString()).Rights);
    }

    [Fact]
    public void Trap33_Any_bytes_are_read()
    {
        var random = new Random(7);
        var seed = Encoding.UTF8.GetBytes(Head + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var k = random.Next(1, 6); k > 0; k--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = ClusterReading.Read([new Artefact("a.yaml", bytes.AsMemory(0, random.Next(bytes.Length)))], CancellationToken.None);
        }

        foreach (var text in new[] { new string('[', 100_000), new string('{', 100_000), string.Concat(Enumerable.Repeat("- ", 100_000)), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) })
        {
            Assert.False(Read(text).IsComplete);
        }
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", false)]
    [InlineData("007", false)]
    public void Trap34_kustomize_makes_a_text_of_what_kubectl_takes_for_a_boolean(string written, bool isText)
    {
        var binding = Head + $"kind: ClusterRoleBinding\nmetadata: {{name: b}}\nroleRef: {{kind: ClusterRole, name: view}}\nsubjects: [{{kind: Group, name: {written}}}]\n";
        var reading = Read(("k/kustomization.yaml", "resources: [a.yaml]\n"), ("k/a.yaml", binding));
        Assert.Equal(isText ? [written] : [], reading.Rights.Select(r => r.SubjectName));
        Assert.Equal(isText, !reading.IsComplete);
    }

    [Fact]
    public void Trap35_An_annotation_may_leave_an_object_out()
    {
        var reading = Read(Head + "kind: ClusterRoleBinding\nmetadata: {name: b, annotations: {config.kubernetes.io/local-config: 'true'}}\nroleRef: {kind: ClusterRole, name: view}\n" + Group);
        Assert.Single(reading.Rights);
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void Trap36_Any_kustomization_lists_the_same_quickly_or_not()
    {
        const string Quick = "apiVersion: \"kustomize.config.k8s.io/v1beta1\"\nkind: \"Kustomization\"\nresources:\n- \"a.yaml\"\n- \"missing.yaml\"\n";
        var a = Read(("k/kustomization.yaml", Quick), ("k/a.yaml", ""));
        var b = Read(("k/kustomization.yaml", Quick + "\n"), ("k/a.yaml", ""));
        Assert.Equal(["k/kustomization.yaml:5:3"], a.Problems.Select(p => p.Place.ToString()));
        Assert.Equal(a.Problems.ToArray(), b.Problems.ToArray());
    }

    private static ClusterReading Bound(string rules, string subjects = Group, string ns = "")
    {
        var binding = ns.Length == 0 ? "kind: ClusterRoleBinding\nmetadata: {name: b}\n" : $"kind: RoleBinding\nmetadata: {{name: b, namespace: {ns}}}\n";
        return Read(Head + $"kind: ClusterRole\nmetadata: {{name: r}}\nrules:\n{rules}\n---\n" + Head + binding + "roleRef: {kind: ClusterRole, name: r}\n" + subjects);
    }

    private static ClusterReading Read(string text) => Read(("a.yaml", text));

    private static ClusterReading Read(params (string Path, string Text)[] files)
        => ClusterReading.Read([.. files.Select(f => new Artefact(f.Path, Encoding.UTF8.GetBytes(f.Text)))], CancellationToken.None);

    private static Truth Ask(ClusterReading reading, string verb, string apiGroup, string resource, string subresource = "", string name = "", string ns = "web")
        => Decide(reading, RbacRequest.ForResource(verb, apiGroup, resource, subresource, name, ns));

    private static Truth Decide(ClusterReading reading, RbacRequest request, int minorVersion = 36) => reading.Allows("u", ["g"], request, minorVersion, null).Allowed;
}
