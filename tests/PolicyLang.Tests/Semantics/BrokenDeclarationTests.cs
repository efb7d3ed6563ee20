using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Semantics;

/// <summary>One mistake gives one message: what follows from it is not reported again.</summary>
public sealed class BrokenDeclarationTests
{
    private const string Rest = "\nrole view = clusterrole \"view\"\ncluster dev { tailscale { tag = \"tag:dev\" } }\ngroup ok { members = [a@acme.com] }\n";

    [Theory]
    [InlineData("group team { members: [a@acme.com] }\nallow team as view on dev cluster-wide\ngroup big { members = [team] }", "colon-for-equals")]
    [InlineData("gruop team { members = [a@acme.com] }\nallow team as view on dev cluster-wide", "unknown-statement")]
    [InlineData("group Team { members = [] }\nallow Team as view on dev cluster-wide", "invalid-name")]
    [InlineData("cluster prod { tailscale = { } }\nallow ok as view on prod cluster-wide", "equals-before-block")]
    [InlineData("role odd { can get, list pods }\nallow ok as odd on dev cluster-wide", "brackets-needed")]
    [InlineData("posture p { tailscale: \"x\" }\nallow ok as view on dev cluster-wide when p", "colon-for-equals")]
    [InlineData("fleet f = clusters\nallow ok as view on f cluster-wide", null)]
    [InlineData("clusters from inventory.yaml\nallow ok as view on elsewhere cluster-wide", "quotes-needed")]
    [InlineData("namespaces from \"missing.yaml\"\nallow ok as view on dev in web\nallow ok as view on dev in namespaces where team = \"x\"", "file-not-found")]
    [InlineData("clusters from \"missing.yaml\"\nallow ok as view on elsewhere cluster-wide", "file-not-found")]
    public void The_uses_of_a_broken_declaration_are_no_mistakes(string policy, string? code)
    {
        var found = Assert.Single(TestPolicy.Compile(policy + Rest).Diagnostics);
        Assert.True(code is null || found.Code == code, $"{found.Code}: {found.Message}");
    }

    [Fact]
    public void A_mistake_elsewhere_hides_no_unknown_name()
        => Assert.Equal(
            ["colon-for-equals", "unknown-name"],
            TestPolicy.Compile("group team { members: [] }\nallow taem as view on dev cluster-wide" + Rest).Diagnostics.Select(d => d.Code));
}
