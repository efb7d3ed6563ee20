using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Formatting;

/// <summary>A text that does not say the same is refused, whoever made it.</summary>
public sealed class FormattingSafetyTests
{
    private const string Rule = "allow sre as view on prod cluster-wide via tailscale # why\n";

    [Theory]
    [InlineData("allow sre as view on prod cluster-wide via tailscale  # why\n", null)]
    [InlineData("allow sre as admin on prod cluster-wide via tailscale  # why\n", "does not say the same")]
    [InlineData("allow sre as view on prod cluster-wide  # why\n", "does not say the same")]
    [InlineData("", "does not say the same")]
    [InlineData("allow sre as view on prod cluster-wide via tailscale\n", "has other words or comments")]
    [InlineData("# why\nallow sre as view on prod cluster-wide via tailscale\n", null)]
    [InlineData("allow sre as view on prod cluster-wide via tailscale  # because\n", "has other words or comments")]
    [InlineData("allow sre as view on prod cluster-wide via  # why\n", "has a mistake at a.policy:1:40")]
    [InlineData("allow sre as view on prod cluster-wide via tailscale # why\n", "would be formatted again in another way")]
    public void Only_a_text_that_says_the_same_and_stays_as_it_is_passes(string text, string? problem)
    {
        var result = PolicyFormatter.Verify(new SourceText("a.policy", Rule), text, CancellationToken.None);
        if (problem is null)
        {
            Assert.Equal(text, result.Text);
            return;
        }

        Assert.Null(result.Text);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("format-not-safe", diagnostic.Code);
        Assert.Equal($"`a.policy` is left alone: the formatted text {problem}", diagnostic.Message);
    }

    [Theory]
    [InlineData("clusters from \"a\"", "clusters from \"b\"")]
    [InlineData("clusters from \"a\"", "namespaces from \"a\"")]
    [InlineData("default via a, b", "default via b, a")]
    [InlineData("cluster a { b }", "cluster a { c }")]
    [InlineData("cluster a { b = c }", "cluster a { b = \"c\" }")]
    [InlineData("cluster a { b = [c] }", "cluster a { b = c }")]
    [InlineData("cluster a { b = [c, d] }", "cluster a { b = [c] }")]
    [InlineData("cluster a { b { c } }", "cluster a { b { } c }")]
    [InlineData("cluster a { b = \"\\u{61}\" }", "cluster a { b = \"a\" }")]
    [InlineData("fleet a = b, c", "fleet a = b except c")]
    [InlineData("fleet a = all clusters", "fleet a = clusters where has b")]
    [InlineData("fleet a = clusters where b = c", "fleet a = clusters where b != c")]
    [InlineData("fleet a = clusters where b = c", "fleet a = clusters where b in [c, d]")]
    [InlineData("fleet a = clusters where has b", "fleet a = clusters where not has b")]
    [InlineData("fleet a = clusters where has b", "fleet a = clusters where with b")]
    [InlineData("fleet a = clusters where has b and has c", "fleet a = clusters where has b or has c")]
    [InlineData("user a { b }", "group a { b }")]
    [InlineData("user a { b }", "user c { b }")]
    [InlineData("machine a { b }", "machine a { }")]
    [InlineData("posture a { b }", "posture c { b }")]
    [InlineData("role a = clusterrole \"b\"", "role a = clusterrole \"c\"")]
    [InlineData("role a { include b }", "role a { clusterrole \"b\" }")]
    [InlineData("role a { can b c }", "role a { can c b }")]
    [InlineData("role a { can b c }", "role a { can b c named \"d\" }")]
    [InlineData("role a { can b c }", "role a { can b c can b d }")]
    [InlineData("allow a as b on c cluster-wide", "allow a as b on c in d")]
    [InlineData("allow a as b on c in d", "allow a as b on c in namespaces where has d")]
    [InlineData("allow a as b on c in d", "allow a as b on c in \"d\"")]
    [InlineData("allow a as b on c in d when e", "allow a as b on c in d when f")]
    [InlineData("allow a as b on c in d until 2030-01-01", "allow a as b on c in d until 2030-01-02")]
    [InlineData("allow a as b on c in d because \"e\"", "allow a as b on c in d because \"f\"")]
    [InlineData("never anyone except a on b", "never a on b")]
    [InlineData("never a on b", "never a can c d on b")]
    [InlineData("never a on b", "never a on b in c")]
    [InlineData("never a on b via c", "never a on b because \"c\"")]
    [InlineData("only a can b c on d", "only e can b c on d")]
    [InlineData("only a can b c on d via e", "only a can b c on d via f")]
    [InlineData("assume disjoint a, b because \"c\"", "assume disjoint b, a because \"c\"")]
    [InlineData("test \"a\" { expect b can c d on e }", "test \"a\" { expect b cannot c d on e }")]
    [InlineData("test \"a\" { expect b can c d on e }", "test \"a\" { expect b can reach e }")]
    [InlineData("test \"a\" { expect b can reach e }", "test \"a\" { expect b can reach e in f }")]
    [InlineData("test \"a\" { expect b can reach e }", "test \"a\" { expect b can reach e via f }")]
    [InlineData("test \"a\" { expect b can reach e }", "test \"c\" { expect b can reach e }")]
    public void Any_difference_in_what_is_said_is_seen(string first, string second)
    {
        var (a, b) = (Parse(first), Parse(second));
        Assert.False(SameSyntax.Compare(a, b));
        Assert.False(SameSyntax.Compare(b, a));
        Assert.True(SameSyntax.Compare(a, Parse("\n" + first.Replace(" ", "\t ", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_formatter_of_HuJSON_keeps_comments_and_data()
    {
        var result = HuJsonFileFormatter.Format(new SourceText("a.hujson", "// who\r\n{\"b\":[1,2 /* two */,], \n\"a\":\"\\u0061\"}"));
        Assert.Equal("// who\n{\n\t\"b\": [1, 2 /* two */ ],\n\t\"a\": \"a\",\n}\n", result.Text);
    }

    [Theory]
    [InlineData("", "this is no HuJSON: expected a value but the text ends")]
    [InlineData("{\"a\":1", "this is no HuJSON: expected `,` or `}` but the text ends")]
    [InlineData("{'a':1}", "this is no HuJSON: expected a name in quotes or `}` and not `'`")]
    public void A_text_that_is_no_HuJSON_is_left_alone(string text, string message)
    {
        var result = HuJsonFileFormatter.Format(new SourceText("a.hujson", text));
        Assert.Null(result.Text);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("hujson-syntax", message), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_file_of_another_kind_is_left_alone()
        => Assert.Equal("unknown-file-kind", Assert.Single(FileFormatter.Format(new SourceText("policyc.yaml", "language: 1")).Diagnostics).Code);

    private static SyntaxTree Parse(string text)
    {
        var tree = SyntaxTree.Parse(new SourceText("a.policy", text));
        Assert.Empty(tree.Diagnostics);
        return tree;
    }
}
