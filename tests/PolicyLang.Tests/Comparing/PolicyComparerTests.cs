using PolicyLang.Comparing;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Comparing;

public sealed class PolicyComparerTests
{
    private const string Namespaces = """
        - { name: web, labels: { team: web } }
        - { name: db, labels: { team: db } }
        - { name: pay, labels: { team: web }, clusters: [prod] }
        """;

    /// <summary>Different sentences that give the same.</summary>
    [Theory]
    [InlineData("allow sre as view on prod cluster-wide", "allow sre as view on prod cluster-wide\nallow sre as view on prod cluster-wide when managed")]
    [InlineData("allow sre as view on prod cluster-wide", "allow sre as view on prod cluster-wide\nallow sre as view on prod in web")]
    [InlineData("allow sre as view on prod cluster-wide", "allow sre as view on prod cluster-wide\nallow sre as view on prod cluster-wide until 2099-12-31")]
    [InlineData("allow sre as admin on prod cluster-wide", "allow sre as admin on prod cluster-wide\nallow sre as oncall on prod in web")]
    [InlineData("allow sre as view, oncall on prod cluster-wide", "allow sre as oncall on prod cluster-wide")]
    [InlineData("allow sre, payments as view on prod, stg cluster-wide", "allow payments as view on stg, prod cluster-wide\nallow sre as view on prod cluster-wide\nallow sre as view on stg cluster-wide")]
    [InlineData("allow sre as view on prod in web, db via tailscale, teleport", "allow sre as view on prod in web via teleport\nallow sre as view on prod in db via tailscale\nallow sre as view on prod in db via teleport\nallow sre as view on prod in web via tailscale")]
    [InlineData("allow sre as view on production cluster-wide", "allow sre as view on clusters where env = \"prod\" cluster-wide because \"other\"")]
    [InlineData("allow sre as a on prod in web\nrole a { can read pods  can exec pods }", "allow sre as b on prod in web\nrole b { include c can get pods  can [list, watch] pods }\nrole c { can exec pods }")]
    [InlineData("role a { can get pods }\nallow sre as a on prod in web", "role a { can get pods  can get nodes  can get \"/metrics\" }\nallow sre as a on prod in web")]
    [InlineData("role e = clusterrole \"edit\"\nallow sre as e on prod cluster-wide", "role e = clusterrole \"edit\"\nallow sre as e, view on prod cluster-wide")]
    [InlineData("role e = clusterrole \"mine\"\nallow sre as admin on prod cluster-wide", "role e = clusterrole \"mine\"\nallow sre as admin, e on prod cluster-wide")]
    [InlineData("allow sre as view on prod cluster-wide", "# words\nallow   sre # more\n as view\n on prod cluster-wide because \"words\"")]
    [InlineData("posture p { tailscale = \"x\" }\nallow sre as view on prod cluster-wide when managed", "posture p { tailscale = \"x\" }\nallow sre as view on prod cluster-wide when p via tailscale")]
    [InlineData("allow sre as view on prod cluster-wide until 2026-11-22", "")]
    [InlineData("group g { members = [al@x.com] }\nallow g as view on prod cluster-wide", "allow al@x.com as view on prod cluster-wide")]
    [InlineData("group g { tailscale = \"group:g@x.com\" }\nallow g as view on prod cluster-wide", "group renamed { tailscale = \"group:g@x.com\" }\nallow renamed as view on prod cluster-wide")]
    [InlineData("user al { email = \"al@x.com\" }\nallow al as view on prod cluster-wide", "allow al@x.com as view on prod cluster-wide")]
    public void The_same_access_in_other_words_is_unchanged(string old, string @new)
    {
        Comparing.Unchanged(Comparing.Compare(old, @new));
        Comparing.Unchanged(Comparing.Compare(@new, old));
    }

    [Theory]
    [InlineData("", "allow sre as view on prod cluster-wide", "new rule", "+ sre: view on prod via tailscale")]
    [InlineData("role a { can get pods }\nallow sre as a on prod in web", "role a { can get pods  can delete pods }\nallow sre as a on prod in web", "role `a` edited", "+ sre: delete pods on prod in web via tailscale")]
    [InlineData("role a { can get pods }\nrole b { include a }\nallow sre as b on prod in web", "role a { can [get, list] pods }\nrole b { include a }\nallow sre as b on prod in web", "role `a` edited", "+ sre: list pods on prod in web via tailscale")]
    [InlineData("role a = clusterrole \"view\"\nallow sre as a on prod in web", "role a = clusterrole \"edit\"\nallow sre as a on prod in web", "role `a` edited", "+ sre: clusterrole \"edit\" on prod in web via tailscale")]
    [InlineData("allow sre as view on prod in web", "allow sre as view on prod cluster-wide", "rule edited: `in web` → `cluster-wide`", "+ sre: view on prod via tailscale")]
    [InlineData("allow sre as view on prod in web", "allow sre as view on prod in web, db", "rule edited: `in web` → `in web, db`", "+ sre: view on prod in db via tailscale")]
    [InlineData("allow sre as view on prod in web via tailscale", "allow sre as view on prod in web via tailscale, teleport", "rule edited: `via tailscale` → `via tailscale, teleport`", "+ sre: view on prod in web via teleport")]
    [InlineData("allow sre as view on prod in web when managed", "allow sre as view on prod in web", "rule edited: `when managed` removed", "+ sre: view on prod in web via tailscale")]
    [InlineData("allow sre as view on prod in web until 2026-12-31", "allow sre as view on prod in web until 2027-12-31", "rule edited: `until 2026-12-31` → `until 2027-12-31`", "+ sre: view on prod in web via tailscale until 2027-12-31")]
    [InlineData("allow sre as view on prod in web", "allow sre as view on prod in web\nallow sre as oncall on prod in web", "new rule", "+ sre: exec pods on prod in web via tailscale")]
    [InlineData("allow sre as view on prod cluster-wide", "allow sre as view on prod cluster-wide\nallow sre, payments as view on prod in web", "new rule", "+ payments: view on prod in web via tailscale")]
    [InlineData("role a { can get configmaps named \"x\" }\nallow sre as a on prod in web", "role a { can get configmaps }\nallow sre as a on prod in web", "role `a` edited", "+ sre: get configmaps on prod in web via tailscale")]
    [InlineData("posture p { tailscale = [\"x\", \"y\"] }\nallow sre as view on prod in web when p", "posture p { tailscale = \"x\" }\nallow sre as view on prod in web when p", "posture `p` edited", "+ sre: view on prod in web via tailscale when p")]
    [InlineData("group g { members = [al@x.com] }\nallow g as view on prod in web", "group g { members = [al@x.com, bo@x.com] }\nallow g as view on prod in web", "members of `g`: +bo@x.com", "+ bo@x.com: view on prod in web via tailscale")]
    [InlineData("group g { members = [al@x.com] }\ngroup h { members = [g] }\nallow h as view on prod in web", "group g { members = [al@x.com, bo@x.com] }\ngroup h { members = [g] }\nallow h as view on prod in web", "members of `g`: +bo@x.com", "+ bo@x.com: view on prod in web via tailscale")]
    [InlineData("group g { members = [al@x.com]  github = \"a/g\" }\nallow g as view on prod in web via teleport", "group g { members = [al@x.com, bo@x.com]  github = \"a/g\" }\nallow g as view on prod in web via teleport", "members of `g`: +bo@x.com", "+ bo@x.com: view on prod in web via teleport")]
    [InlineData("fleet f = prod\nallow sre as view on f cluster-wide", "fleet f = prod, stg\nallow sre as view on f cluster-wide", "fleet `f` edited", "+ sre: view on stg via tailscale")]
    [InlineData("fleet f = prod\nfleet g = f\nallow sre as view on g cluster-wide", "fleet f = prod, stg\nfleet g = f\nallow sre as view on g cluster-wide", "fleet `f` edited", "+ sre: view on stg via tailscale")]
    [InlineData("allow sre as view on all clusters cluster-wide", "allow sre as view on all clusters cluster-wide\ncluster lab { labels { env = \"lab\" } tailscale { tag = \"tag:lab\" } }", "new cluster", "+ sre: view on lab via tailscale")]
    [InlineData("allow sre as view on all clusters cluster-wide\ncluster lab { labels { env = \"lab\" } tailscale { tag = \"tag:lab\" } retired }", "allow sre as view on all clusters cluster-wide\ncluster lab { labels { env = \"lab\" } tailscale { tag = \"tag:lab\" } }", "cluster `lab` no longer retired", "+ sre: view on lab via tailscale")]
    [InlineData("allow sre as view on clusters where env = \"x\" cluster-wide\ncluster lab { labels { env = \"lab\" } tailscale { tag = \"tag:lab\" } }", "allow sre as view on clusters where env = \"x\" cluster-wide\ncluster lab { labels { env = \"x\" } tailscale { tag = \"tag:lab\" } }", "label edit: `env` lab → x", "+ sre: view on lab via tailscale")]
    [InlineData("allow sre as view on prod cluster-wide until 2026-11-22", "allow sre as view on prod cluster-wide until 2026-11-23", "new rule", "+ sre: view on prod via tailscale until 2026-11-23")]
    public void A_gain_names_its_cause_and_the_way_back_is_its_mirror(string old, string @new, params string[] expected)
    {
        var forth = Comparing.Compare(old, @new);
        Assert.Equal(AccessVerdict.Wider, forth.Access);
        Assert.Equal(expected, forth.Lines());

        var back = Comparing.Compare(@new, old);
        Assert.Equal(AccessVerdict.Narrower, back.Access);
        Assert.Equal(expected[1..].Select(line => line.Replace("+ ", "- ", StringComparison.Ordinal)), back.Lines().Skip(1));
    }

    [Theory]
    [InlineData("group g { github = \"a/g\" }\nallow g as view on prod in web via teleport", "group g { github = \"a/h\" }\nallow g as view on prod in web via teleport", "identity of `g`: github `a/g` → `a/h`", "+ g (github a/h): view on prod in web via teleport", "- g (github a/g): view on prod in web via teleport")]
    [InlineData("allow sre as view on prod in web", "allow payments as view on prod in web", "rule edited: `allow sre` → `allow payments`", "+ payments: view on prod in web via tailscale", "- sre: view on prod in web via tailscale")]
    [InlineData("allow sre as view on prod in web", "allow sre as view on stg in web", "rule edited: `on prod` → `on stg`", "+ sre: view on stg in web via tailscale", "- sre: view on prod in web via tailscale")]
    [InlineData("posture p { tailscale = \"x\" }\nallow sre as view on prod in web when p", "posture p { tailscale = \"y\" }\nallow sre as view on prod in web when p", "posture `p` edited", "+ sre: view on prod in web via tailscale when p", "- sre: view on prod in web via tailscale when p")]
    [InlineData("allow sre as view on prod in web until 2027-01-01", "allow sre as view on prod in web when managed", "rule edited: `when managed` added, `until 2027-01-01` removed", "+ sre: view on prod in web via tailscale when managed", "- sre: view on prod in web via tailscale until 2027-01-01")]
    [InlineData("role e = clusterrole \"mine\"\nallow sre as e on prod in web", "role e = clusterrole \"yours\"\nallow sre as e on prod in web", "role `e` edited", "+ sre: clusterrole \"yours\" on prod in web via tailscale", "- sre: clusterrole \"mine\" on prod in web via tailscale")]
    public void What_gives_and_takes_is_one_cause(string old, string @new, params string[] expected)
    {
        var comparison = Comparing.Compare(old, @new);
        Assert.Equal((AccessVerdict.Both, false), (comparison.Access, comparison.HasWeakerGuard));
        Assert.Equal(expected, comparison.Lines());
    }

    [Fact]
    public void A_rule_of_its_own_text_elsewhere_is_not_the_cause()
    {
        var comparison = Comparing.Compare("allow sre as view on prod in web\nallow payments as view on stg in db", "allow payments as view on stg in db\nallow sre as view on prod in web, db");
        Assert.Equal(["rule edited: `in web` → `in web, db`", "+ sre: view on prod in db via tailscale"], comparison.Lines());
        Assert.Equal("test.policy:15:1", comparison.Changes.Single().Cause.New?.ToString());
    }

    [Fact]
    public void One_cause_with_many_consequences_is_one_change()
    {
        const string rules = "allow sre, payments as a on all clusters cluster-wide\nallow contractors as a on prod, stg in web, db";
        var comparison = Comparing.Compare("role a { can get pods }\n" + rules, "role a { can [get, list] pods }\n" + rules);
        Assert.Equal(
            ["role `a` edited", "+ payments,sre: list pods on dev,prod,stg via tailscale", "+ contractors: list pods on prod,stg in db,web via tailscale"],
            comparison.Lines());
    }

    [Fact]
    public void Default_via_and_the_paths_of_a_cluster_are_causes()
    {
        const string clusters = "cluster a { tailscale { tag = \"tag:a\" } teleport { label = \"c=a\" } }\ngroup g { github = \"x/g\" tailscale = \"group:g@x.com\" }\nrole v = clusterrole \"view\"\nallow g as v on all clusters cluster-wide\n";
        Assert.Equal(
            ["`default via` edited", "+ g: v on a via teleport"],
            Comparing.Whole("default via tailscale\n" + clusters, "default via tailscale, teleport\n" + clusters).Lines());
        var narrow = clusters.Replace(" teleport { label = \"c=a\" }", "", StringComparison.Ordinal);
        Assert.Equal(
            ["cluster paths: `teleport` declared", "+ g: v on a via teleport"],
            Comparing.Whole("default via tailscale, teleport\n" + narrow, "default via tailscale, teleport\n" + clusters).Lines());
    }

    [Fact]
    public void Namespaces_and_their_labels_are_causes()
    {
        const string policy = TestPolicy.Company + "namespaces from \"n.yaml\"\nallow sre as view on stg in namespaces where team = \"web\"\n";
        (string, string)[] Files(string text) => [("n.yaml", text)];
        Assert.Equal(
            ["namespace `new` declared", "+ sre: view on stg in new via tailscale"],
            Comparing.Whole(policy, policy, Files(Namespaces), Files(Namespaces + "\n- { name: new, labels: { team: web } }")).Lines());
        Assert.Equal(
            ["label edit of namespace `db`: `team` db → web", "+ sre: view on stg in db via tailscale"],
            Comparing.Whole(policy, policy, Files(Namespaces), Files(Namespaces.Replace("team: db", "team: web", StringComparison.Ordinal))).Lines());
        Assert.Equal(
            ["namespace `pay` declared", "+ sre: view on stg in pay via tailscale"],
            Comparing.Whole(policy, policy, Files(Namespaces), Files(Namespaces.Replace("clusters: [prod]", "clusters: [prod, stg]", StringComparison.Ordinal))).Lines());
    }

    [Fact]
    public void The_version_of_kubernetes_is_a_cause()
    {
        const string policy = "cluster a { tailscale { tag = \"tag:a\" } kubernetes { version = \"1.29\" } }\ngroup g { tailscale = \"group:g@x.com\" }\nrole x { can exec pods }\nallow g as x on a cluster-wide\n";
        Assert.Equal(
            ["Kubernetes 1.29 → 1.30", "+ g: get pods/exec on a via tailscale"],
            Comparing.Whole(policy, policy.Replace("1.29", "1.30", StringComparison.Ordinal)).Lines());
    }

    [Fact]
    public void Behind_a_path_that_carries_only_reach_the_api_server_s_provider_counts()
    {
        const string policy = """
            cluster a { cloudflare { addresses = "198.51.100.1" } authentication { oidc { people = okta groups_prefix = "oidc:" } } }
            group g { okta = "G" github = "x/g" cloudflare = "G" }
            role v = clusterrole "view"
            allow g as v on a cluster-wide
            """;
        var changed = policy.Replace("people = okta", "people = github", StringComparison.Ordinal);
        Assert.Equal(["authentication edited", "+ g: v on a via cloudflare", "- g: v on a via cloudflare"], Comparing.Whole(policy, changed).Lines());
        Assert.Equal(
            ["identity of `g`: okta `G` → `H`", "+ g (cloudflare G): v on a via cloudflare", "- g (cloudflare G): v on a via cloudflare"],
            Comparing.Whole(policy, policy.Replace("okta = \"G\"", "okta = \"H\"", StringComparison.Ordinal)).Lines());
        Comparing.Unchanged(Comparing.Whole(policy, policy.Replace("\"oidc:\"", "\"other:\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void New_assumptions_are_told_and_are_no_verdict()
    {
        var comparison = Comparing.Compare("allow sre as view on prod cluster-wide", "allow sre as view on prod cluster-wide\nallow sre as view on prod in web until 2099-01-01");
        Comparing.Unchanged(comparison);
        Assert.Equal(["RebuiltDaily"], comparison.NewAssumptions.Select(a => a.Kind.ToString()));
        Assert.Empty(comparison.DroppedAssumptions);
    }
}
