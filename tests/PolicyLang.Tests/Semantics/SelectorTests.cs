using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Semantics;

public sealed class SelectorTests
{
    private const string Clusters = """
        cluster * { tailscale { tag = "tag:{name}" } }
        cluster a { labels { env = "prod" region = "tokyo" } }
        cluster b { labels { env = "prod" region = "osaka" } }
        cluster c { labels { env = "dev"  region = "tokyo" } teleport { label = "c" } }
        cluster d { labels { region = "osaka" } }
        cluster gone { labels { env = "prod" region = "tokyo" } retired }
        group g { members = [x@acme.com] }
        role view = clusterrole "view"

        """;

    [Theory]
    [InlineData("all clusters", "a b c d")]
    [InlineData("a, c", "a c")]
    [InlineData("clusters where region = \"tokyo\"", "a c")]
    [InlineData("clusters where region != \"tokyo\"", "b d")]
    [InlineData("clusters where region in [\"tokyo\", \"osaka\"] except d", "a b c")]
    [InlineData("clusters where has env", "a b c")]
    [InlineData("clusters where not has env", "d")]
    [InlineData("clusters where has env and env = \"prod\"", "a b")]
    [InlineData("clusters where not has env or env = \"dev\"", "c d")]
    [InlineData("clusters where with teleport", "c")]
    [InlineData("clusters where has env and (env = \"dev\" or region = \"osaka\")", "b c")]
    [InlineData("all clusters except a, b", "c d")]
    public void Selects(string selector, string expected)
    {
        var access = TestPolicy.Access(Clusters + $"allow g as view on {selector} cluster-wide via tailscale");
        Assert.Equal(expected, string.Join(' ', access.Clusters.Where(c => c.Grants.Length > 0).Select(c => c.Cluster.Name)));
    }

    [Theory]
    [InlineData("env = \"prod\"")]
    [InlineData("env != \"prod\"")]
    [InlineData("not env = \"prod\"")]
    [InlineData("env in [\"prod\"]")]
    public void A_comparison_on_a_label_that_a_cluster_lacks_is_an_error(string expression)
    {
        var found = TestPolicy.Finds(Clusters + $"fleet f = clusters where {expression}", ("missing-label", "env"));
        Assert.Contains("`d`", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fleets_that_contain_each_other_are_an_error()
        => TestPolicy.Finds(Clusters + "fleet e = f\nfleet f = e except a", ("cyclic-declaration", "e"));

    [Fact]
    public void A_fleet_may_not_have_the_name_of_a_cluster() => TestPolicy.Finds(Clusters + "fleet a = b", ("duplicate-name", "a"));

    [Fact]
    public void A_rule_on_a_retired_cluster_is_an_error()
        => TestPolicy.Finds(Clusters + "allow g as view on gone cluster-wide", ("retired-cluster", "gone"));

    [Fact]
    public void A_rule_that_selects_nothing_is_a_warning()
        => TestPolicy.Finds(Clusters + "allow g as view on clusters where region = \"mars\" cluster-wide", ("rule-gives-nothing", "allow g as view on clusters where region = \"mars\" cluster-wide"));

    [Fact]
    public void A_guard_that_selects_nothing_is_an_error()
        => TestPolicy.Finds(Clusters + "never g on clusters where region = \"mars\"", ("empty-selection", "clusters where region = \"mars\""));

    [Fact]
    public void Namespaces_are_literal_where_none_are_declared()
    {
        var access = TestPolicy.Access(Clusters + "allow g as view on a in web, db");
        Assert.Equal(["db", "web"], access.Clusters[0].Grants[0].Namespaces);
    }

    [Theory]
    [InlineData("team = \"web\"", "web")]
    [InlineData("has team", "db web")]
    [InlineData("has team and team != \"web\"", "db")]
    [InlineData("team in [\"web\", \"db\"]", "db web")]
    public void Namespaces_are_selected_by_label(string expression, string expected)
    {
        var access = TestPolicy.Access(
            Clusters + $"namespaces from \"n.yaml\"\nallow g as view on a in namespaces where {expression}",
            ("n.yaml", "- {name: web, labels: {team: web}}\n- {name: db, labels: {team: db}}\n- {name: kube-system}\n"));
        Assert.Equal(expected, string.Join(' ', access.Clusters[0].Grants[0].Namespaces ?? []));
    }

    [Theory]
    [InlineData("team != \"web\"")]
    [InlineData("not team = \"web\"")]
    public void A_negation_does_not_select_a_namespace_that_lacks_the_label(string expression)
    {
        var compilation = TestPolicy.Compile(
            Clusters + $"namespaces from \"n.yaml\"\nallow g as view on a in namespaces where {expression}",
            ("n.yaml", "- {name: web, labels: {team: web}}\n- {name: kube-system}\n"));
        Assert.Equal([("missing-label", "team")], compilation.Diagnostics.Select(d => (d.Code, d.Location?.Text)));
    }

    [Fact]
    public void An_undeclared_namespace_is_an_error_where_any_are_declared()
    {
        var compilation = TestPolicy.Compile(Clusters + "namespaces from \"n.yaml\"\nallow g as view on a, b in web, wbe", ("n.yaml", "- {name: web}\n"));
        var found = Assert.Single(compilation.Diagnostics);
        Assert.Equal(("unknown-namespace", "wbe", "did you mean `web`?"), (found.Code, found.Location?.Text, found.Help));
    }

    [Fact]
    public void A_selector_needs_declared_namespaces()
        => TestPolicy.Finds(Clusters + "allow g as view on a, b in namespaces where team = \"x\"", ("no-namespaces-declared", "namespaces where team = \"x\""));
}
