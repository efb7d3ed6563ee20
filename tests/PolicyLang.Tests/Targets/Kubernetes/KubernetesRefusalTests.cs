using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

public sealed class KubernetesRefusalTests
{
    private static readonly Cluster Prod = TestModels.Cluster("prod");

    [Fact]
    public void Two_bindings_of_one_name_are_an_error_that_names_both_rules()
    {
        var run = Write(Prod, Foreign(Prod, "a", "b-c"), Foreign(Prod, "a-b", "c"));
        var error = Assert.Single(run.Diagnostics);
        Assert.Equal("binding-name-collision", error.Code);
        Assert.Equal("in cluster `prod` the bindings of `a` to `b-c` and of `a-b` to `c` would both be named `a-b-c`", error.Message);
        Assert.Equal("allow team as x on prod in a", error.Location!.Text);
        Assert.Equal("allow team as x on prod in a-b", Assert.Single(error.Related).Location.Text);
        Assert.Equal(error.Message, Assert.Single(Write(Prod, Foreign(Prod, "a-b", "c"), Foreign(Prod, "a", "b-c")).Diagnostics).Message);
    }

    [Fact]
    public void The_same_names_in_different_places_do_not_collide()
        => Assert.Empty(Write(Prod, Foreign(Prod, "a", "b-c", "x"), Foreign(Prod, "a-b", "c", "y"), Foreign(Prod, "a", "b-c")).Diagnostics);

    [Fact]
    public void A_binding_that_is_asked_for_twice_is_written_once()
        => Assert.Single(WriteFine(Prod, Right(Prod, "a", "view"), Right(Prod, "a", "view")).Objects(), o => (string?)o["metadata"]!["name"] == "policyc:prod:a:as:view");

    [Theory]
    [InlineData("", "empty-kubernetes-name")]
    [InlineData("system:masters", "reserved-kubernetes-name")]
    [InlineData("system:", "reserved-kubernetes-name")]
    [InlineData("policyc:prod:sre", "reserved-kubernetes-name")]
    [InlineData("a\u0007b", "unwritable-kubernetes-name")]
    [InlineData("a\u2028b", "unwritable-kubernetes-name")]
    [InlineData("a\ufeff", "unwritable-kubernetes-name")]
    public void Subject_names_are_refused_once(string name, string code)
    {
        var dev = TestModels.Cluster("dev");
        var run = Write(TestModels.Model([], [TestModels.Access(dev, rights: [Foreign(dev, name, "view"), Foreign(dev, name, "view", "web")]), TestModels.Access(Prod, rights: [Foreign(Prod, name, "edit")])]));
        Assert.Equal(code, Assert.Single(run.Diagnostics).Code);
        Assert.DoesNotContain(run.Objects(), o => (string?)o["kind"] is "ClusterRoleBinding" or "RoleBinding");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Equal("unwritable-kubernetes-name", Assert.Single(Write(Prod, Foreign(Prod, "a\ud83d", "view")).Diagnostics).Code);

    [Fact]
    public void A_reserved_override_is_reported_where_it_is_set()
    {
        var here = TestModels.Here("system:masters");
        var subject = TestModels.Group("sre") with { KubernetesGroup = new PolicyLang.Data.SettingText("system:masters", here) };
        var error = Assert.Single(Write(Prod, Foreign(Prod, "system:masters", "view") with { Subject = subject }).Diagnostics);
        Assert.Equal("the Kubernetes group `system:masters` of `sre` in cluster `prod` starts with `system:`, which is reserved for Kubernetes itself", error.Message);
        Assert.Equal(here, error.Location);
    }

    [Theory]
    [InlineData("", "invalid-clusterrole-name")]
    [InlineData("a/b", "invalid-clusterrole-name")]
    [InlineData("a%b", "invalid-clusterrole-name")]
    [InlineData("..", "invalid-clusterrole-name")]
    [InlineData("a\u0001", "invalid-clusterrole-name")]
    [InlineData("policyc:lock:fake", "reserved-clusterrole-name")]
    [InlineData("policyc:oncall", "reserved-clusterrole-name")]
    public void Existing_ClusterRoles_are_refused(string name, string code) => Assert.Equal(code, Assert.Single(Write(Prod, Right(Prod, "a", name), Right(Prod, "b", name, "web")).Diagnostics).Code);

    [Theory]
    [InlineData("lock:fake")]
    [InlineData("applier:prod")]
    public void Own_ClusterRoles_cannot_take_the_place_of_locks(string name)
        => Assert.Equal("reserved-clusterrole-name", Assert.Single(Write(Prod, Right(Prod, "a", Own(name, Rule(["get"], [""], ["pods"])))).Diagnostics).Code);

    [Fact]
    public void One_ClusterRole_name_cannot_have_two_contents()
    {
        var run = Write(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"]))), Right(Prod, "b", Own("r", Rule(["list"], [""], ["pods"]))), Right(Prod, "b", Own("r", Rule(["list"], [""], ["pods"])), "web"));
        Assert.Equal("conflicting-clusterrole", Assert.Single(run.Diagnostics).Code);
        Assert.Empty(Write(Prod, Right(Prod, "a", Own("r", Rule(["get"], [""], ["pods"]))), Right(Prod, "b", Own("r", Rule(["get"], [""], ["pods"])))).Diagnostics);
    }

    [Fact]
    public void Rules_that_RBAC_would_refuse_or_widen_are_refused()
    {
        RbacRule[] bad =
        [
            Rule([], [""], ["pods"]),
            Rule(["get"], [], ["pods"]),
            Rule(["get"], [""], []),
            Rule([""], [""], ["pods"]),
            Rule(["get"], [""], [""]),
            new(["get"], [""], ["pods"], [], ["/metrics"]),
            new(["get"], [], [], ["x"], ["/metrics"]),
            new(["get"], [], [], [], [""]),
            Rule(["get"], [""], ["pods\n"]),
        ];
        foreach (var rule in bad)
        {
            Assert.Equal("unwritable-rbac-rule", Assert.Single(Write(Prod, Right(Prod, "a", Own("r", rule))).Diagnostics).Code);
        }

        Assert.Equal("unwritable-rbac-rule", Assert.Single(Write(Prod, Right(Prod, "a", Own("r"))).Diagnostics).Code);
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("../x")]
    [InlineData("a.b")]
    [InlineData("-a")]
    [InlineData("")]
    [InlineData("*")]
    public void Namespaces_that_cannot_exist_are_refused_once(string ns)
    {
        var run = Write(Prod, Right(Prod, "a", "view", ns), Right(Prod, "b", "view", ns));
        Assert.Equal("invalid-namespace", Assert.Single(run.Diagnostics).Code);
        Assert.DoesNotContain(run.Files.Keys, path => path.Contains("namespaces", StringComparison.Ordinal));
    }

    [Fact]
    public void Proxies_need_a_service_account_that_can_exist()
    {
        foreach (var proxy in new[] { FakeProxyKind.Proxy(account: ""), FakeProxyKind.Proxy(account: "A"), FakeProxyKind.Proxy() with { Namespace = "a/b" } })
        {
            var path = TestModels.Path(new FakeProxyKind(proxy));
            Assert.Equal("invalid-proxy-account", Assert.Single(Write(TestModels.Model([path], [TestModels.Access(Prod.With(path))])).Diagnostics).Code);
        }
    }

    [Fact]
    public void Two_proxies_of_one_name_are_refused()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(account: "a"), FakeProxyKind.Proxy(account: "b")));
        Assert.Equal("invalid-proxy-account", Assert.Single(Write(TestModels.Model([path], [TestModels.Access(Prod.With(path))])).Diagnostics).Code);
    }

    [Fact]
    public void Two_proxies_of_one_path_may_share_a_service_account()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy("a"), FakeProxyKind.Proxy("b")));
        Assert.Empty(Write(TestModels.Model([path], [TestModels.Access(Prod.With(path))])).Diagnostics);
    }

    [Theory]
    [InlineData("output", "kubernetes/", "kubernetes-output-template")]
    [InlineData("output", "/abs/{cluster}/", "kubernetes-output-template")]
    [InlineData("output", "../{cluster}", "kubernetes-output-template")]
    [InlineData("output", "a//{cluster}", "kubernetes-output-template")]
    [InlineData("output", "a\\{cluster}", "kubernetes-output-template")]
    [InlineData("output", "C:/{cluster}", "kubernetes-output-template")]
    [InlineData("output", "{cluster}/{namespace}", "kubernetes-output-template")]
    [InlineData("marker_namespace", "Default", "kubernetes-marker-namespace")]
    [InlineData("marker_namespace", "", "kubernetes-marker-namespace")]
    [InlineData("applier", "jo@acme.com", "kubernetes-applier")]
    [InlineData("applier", "User:", "kubernetes-applier")]
    [InlineData("applier", "user:jo", "kubernetes-applier")]
    [InlineData("applier", "Group:system:masters", "kubernetes-applier")]
    [InlineData("applier", "Group:policyc:prod:sre", "kubernetes-applier")]
    [InlineData("applier", "ServiceAccount:argo", "kubernetes-applier")]
    [InlineData("applier", "ServiceAccount:argo/a/b", "kubernetes-applier")]
    [InlineData("applier", "ServiceAccount:/a", "kubernetes-applier")]
    public void Settings_are_checked(string setting, string value, string code)
    {
        var run = Write(TestModels.Model([], [TestModels.Access(Prod)]), (setting, value));
        Assert.Equal(code, Assert.Single(run.Diagnostics).Code);
        Assert.NotNull(run.Diagnostics[0].Location);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void The_section_takes_what_the_project_reads_itself()
        => Assert.Empty(Write(
            TestModels.Model([], [TestModels.Access(Prod)]),
            ("version", "1.33"),
            ("custom_resources", new (string, object)[][] { [("name", "certificates.cert-manager.io"), ("namespaced", true), ("subresources", new[] { "status" })] })).Diagnostics);

    [Fact]
    public void Work_can_be_stopped()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var target = new PolicyLang.Targets.Kubernetes.KubernetesTarget();
        Assert.Throws<OperationCanceledException>(() => target.Write(
            new PolicyLang.Targets.TargetContext(TestModels.Model([], [TestModels.Access(Prod)]), PolicyLang.Data.SettingBlock.Empty, new PolicyLang.Diagnostics.DiagnosticBag()), source.Token));
    }
}
