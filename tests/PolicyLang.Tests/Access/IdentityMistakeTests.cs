using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

/// <summary>The advice must be something that the policy takes: a group has no e-mail, a machine no place behind Cloudflare.</summary>
public sealed class IdentityMistakeTests
{
    [Theory]
    [InlineData(
        "group guests { okta = \"Guests\" }\nallow guests as view on dev cluster-wide",
        "no-identity-for-path: `guests` lists no members and has no `tailscale` identity, so path `tailscale` cannot tell who belongs to it",
        "add `members = […]` or `tailscale = \"…\"` to `guests`, or name other paths with `via`")]
    [InlineData(
        "group guests { okta = \"Guests\" }\ngroup outer { members = [guests] }\nallow outer as view on prod cluster-wide via teleport",
        "no-identity-for-path: `guests`, a member of `outer`, has no `github` identity, which path `teleport` needs",
        "add `github = \"…\"` to `guests`, or name other paths with `via`")]
    [InlineData(
        "machine m { teleport = \"bot-m\" }\nallow m as view on dev cluster-wide",
        "no-identity-for-path: `m` has no `tailscale` identity, which path `tailscale` needs",
        "add `tailscale = \"…\"` to `m`, or name other paths with `via`")]
    [InlineData(
        "allow deployer as view on prod cluster-wide via cloudflare",
        "subject-cannot-use-path: path `cloudflare` cannot tell machines apart",
        "name other paths with `via`")]
    [InlineData(
        "allow dave@acme.com as view on prod cluster-wide via teleport",
        "subject-cannot-use-path: path `teleport` cannot tell single people apart",
        "name a group that `github` knows, or name other paths with `via`")]
    [InlineData(
        "group pair { members = [dave@acme.com] }\nallow pair as view on prod cluster-wide via teleport",
        "subject-cannot-use-path: path `teleport` cannot tell single people apart and `pair` lists `dave@acme.com`",
        "give `pair` a group at `github`, or name other paths with `via`")]
    public void Whoever_a_path_cannot_tell_apart_is_named_with_a_way_out(string policy, string finding, string help)
    {
        var found = Assert.Single(TestPolicy.Compile(TestPolicy.Company + policy).Diagnostics);
        Assert.Equal((finding, help), ($"{found.Code}: {found.Message}", found.Help));
    }
}
