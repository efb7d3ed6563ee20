using PolicyLang.Testing;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Testing;

public sealed class ExpectationTests
{
    private const string More = """
        group leads { members = [alice@acme.com] }
        group outer { members = [payments, contractors] }
        role secrets { can get secrets named "a" }
        role pods    { can [get, list, watch] pods }
        role get     { can get pods }
        role list    { can list pods  can watch pods }
        role nodes   { can read nodes  can read pods }
        role unknown = clusterrole "ops"
        role edit    = clusterrole "edit"

        """;

    [Theory]

    // can: on all the clusters, by some path, in the whole scope, under no condition.
    [InlineData("allow payments as pods on prod, stg cluster-wide", "payments can read pods on prod, stg", Extent.Full)]
    [InlineData("allow payments as pods on prod cluster-wide", "payments can read pods on prod, stg", Extent.Partly)]
    [InlineData("allow payments as pods on dev cluster-wide", "payments can read pods on prod, stg", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide via teleport", "payments can read pods on prod", Extent.Full)]
    [InlineData("allow payments as pods on prod cluster-wide via teleport", "payments can read pods on prod via teleport", Extent.Full)]
    [InlineData("allow payments as pods on prod cluster-wide via teleport", "payments can read pods on prod via tailscale", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide via teleport", "payments can read pods on prod via tailscale, teleport", Extent.Partly)]
    [InlineData("allow payments as pods on prod in web", "payments can read pods on prod", Extent.Partly)]
    [InlineData("allow payments as pods on prod in web", "payments can read pods on prod in web", Extent.Full)]
    [InlineData("allow payments as pods on prod in web", "payments can read pods on prod in web, db", Extent.Partly)]
    [InlineData("allow payments as pods on prod in web", "payments can read pods on prod in db", Extent.Partly)]
    [InlineData("allow payments as pods on prod cluster-wide when managed", "payments can read pods on prod", Extent.Partly)]
    [InlineData("allow payments as pods on prod cluster-wide when managed", "payments can read pods on prod when managed", Extent.Full)]
    [InlineData("allow payments as get on prod cluster-wide", "payments can read pods on prod", Extent.Partly)]
    [InlineData("allow payments as get, list on prod cluster-wide", "payments can read pods on prod", Extent.Full)]
    [InlineData("allow payments as get on prod cluster-wide via teleport\nallow payments as list on prod cluster-wide via tailscale", "payments can read pods on prod", Extent.Partly)]
    [InlineData("allow payments as secrets on prod cluster-wide", "payments can get secrets on prod", Extent.Partly)]
    [InlineData("allow payments as secrets on prod cluster-wide", "payments can get secrets named \"a\" on prod", Extent.Full)]
    [InlineData("allow payments as secrets on prod cluster-wide", "payments can get secrets named \"b\" on prod", Extent.None)]
    [InlineData("allow payments as view on prod cluster-wide", "payments can read pods on prod", Extent.Full)]
    [InlineData("allow payments as view on prod cluster-wide", "payments can read secrets on prod", Extent.None)]
    [InlineData("allow payments as unknown on prod cluster-wide", "payments can read pods on prod", Extent.None)]
    [InlineData("allow payments as oncall on prod cluster-wide", "payments can exec pods on prod", Extent.Full)]
    [InlineData("allow payments as nodes on prod in web", "payments can read nodes on prod", Extent.None)]
    [InlineData("allow payments as edit on prod in web", "payments can write roles.rbac.authorization.k8s.io on prod in web", Extent.None)]
    [InlineData("allow payments as admin on prod cluster-wide", "payments can * * on prod", Extent.Full)]
    [InlineData("allow payments as view on prod in web", "payments can reach prod", Extent.Full)]
    [InlineData("allow payments as view on prod cluster-wide when managed", "payments can reach prod", Extent.Partly)]
    [InlineData("", "payments can reach prod", Extent.None)]

    // A group is somebody in it and in no other; a person has all that is known of them.
    [InlineData("allow sre as pods on prod cluster-wide", "alice@acme.com can read pods on prod", Extent.Full)]
    [InlineData("allow sre as pods on prod cluster-wide", "leads can read pods on prod", Extent.None)]
    [InlineData("allow outer as pods on prod cluster-wide", "payments can read pods on prod", Extent.Full)]
    [InlineData("allow payments as pods on prod cluster-wide", "outer can read pods on prod", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide", "dave@acme.com can read pods on prod", Extent.None)]
    public void Can_asks_for_all_of_it(string rules, string expectation, Extent expected)
    {
        var policy = Analysed.Of($"{TestPolicy.Company}{More}{rules}\ntest \"t\" {{ expect {expectation} }}");
        Assert.Equal(expected, policy.Ask().Extent);
        Assert.Equal(expected == Extent.Full, policy.Run().Passed);
    }

    [Theory]

    // cannot: nowhere, on no path, under no condition, for no single object.
    [InlineData("allow payments as pods on prod cluster-wide", "payments cannot read pods on prod, stg", Extent.Partly)]
    [InlineData("allow payments as pods on prod, stg cluster-wide", "payments cannot read pods on prod, stg", Extent.Full)]
    [InlineData("allow payments as pods on dev cluster-wide", "payments cannot read pods on prod, stg", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide via teleport", "payments cannot read pods on prod via tailscale", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide when managed", "payments cannot read pods on prod", Extent.Partly)]
    [InlineData("allow payments as get on prod in web", "payments cannot read pods on prod", Extent.Partly)]
    [InlineData("allow payments as pods on prod in web", "payments cannot read pods on prod in db", Extent.None)]
    [InlineData("allow payments as pods on prod cluster-wide", "payments cannot read pods on prod in db", Extent.Full)]
    [InlineData("allow payments as secrets on prod cluster-wide", "payments cannot read secrets on prod", Extent.Partly)]
    [InlineData("allow payments as secrets on prod cluster-wide", "payments cannot read secrets named \"b\" on prod", Extent.None)]
    [InlineData("allow payments as unknown on prod cluster-wide", "payments cannot read secrets on prod", Extent.Partly)]
    [InlineData("allow payments as edit on prod in web", "payments cannot write roles.rbac.authorization.k8s.io on prod", Extent.Partly)]
    [InlineData("allow payments as view on prod in web", "payments cannot reach prod", Extent.Partly)]
    [InlineData("allow payments as view on stg in web", "payments cannot reach prod", Extent.None)]

    // An example, not a guard: whoever else is in the group is another matter.
    [InlineData("allow sre as pods on prod cluster-wide", "contractors cannot reach prod", Extent.None)]
    [InlineData("allow sre as pods on prod cluster-wide", "bob@acme.com cannot reach prod", Extent.Full)]
    [InlineData("allow payments as pods on prod cluster-wide when managed", "payments cannot read pods on prod when managed", Extent.Partly)]
    public void Cannot_asks_for_none_of_it(string rules, string expectation, Extent expected)
    {
        var run = Analysed.Of($"{TestPolicy.Company}{More}{rules}\ntest \"t\" {{ expect {expectation} }}").Run();
        Assert.Equal(expected, run.Tests.Single().Expectations.Single().Subjects.Single().Extent);
        Assert.Equal(expected == Extent.None, run.Passed);
    }

    [Fact]
    public void An_expectation_that_nothing_could_decide_is_an_error()
    {
        const string Expectation = "expect payments cannot read nodes on prod in web";
        TestPolicy.Finds(TestPolicy.Company + "test \"t\" { " + Expectation + " }", ("nothing-to-decide", Expectation));
    }

    [Fact]
    public void A_failed_expectation_says_where_it_falls_short()
    {
        var run = Analysed.Of(TestPolicy.Company + "allow payments as oncall on prod in web via teleport when managed\ntest \"t\" { expect payments can exec pods on prod, stg in web }").Run();
        Assert.Equal(
            ["`payments` can only partly do this: on cluster `prod` in `web` via `teleport`: only when `managed`; on cluster `stg` in `web`: no"],
            ExpectationReport.Sentences(run.Tests.Single().Expectations.Single()));
    }

    [Fact]
    public void A_failed_denial_says_by_which_right_and_rule()
    {
        var run = Analysed.Of(TestPolicy.Company + "role r = clusterrole \"edit\"\nallow payments as r on prod in web\ntest \"t\" { expect payments cannot read secrets on prod }").Run();
        var result = run.Tests.Single().Expectations.Single();
        Assert.Equal(["`payments` can partly do this: somebody in `payments` can `get secrets` on cluster `prod` in `web` via `tailscale`"], ExpectationReport.Sentences(result));
        Assert.Equal("allow payments as r on prod in web", result.Subjects.Single().Rules.Single().Location.Text);
    }

    [Fact]
    public void Coverage_counts_rules_that_fulfilled_cans_rest_on_and_is_never_rounded_up()
    {
        var run = Analysed.Of(TestPolicy.Company + """
            allow payments as view on prod in web
            allow payments as oncall on prod in web
            allow contractors as view on prod in web
            test "a" { expect payments can exec pods on prod in web }
            test "b" { expect payments can read services on prod in web }
            test "c" { expect contractors can read secrets on prod in web }
            """).Run();
        Assert.Equal([1, 2, 0], run.Coverage.Rules.Select(r => r.Count));
        Assert.Equal(666, run.Coverage.PerMille);
        var lcov = LcovReport.Write(run.Coverage);
        Assert.Equal("TN:\nSF:test.policy\nDA:14,1\nDA:15,2\nDA:16,0\nLF:3\nLH:2\nend_of_record\n", lcov);
    }

    [Fact]
    public void Only_all_rules_are_all_of_it()
    {
        var rules = Enumerable.Range(0, 2000).Select(i => new CoveredRule(TestModels.Rule($"r{i}"), i == 7 ? 0 : 1));
        Assert.Equal(999, new RuleCoverage([.. rules]).PerMille);
    }

    [Fact]
    public void Suggestions_hold_and_are_not_suggested_again()
    {
        const string Rules = TestPolicy.Company + "allow payments as oncall on prod in web\nallow sre as admin on all clusters cluster-wide\n";
        var policy = Analysed.Of(Rules);
        var text = TestSuggestions.Write(policy.Policy, policy.Source);
        Assert.Contains("expect payments cannot reach all clusters except prod\n", text, StringComparison.Ordinal);
        Assert.Contains("expect payments cannot read secrets on prod\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("payments cannot exec", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sre", text, StringComparison.Ordinal);
        var tested = Analysed.Of(Rules + text);
        Assert.True(tested.Run().Passed);
        Assert.Equal("", TestSuggestions.Write(tested.Policy, tested.Source));
    }

    [Fact]
    public void Who_can_lists_everybody_with_any_part_of_it_and_indirect_ways_only_on_request()
    {
        var policy = Analysed.Of(TestPolicy.Company + More + """
            allow sre as admin on prod cluster-wide
            allow payments as secrets on prod in web
            allow contractors as unknown on prod in web
            allow deployer as oncall on prod in web
            allow leads as view on prod in web
            test "t" { expect sre cannot read secrets on prod }
            """);
        var asked = policy.Policy.Tests.Single().Expectations.Single();
        string[] Rows(bool indirect) => [.. WhoQuery.Ask(asked.Rights, asked.Places, null, null, indirect, policy.Source).Select(r => $"{r.Entitlement.Holder.Name} {r.Kind} {r.Right}")];
        Assert.Equal(["contractors UnknownContent ", "payments Direct get secrets named \"a\"", "sre Direct get secrets"], Rows(false));
        Assert.Equal(["contractors UnknownContent ", "deployer RunsCode create pods/exec", "payments Direct get secrets named \"a\"", "sre Direct get secrets"], Rows(true));
    }
}
