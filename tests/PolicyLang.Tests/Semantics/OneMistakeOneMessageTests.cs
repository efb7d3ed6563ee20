using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Semantics;

/// <summary>What follows from a mistake is no mistake of its own.</summary>
public sealed class OneMistakeOneMessageTests
{
    private const string Rules = """

        allow ops as view on prod cluster-wide
        allow ops as admin on stg cluster-wide via teleport
        never ops can read secrets on prod
        """;

    [Theory]
    [InlineData("group ops { github = }")]
    [InlineData("group ops { github = \"acme/ops\"")]
    [InlineData("gruop ops { github = \"acme/ops\" }")]
    [InlineData("group ops { members = [alice@acme.com, } ")]
    public void A_group_with_a_mistake_is_the_only_message(string declaration)
        => Assert.Single(TestPolicy.Compile(TestPolicy.Company + declaration + Rules).Diagnostics, d => d.Severity == PolicyLang.Diagnostics.DiagnosticSeverity.Error);

    [Fact]
    public void A_name_that_is_misspelt_where_it_is_declared_is_told_there_alone()
        => TestPolicy.Finds(
            TestPolicy.Company + "group Ops { github = \"acme/ops\" }\nallow Ops as view on prod cluster-wide",
            ("invalid-name", "Ops"));

    [Theory]
    [InlineData("cluster new { tailscale { tag = } }")]
    [InlineData("cluster new tailscale { }")]
    public void A_cluster_with_a_mistake_is_the_only_message(string declaration)
        => Assert.Single(TestPolicy.Compile(TestPolicy.Company + declaration + "\nallow sre as view on new cluster-wide\nnever sre on new").Diagnostics);

    [Fact]
    public void An_inventory_that_cannot_be_read_is_the_only_message()
        => TestPolicy.Finds(
            TestPolicy.Company + "clusters from \"none.yaml\"\nallow sre as view on new cluster-wide\nonly sre can read secrets on clusters where env = \"new\"",
            ("file-not-found", "\"none.yaml\""));

    [Fact]
    public void A_namespace_inventory_that_cannot_be_read_is_the_only_message()
        => TestPolicy.Finds(
            TestPolicy.Company + "namespaces from \"none.yaml\"\nallow sre as view on prod in web\nallow sre as view on prod in namespaces where team = \"web\"",
            ("file-not-found", "\"none.yaml\""));

    [Fact]
    public void A_role_and_a_posture_with_a_mistake_are_told_once()
    {
        var found = TestPolicy.Compile(TestPolicy.Company + "role deploy { can }\nposture strict { tailscale = }\nallow sre as deploy on prod cluster-wide when strict").Diagnostics;
        Assert.Equal(2, found.Length);
        Assert.DoesNotContain(found, d => d.Code == "unknown-name");
    }

    [Fact]
    public void Another_unknown_name_is_still_told()
    {
        var found = TestPolicy.Compile(TestPolicy.Company + "group ops { github = }\nallow srr as view on prod cluster-wide").Diagnostics;
        Assert.Contains(found, d => d.Code == "unknown-name" && d.Location?.Text == "srr");
    }
}
