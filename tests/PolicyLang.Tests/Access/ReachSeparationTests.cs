using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

public sealed class ReachSeparationTests
{
    private const string Gate = " via cloudflare";

    [Fact]
    public void A_role_under_a_condition_cannot_be_kept_from_the_same_people_without_it()
    {
        var found = TestPolicy.Finds(
            TestPolicy.Company + $"allow sre as oncall on prod cluster-wide{Gate} when managed\nallow sre as view on prod cluster-wide{Gate}",
            ("reach-cannot-separate", "allow sre as oncall on prod cluster-wide"));
        Assert.Contains("somebody in `sre`", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_that_holds_without_the_condition_too_is_no_matter()
        => TestPolicy.Access(TestPolicy.Company + $"allow sre as view on prod cluster-wide{Gate} when managed\nallow sre as view on prod cluster-wide{Gate}");

    [Fact]
    public void Two_groups_that_may_share_a_member_are_told_apart_only_by_an_assumption()
    {
        const string rules = TestPolicy.Company + $"allow sre as admin on prod cluster-wide{Gate} when managed\nallow contractors as view on prod in web{Gate}\n";
        var found = TestPolicy.Finds(rules, ("reach-cannot-separate", "allow sre as admin on prod cluster-wide"));
        Assert.Contains("both `contractors` and `sre`", found[0].Message, StringComparison.Ordinal);
        TestPolicy.Access(rules + "assume disjoint sre, contractors because \"HR-7\"");
    }

    [Fact]
    public void What_is_assumed_of_a_group_is_assumed_of_the_groups_it_lists()
        => TestPolicy.Access(TestPolicy.Company + $$"""
            group staff { members = [sre, payments] }
            allow sre as admin on prod cluster-wide{{Gate}} when managed
            allow contractors as view on prod in web{{Gate}}
            assume disjoint staff, contractors because "HR-7"
            """);

    [Fact]
    public void Different_roles_behind_one_gate_are_fine()
        => TestPolicy.Access(TestPolicy.Company + $"allow sre as admin on prod cluster-wide{Gate}\nallow contractors as view on prod in web{Gate}");

    [Fact]
    public void A_namespaced_role_is_covered_by_the_same_role_on_the_whole_cluster()
        => TestPolicy.Access(TestPolicy.Company + $"allow sre as view on prod in web{Gate} when managed\nallow sre as view on prod cluster-wide{Gate}");

    [Fact]
    public void Paths_that_carry_an_identity_need_no_separation()
        => TestPolicy.Access(TestPolicy.Company + "allow sre as admin on prod cluster-wide via tailscale when managed\nallow sre as view on prod cluster-wide via tailscale");
}
