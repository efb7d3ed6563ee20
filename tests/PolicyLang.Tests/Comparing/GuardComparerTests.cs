using PolicyLang.Comparing;
using Xunit;

namespace PolicyLang.Tests.Comparing;

public sealed class GuardComparerTests
{
    [Theory]
    [InlineData("never contractors on production", "", "`never contractors on production` removed")]
    [InlineData("never contractors on all clusters", "never contractors on prod, stg", "`never contractors on all clusters` narrowed on `dev`")]
    [InlineData("never contractors, payments on prod", "never contractors on prod", "`never contractors, payments on prod` narrowed for `payments (github acme/payments)`, `payments (okta Payments)`, `payments (tailscale group:payments@acme.com)` on `prod`")]
    [InlineData("never contractors on prod", "never contractors can exec pods on prod", "`never contractors on prod` narrowed on `prod`")]
    [InlineData("never contractors on prod", "never contractors on prod in web", "`never contractors on prod` narrowed on `prod`")]
    [InlineData("never contractors on prod", "never contractors on prod via tailscale", "`never contractors on prod` narrowed on `prod`")]
    [InlineData("never contractors on prod via teleport", "never contractors on prod via tailscale", "`never contractors on prod via teleport` narrowed on `prod`")]
    [InlineData("only sre can [read, write] secrets on prod", "only sre can read secrets on prod", "`only sre can [read, write] secrets on prod` narrowed on `prod`")]
    [InlineData("only sre can read secrets on prod", "only sre, payments can read secrets on prod", "`only sre can read secrets on prod` narrowed on `prod`")]
    [InlineData("never anyone except sre can exec pods on prod", "", "`never anyone except sre can exec pods on prod` removed")]
    [InlineData("", "assume disjoint sre, payments because \"HR\"", "`assume disjoint payments, sre` added")]
    [InlineData("assume disjoint sre, payments because \"HR\"", "assume disjoint sre, payments, contractors because \"HR\"", "`assume disjoint contractors, payments, sre` added")]
    [InlineData("group g { tailscale = \"group:g@x.com\" }", "group g { tailscale = \"group:g@x.com\"  kubernetes = \"admins\" }", "`kubernetes = \"admins\"` added to `g`")]
    [InlineData("group g { tailscale = \"group:g@x.com\"  kubernetes = \"admins\" }", "group g { tailscale = \"group:g@x.com\"  kubernetes = \"others\" }", "`kubernetes` of `g`: `admins` → `others`")]
    [InlineData("cluster lab { labels { env = \"lab\" }  tailscale { tag = \"tag:a\" } }", "cluster lab { labels { env = \"lab\" }  tailscale { tag = \"tag:b\" } }", "`tailscale` of cluster `lab`: tag `tag:a` → `tag:b`")]
    [InlineData("cluster * { tailscale { port = 1 } }", "cluster * { tailscale { port = 2 } }", "`tailscale` of 3 clusters, such as `dev`: port `1` → `2`")]
    [InlineData("cluster lab { labels { env = \"prod\" }  tailscale { tag = \"tag:a\" } }\nnever contractors on clusters where env = \"prod\"", "cluster lab { labels { env = \"lab\" }  tailscale { tag = \"tag:a\" } }\nnever contractors on clusters where env = \"prod\"", "`never contractors on clusters where env = \"prod\"` no longer holds on `lab` (label edit: `env` prod → lab)")]
    [InlineData("group g { members = [al@x.com, bo@x.com] }\nnever g on prod", "group g { members = [al@x.com] }\nnever g on prod", "`bo@x.com` is no longer held back by `never g on prod`")]
    [InlineData("group g { members = [al@x.com] }\nonly g can exec pods on prod\nonly g can read secrets on prod", "group g { members = [al@x.com, bo@x.com] }\nonly g can exec pods on prod\nonly g can read secrets on prod", "`bo@x.com` is no longer held back by 2 guards, such as `only g can exec pods on prod`")]
    [InlineData("test \"t\" { expect contractors cannot reach prod }", "", "`expect contractors cannot reach prod` removed")]
    public void A_guard_that_holds_less_back_is_weaker(string old, string @new, params string[] expected)
    {
        var comparison = Comparing.Compare(old, @new);
        Assert.Equal((AccessVerdict.Unchanged, true, false), (comparison.Access, comparison.HasWeakerGuard, comparison.IsUnchanged));
        Assert.Equal(expected, comparison.Guards.Where(g => g.IsWeaker).Select(g => g.Title));
    }

    [Theory]
    [InlineData("never contractors, payments on prod", "never payments on prod\nnever contractors on prod")]
    [InlineData("never contractors on prod", "never contractors on all clusters because \"wider\"")]
    [InlineData("never contractors on prod, stg", "never contractors on stg\nnever contractors on production")]
    [InlineData("never contractors can [read, write] secrets on prod", "never contractors can read secrets on prod\nnever contractors can write secrets on prod")]
    [InlineData("never contractors can read secrets on prod in web", "never contractors on prod")]
    [InlineData("only sre can read secrets on prod", "never anyone except sre can read secrets on prod")]
    [InlineData("never contractors can read secrets on prod", "only sre can read secrets on prod")]
    [InlineData("test \"t\" { expect contractors cannot reach prod }", "never contractors on prod")]
    [InlineData("group g { okta = \"G\" }\nnever g on prod", "group renamed { okta = \"G\" }\nnever renamed on prod")]
    [InlineData("assume disjoint sre, payments because \"HR\"", "")]
    [InlineData("assume disjoint sre, payments because \"HR\"", "assume disjoint payments, sre because \"HR-2\"")]
    [InlineData("cluster lab { labels { env = \"prod\" }  tailscale { tag = \"tag:a\" } }\nnever contractors on lab, prod", "never contractors on prod")]
    [InlineData("never contractors on prod", "# moved\n\nnever    contractors\n on prod because \"a reason\"")]
    public void A_guard_in_other_words_or_under_a_wider_one_is_not_weaker(string old, string @new)
        => Assert.Equal([], Comparing.Compare(old, @new).Guards.Where(g => g.IsWeaker).Select(g => g.Title));

    [Theory]
    [InlineData("", "never contractors on prod", "`never contractors on prod` added")]
    [InlineData("never contractors on prod", "never contractors on prod, stg", "`never contractors on prod, stg` holds more back on `stg`")]
    [InlineData("assume disjoint sre, payments because \"HR\"", "", "`assume disjoint payments, sre` removed")]
    public void A_guard_that_holds_more_back_is_told_and_is_unchanged(string old, string @new, string expected)
    {
        var comparison = Comparing.Compare(old, @new);
        Assert.True(comparison.IsUnchanged);
        var guard = Assert.Single(comparison.Guards);
        Assert.Equal((false, expected), (guard.IsWeaker, guard.Title));
    }
}
