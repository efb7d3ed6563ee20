using CsCheck;
using PolicyLang.Projects;
using Xunit;

namespace PolicyLang.Tests.Projects;

public class GlobPatternTests
{
    [Theory]
    [InlineData("**/*.policy", "a.policy", true)]
    [InlineData("**/*.policy", "x/y/a.policy", true)]
    [InlineData("**/*.policy", "x/y/a.policy.bak", false)]
    [InlineData("**/*.policy", "x/.y/a.policy", false)]
    [InlineData("**/*.policy", "x/.a.policy", false)]
    [InlineData("**/*.policy", "node_modules/a.policy", false)]
    [InlineData(".ci/*.policy", ".ci/a.policy", true)]
    [InlineData("node_modules/*.policy", "node_modules/a.policy", true)]
    [InlineData("*.policy", "x/a.policy", false)]
    [InlineData("teams/*/a?.policy", "teams/x/ab.policy", true)]
    [InlineData("teams/*/a?.policy", "teams/x/a.policy", false)]
    [InlineData("teams/**/access/*.policy", "teams/access/a.policy", true)]
    [InlineData("teams/**/access/*.policy", "teams/x/access/access/a.policy", true)]
    [InlineData("a*b*c.policy", "aXbbYc.policy", true)]
    [InlineData("A.policy", "a.policy", false)]
    [InlineData("./a.policy", "a.policy", true)]
    public void Matches(string pattern, string path, bool expected)
    {
        var glob = GlobPattern.TryParse(pattern, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, glob?.IsMatch(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a.policy")]
    [InlineData("C:/a.policy")]
    [InlineData("../a.policy")]
    [InlineData("a/../b.policy")]
    [InlineData("a//b.policy")]
    [InlineData("a/**.policy")]
    [InlineData("a/**")]
    [InlineData("a\\b.policy")]
    [InlineData("{a,b}.policy")]
    [InlineData("[ab].policy")]
    [InlineData("!a.policy")]
    [InlineData("~/a.policy")]
    public void Refuses(string pattern)
    {
        Assert.Null(GlobPattern.TryParse(pattern, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void Agrees_with_a_plain_recursive_definition()
    {
        var segment = Gen.OneOf("**", "*", "a", "b", "a*", "?", "*a*");
        var name = Gen.OneOf("a", "b", "ab", "ba", "");
        Gen.Select(segment.Array[1, 5], name.Where(n => n.Length > 0).Array[1, 6]).Sample(
            (pattern, path) =>
            {
                if (GlobPattern.TryParse(string.Join('/', pattern), out _) is { } glob)
                {
                    Assert.Equal(Defined(pattern, path), glob.IsMatch(string.Join('/', path)));
                }
            },
            iter: 20_000);
    }

    private static bool Defined(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
        => pattern.IsEmpty ? path.IsEmpty
            : pattern[0] == "**" ? Defined(pattern[1..], path) || (!path.IsEmpty && Defined(pattern, path[1..]))
            : !path.IsEmpty && DefinedName(pattern[0], path[0]) && Defined(pattern[1..], path[1..]);

    private static bool DefinedName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
        => pattern.IsEmpty ? name.IsEmpty
            : pattern[0] == '*' ? DefinedName(pattern[1..], name) || (!name.IsEmpty && DefinedName(pattern, name[1..]))
            : !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && DefinedName(pattern[1..], name[1..]);
}
