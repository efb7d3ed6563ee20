using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Semantics;

public sealed class ClusterBindingTests
{
    [Fact]
    public void Defaults_hold_for_every_cluster_that_does_not_say_otherwise()
    {
        var access = TestPolicy.Access(
            """
            clusters from "clusters.yaml"
            cluster * {
              labels    { tier = "customer" }
              tailscale { tag = "tag:{name}-{zone}-{env}"  port = 443 }
              teleport  { label = "c={name}" }
            }
            """,
            ("clusters.yaml", """
            - name: one
              zone: z1
              labels: { env: prod }
            - name: two
              zone: z2
              labels: { env: dev, tier: tools }
              tailscale: { tag: "tag:own" }
              teleport: none
            """));
        var one = access.Clusters[0].Cluster;
        var two = access.Clusters[1].Cluster;
        Assert.Equal("tag:one-z1-prod", one.Paths["tailscale"].GetList("tag")[0].Text);
        Assert.Equal(443, one.Paths["tailscale"].GetInteger("port", 0));
        Assert.Equal("customer", one.Labels["tier"]);
        Assert.Equal("c=one", one.Paths["teleport"].GetList("label")[0].Text);
        Assert.Equal("tag:own", two.Paths["tailscale"].GetList("tag")[0].Text);
        Assert.Equal(443, two.Paths["tailscale"].GetInteger("port", 0));
        Assert.Equal("tools", two.Labels["tier"]);
        Assert.False(two.Paths.ContainsKey("teleport"));
    }

    [Fact]
    public void A_placeholder_that_a_cluster_cannot_fill_is_an_error()
        => TestPolicy.Finds("cluster a { }\ncluster * { tailscale { tag = \"tag:{nme}\" } }", ("unknown-placeholder", "\"tag:{nme}\""));

    [Theory]
    [InlineData("tailscale { tag = \"tag:x\" }", "tailscale { tag = \"tag:x\" }")]
    [InlineData("cloudflare { addresses = \"2001:db8::1\" }", "cloudflare { addresses = [\"198.51.100.1\", \"2001:DB8:0::1\"] }")]
    public void Two_clusters_with_one_tag_or_address_are_an_error(string first, string second)
        => TestPolicy.Finds($"cluster a {{ {first} }}\ncluster b {{ {second} }}", ("shared-cluster-value", "b"));

    [Fact]
    public void A_cluster_declared_in_a_block_and_in_an_inventory_is_declared_twice()
    {
        var compilation = TestPolicy.Compile("cluster a { }\nclusters from \"c.yaml\"", ("c.yaml", "- name: a\n"));
        var found = Assert.Single(compilation.Diagnostics);
        Assert.Equal(("duplicate-name", "c.yaml:1:9"), (found.Code, found.Location?.ToString()));
    }

    [Fact]
    public void A_misspelt_setting_in_a_row_is_found()
    {
        var compilation = TestPolicy.Compile("clusters from \"c.yaml\"", ("c.yaml", "- name: a\n  retierd: true\n  owner: payments\n"));
        var found = Assert.Single(compilation.Diagnostics);
        Assert.Equal(("misspelt-field", "retierd"), (found.Code, found.Location?.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("policyc:")]
    [InlineData("policyc:prod:")]
    [InlineData("system:")]
    [InlineData("sys")]
    public void A_prefix_that_lets_a_provider_assert_reserved_names_is_refused(string prefix)
        => TestPolicy.Finds($"cluster a {{ authentication {{ oidc {{ people = okta groups_prefix = \"{prefix}\" }} }} }}", ("unsafe-prefix", $"\"{prefix}\""));

    [Theory]
    [InlineData("1.99")]
    [InlineData("33")]
    [InlineData("latest")]
    public void A_Kubernetes_version_out_of_range_is_an_error(string version)
        => TestPolicy.Finds($"cluster a {{ kubernetes {{ version = \"{version}\" }} }}", ("unknown-kubernetes-version", $"\"{version}\""));

    [Fact]
    public void A_namespace_declared_twice_on_a_cluster_is_an_error()
    {
        var compilation = TestPolicy.Compile("cluster a { }\ncluster b { }\nnamespaces from \"n.yaml\"", ("n.yaml", "- name: web\n  clusters: [a]\n- name: web\n  clusters: [b]\n- name: web\n"));
        Assert.Equal([("duplicate-name", "n.yaml:5:9")], compilation.Diagnostics.Select(d => (d.Code, d.Location?.ToString())));
    }

    [Fact]
    public void A_namespace_on_an_unknown_cluster_is_an_error()
    {
        var compilation = TestPolicy.Compile("cluster a { }\nnamespaces from \"n.yaml\"", ("n.yaml", "- name: web\n  clusters: [b]\n"));
        Assert.Equal([("unknown-name", "b")], compilation.Diagnostics.Select(d => (d.Code, d.Location?.Text)));
    }

    [Fact]
    public void A_setting_that_no_cluster_takes_is_an_error()
    {
        var found = TestPolicy.Finds("cluster a { tailscle { tag = \"tag:a\" } }", ("unknown-setting", "tailscle"));
        Assert.Equal("did you mean `tailscale`?", found[0].Help);
    }

    [Fact]
    public void A_misspelt_path_that_a_cluster_opts_out_of_is_an_error()
    {
        // Taken silently, `teleport` would stay open.
        var found = TestPolicy.Compile("cluster * { teleport { label = \"c={name}\" } }\ncluster a { telport = none }").Diagnostics;
        Assert.Equal("telport", Assert.Single(found).Location?.Text);
    }

    [Fact]
    public void A_misspelt_path_that_a_row_opts_out_of_is_an_error()
    {
        var found = TestPolicy.Compile("cluster * { teleport { label = \"c={name}\" } }\nclusters from \"c.yaml\"", ("c.yaml", "- name: a\n  telport: none\n")).Diagnostics;
        Assert.Equal("telport", Assert.Single(found).Location?.Text);
    }

    [Fact]
    public void A_prefix_that_means_no_prefix_is_unsafe()
        => TestPolicy.Finds("cluster a { authentication { oidc { people = okta groups_prefix = \"oidc:\" users_prefix = \"-\" } } }", ("unsafe-prefix", "\"-\""));
}
