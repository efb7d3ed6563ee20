using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

public sealed class KubernetesAssumptionTests
{
    private static readonly Cluster Prod = TestModels.Cluster("prod");

    [Fact]
    public void Every_cluster_rests_on_its_administrators_and_its_other_authenticators()
        => Assert.Equal(
            [(AssumptionKind.AdminPlanes, "prod"), (AssumptionKind.NoOtherAuthenticator, "prod/policyc:"), (AssumptionKind.NoForeignUserBindings, "prod")],
            WriteFine(Prod).Assumptions.Select(a => (a.Kind, a.Topic)));

    [Fact]
    public void Namespaces_are_assumed_only_where_none_are_declared()
    {
        var rights = new[] { Right(Prod, "a", "view", "web"), Right(Prod, "b", "view", "web"), Right(Prod, "a", "view", "api") };
        Assert.Equal(["prod/api", "prod/web"], WriteFine(Prod, rights).Assumptions.Where(a => a.Kind == AssumptionKind.NamespaceExists).Select(a => a.Topic));
        var declared = Prod with { Namespaces = ImmutableSortedDictionary<string, ClusterNamespace>.Empty };
        Assert.DoesNotContain(WriteFine(declared, rights).Assumptions, a => a.Kind == AssumptionKind.NamespaceExists);
    }

    [Fact]
    public void A_lock_that_is_open_for_user_names_is_an_assumption()
    {
        string[] Topics(string[]? users, params string[] groups)
        {
            var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(users: users)));
            var cluster = Prod.With(path);
            var identities = groups.Select(g => FakeProxyKind.Identity(cluster, path, g, groups: g));
            return [.. WriteFine(TestModels.Model([path], [TestModels.Access(cluster, identities)])).Assumptions.Where(a => a.Kind == AssumptionKind.AdminPlanes).Select(a => a.Topic)];
        }

        Assert.Equal(["prod", "prod/fake"], Topics(null, "g"));
        Assert.Equal(["prod"], Topics(["policyc:fake"], "g"));
        Assert.Equal(["prod"], Topics(null));
    }

    [Fact]
    public void Assumptions_are_said_once()
    {
        var run = WriteFine(Prod, Right(Prod, "a", "view"), Right(Prod, "b", "view"), Right(Prod, "b", "view", "web"), Right(Prod, "c", "ops", "web"));
        Assert.Equal(run.Assumptions.Length, run.Assumptions.Select(a => (a.Kind, a.Topic)).Distinct().Count());
        Assert.All(run.Assumptions, a => Assert.NotNull(a.Location));
    }

    [Fact]
    public void A_name_in_very_many_clusters_is_counted_and_not_listed()
    {
        var clusters = Enumerable.Range(0, 20).Select(i => TestModels.Cluster($"c{i:00}")).ToArray();
        var run = WriteFine(TestModels.Model([], clusters.Select(c => TestModels.Access(c, rights: [Foreign(c, "ops", "view", kind: RbacSubjectKind.User)]))));
        Assert.Equal(
            "the Kubernetes user `ops` means the same people in each cluster that binds it: `c00`, `c01`, `c02`, `c03`, `c04` and 15 more",
            Assert.Single(run.Assumptions, a => a.Kind == AssumptionKind.SharedGroup).Statement);
    }
}
