using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Syntax;

/// <summary>One mistake is one message, and one mistake does not hide the others.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void Five_mistakes_in_five_statements_are_five_messages()
    {
        var tree = Parse("""
            clusters from inventory/clusters.yaml
            group sre { members = [alice, bob] }
            gruop payments { okta = "Payments" }
            allow sre as admin on production
            allow payments as view on production in payments,
            never contractors on production
            role oncall { can exec on pods }
            """);
        Assert.Equal(["quotes-needed", "unknown-statement", "missing-scope", "stray-comma", "wrong-word"], Codes(tree));
        Assert.Equal([typeof(GroupSyntax), typeof(NeverSyntax)], tree.Statements.Select(statement => statement.GetType()));
    }

    [Fact]
    public void Five_mistakes_on_five_lines_of_a_block_are_five_messages()
    {
        var tree = Parse("""
            cluster prod {
              labels: { env = "prod" }
              region = 'tokyo'
              cloudflare = {
                addresses = "10.0.0.1", "10.0.0.2"
                port = 6443
                host = "k8s
              }
              teleport { label = "x" }
            }
            group sre { okta = "SRE" }
            """);
        Assert.Equal(["colon-for-equals", "wrong-quotes", "equals-before-block", "brackets-needed", "unclosed-string"], Codes(tree));
        Assert.IsType<GroupSyntax>(Assert.Single(tree.Statements));
    }

    [Fact]
    public void Mistakes_in_roles_and_tests_are_found_line_by_line()
    {
        var tree = Parse("""
            role oncall {
              include view,
              can get, list pods
              can exec pods
              exec pods
              can [get patch] deployments.apps
            }
            test "on call" {
              expect sre can exec pods on production
              expect sre can exec production
              payments cannot reach production
              expect sre may exec pods on production
              expect sre cannot reach production
            }
            """);
        Assert.Equal(
            ["stray-comma", "brackets-needed", "unknown-role-item", "missing-comma", "missing-clusters", "missing-expect", "wrong-word"],
            Codes(tree));
        Assert.Empty(tree.Statements);
    }

    [Theory]
    [InlineData("allow sre as admin on production cluster-wide via\nnever contractors on production")]
    [InlineData("allow sre as admin on\nnever contractors on production")]
    [InlineData("group sre {\nnever contractors on production")]
    [InlineData("group sre { members = [alice,\nnever contractors on production")]
    [InlineData("role a { can [get,\nnever contractors on production")]
    [InlineData("fleet x = clusters where (a = \"b\" and\nnever contractors on production")]
    [InlineData("test \"x\" { expect sre can\nnever contractors on production")]
    [InlineData("assume disjoint a, b because\nnever contractors on production")]
    [InlineData("clusters from \"x\nnever contractors on production")]
    public void A_statement_that_breaks_off_never_swallows_the_next(string text)
    {
        var tree = Parse(text);
        Assert.Single(tree.Diagnostics);
        Assert.IsType<NeverSyntax>(Assert.Single(tree.Statements));
    }

    [Theory]
    [InlineData("group a { group = \"x\"\n  group = \"y\"\n  user { z }\n  test }")]
    [InlineData("allow sre as a on all\nclusters in\nnamespaces where\nteam = \"x\"")]
    [InlineData("allow sre as a on\nclusters where\ngroup = \"x\" or\nuser != \"y\" in payments,\ndefault,\ntest,\nuser")]
    [InlineData("user a { tags = [\n  test,\n  group,\n  user\n] }")]
    [InlineData("cluster a { role { x = y }\n  test { x } }")]
    public void A_statement_word_where_none_begins_goes_on_with_its_statement(string text)
    {
        var tree = Parse(text);
        Assert.Empty(tree.Diagnostics);
        Assert.Single(tree.Statements);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_kind_of_line_break_ends_a_line(string lineBreak)
    {
        var tree = Parse(string.Join(lineBreak, "# a comment", "default via", "never contractors on production # why", "gruop x { }", ""));
        Assert.Equal(["missing-name", "unknown-statement"], Codes(tree));
        Assert.Single(tree.Statements);
    }

    [Fact]
    public void A_file_without_statements_is_fine()
    {
        Assert.Empty(Parse("").Diagnostics);
        Assert.Empty(Parse("# nothing\n").Diagnostics);
        Assert.Empty(Parse("\uFEFFdefault via tailscale").Diagnostics);
    }

    private static SyntaxTree Parse(string text) => SyntaxTree.Parse(new SourceText("test.policy", text));

    private static IEnumerable<string> Codes(SyntaxTree tree) => tree.Diagnostics.Select(diagnostic => diagnostic.Code);
}
