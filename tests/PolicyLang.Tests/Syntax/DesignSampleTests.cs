using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Syntax;

public sealed class DesignSampleTests
{
    private static readonly SyntaxTree Tree = SyntaxTree.Parse(new SourceText("design-sample.policy", SampleFiles.Read("design-sample.policy")));

    [Fact]
    public void The_sample_has_no_mistake()
    {
        Assert.Empty(Tree.Diagnostics);
        Assert.Equal(24, Tree.Statements.Length);
    }

    [Fact]
    public void Sources_and_defaults()
    {
        Assert.Equal("inventory/clusters.yaml", Assert.IsType<ClustersFromSyntax>(Tree.Statements[0]).File.Text);
        Assert.Equal("inventory/namespaces.yaml", Assert.IsType<NamespacesFromSyntax>(Tree.Statements[1]).File.Text);
        Assert.Equal(["tailscale", "teleport"], Assert.IsType<DefaultViaSyntax>(Tree.Statements[2]).Paths.Select(path => path.Text));
    }

    [Fact]
    public void Blocks_become_data()
    {
        var all = Assert.IsType<ClusterSyntax>(Tree.Statements[3]);
        Assert.Equal("*", all.Name.Text);
        Assert.Equal(["tailscale", "teleport"], all.Body.Entries.Select(entry => entry.Key));

        var tokyo = Assert.IsType<ClusterSyntax>(Tree.Statements[4]);
        var cloudflare = Assert.IsType<DataMap>(tokyo.Body.Find("cloudflare")?.Value);
        var addresses = Assert.IsType<DataList>(cloudflare.Find("addresses")?.Value);
        Assert.Equal(["198.51.100.101", "2001:db8::101"], addresses.Items.Cast<DataScalar>().Select(item => item.Text));
        Assert.Equal(("6443", false), Assert.IsType<DataScalar>(cloudflare.Find("port")?.Value) is var port ? (port.Text, port.IsQuoted) : default);
        var authentication = Assert.IsType<DataMap>(tokyo.Body.Find("authentication")?.Value);
        var oidc = Assert.IsType<DataMap>(authentication.Find("oidc")?.Value);
        Assert.Equal("okta", Assert.IsType<DataScalar>(oidc.Find("people")?.Value).Text);
        Assert.Equal("{ people = okta  groups_prefix = \"oidc:\" }", oidc.Location.Text);
    }

    [Fact]
    public void Fleets_roles_and_postures()
    {
        var fleet = Assert.IsType<FleetSyntax>(Tree.Statements[5]);
        var where = Assert.IsType<LabelComparisonSyntax>(fleet.Clusters.Where);
        Assert.Equal(("env", false), (where.Label.Text, where.IsNegated));
        Assert.Equal("prod", Assert.Single(where.Values).Text);

        var oncall = Tree.Statements.OfType<RoleSyntax>().Single(role => role.Name.Text == "oncall");
        Assert.Collection(
            oncall.Items,
            item => Assert.Equal("view", Assert.Single(Assert.IsType<IncludeSyntax>(item).Roles).Text),
            item => Assert.Equal("exec pods", Assert.IsType<CanSyntax>(item).Rights.Location.Text),
            item => Assert.Equal(["deployments.apps", "deployments.apps/scale"], Assert.IsType<CanSyntax>(item).Rights.Resources.Select(r => r.Text)));
        Assert.Equal("view", Assert.IsType<ExistingClusterRoleSyntax>(Assert.Single(Tree.Statements.OfType<RoleSyntax>().First().Items)).ClusterRole.Text);
    }

    [Fact]
    public void Rules_and_their_clauses()
    {
        var rules = Tree.Statements.OfType<AllowSyntax>().ToArray();
        Assert.Equal(4, rules.Length);
        Assert.True(rules[0].Clusters.IsAll);
        Assert.IsType<ClusterWideSyntax>(rules[0].Scope);
        Assert.Equal("INFRA-12", rules[0].Because?.Text);
        Assert.Null(rules[0].Via);

        var payments = rules[2];
        Assert.Equal(["payments"], payments.Subjects.Select(word => word.Text));
        Assert.Equal(["oncall"], payments.Roles.Select(word => word.Text));
        Assert.Equal(["production"], payments.Clusters.Names.Select(word => word.Text));
        Assert.Equal(["payments", "checkout"], Assert.IsType<InNamespacesSyntax>(payments.Scope).Namespaces.Names.Select(word => word.Text));
        Assert.Equal(["teleport"], payments.Via?.Select(word => word.Text));
        Assert.Equal(["managed"], payments.When?.Select(word => word.Text));
        Assert.Equal("2026-12-31", payments.Until?.Text);
        Assert.EndsWith("in payments, checkout", payments.Head.Text, StringComparison.Ordinal);
        Assert.EndsWith("until 2026-12-31", payments.Location.Text, StringComparison.Ordinal);

        var selected = Assert.IsType<InNamespacesSyntax>(rules[3].Scope).Namespaces;
        Assert.Empty(selected.Names);
        Assert.Equal("team = \"payments\"", selected.Where?.Location.Text);
    }

    [Fact]
    public void Guards_and_expectations()
    {
        var only = Tree.Statements.OfType<OnlySyntax>().Single();
        Assert.Equal("read secrets", only.Rights.Location.Text);
        var never = Tree.Statements.OfType<NeverSyntax>().Single();
        Assert.Null(never.Rights);
        Assert.False(never.Who.IsAnyone);
        Assert.Equal("HR-7", Tree.Statements.OfType<AssumeDisjointSyntax>().Single().Because.Text);

        var test = Tree.Statements.OfType<TestSyntax>().Single();
        Assert.Equal("on call gets a shell in payments, nowhere else", test.Name.Text);
        Assert.Collection(
            test.Expectations,
            first => Assert.Equal((true, "payments", "teleport"), (first.IsAllowed, first.Namespaces?.Names[0].Text, first.Via?[0].Text)),
            second => Assert.Equal((false, "exec", "kube-system"), (second.IsAllowed, second.Rights?.Verbs[0].Text, second.Namespaces?.Names[0].Text)),
            third => Assert.Null(third.Rights));
    }
}
