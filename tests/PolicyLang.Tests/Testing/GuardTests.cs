using PolicyLang.Testing;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Testing;

public sealed class GuardTests
{
    private const string More = """
        group leads { members = [alice@acme.com] }
        group outer { members = [payments, contractors] }
        group nobody { members = [] }
        role edit    = clusterrole "edit"
        role unknown = clusterrole "ops"
        role secrets { can get secrets }
        role one     { can get secrets named "a" }
        role nodes   { can read nodes  can read pods }
        role binder  { can bind [clusterroles.rbac.authorization.k8s.io, roles.rbac.authorization.k8s.io] }
        role actor   { can impersonate users }
        role deploy  { can create deployments.apps }

        """;

    [Theory]

    // Who: the subject itself, a group that lists it, one it lists, a member that both list.
    [InlineData("allow contractors as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Broken)]
    [InlineData("allow outer as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Broken)]
    [InlineData("allow payments as view on prod cluster-wide", "never outer on prod", GuardOutcome.Broken)]
    [InlineData("allow alice@acme.com as view on prod cluster-wide", "never leads on prod", GuardOutcome.Broken)]
    [InlineData("allow sre as view on prod cluster-wide", "never leads on prod", GuardOutcome.Broken)]
    [InlineData("allow sre as view on prod cluster-wide", "never alice@acme.com on prod", GuardOutcome.Broken)]

    // Who: only other systems know.
    [InlineData("allow payments as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Unproved)]
    [InlineData("allow dave@acme.com as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Unproved)]
    [InlineData("allow payments as view on prod cluster-wide", "never dave@acme.com on prod", GuardOutcome.Unproved)]
    [InlineData("allow outer as view on prod cluster-wide", "never sre on prod", GuardOutcome.Unproved)]
    [InlineData("allow payments as view on prod cluster-wide\nassume disjoint contractors, payments because \"x\"", "never contractors on prod", GuardOutcome.Holds)]
    [InlineData("allow alice@acme.com as view on prod cluster-wide\nassume disjoint contractors, sre because \"x\"", "never contractors on prod", GuardOutcome.Holds)]
    [InlineData("allow leads as view on prod cluster-wide\nassume disjoint contractors, sre because \"x\"", "never contractors on prod", GuardOutcome.Holds)]

    // Who: surely somebody else.
    [InlineData("allow deployer as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Holds)]
    [InlineData("allow bob@acme.com as view on prod cluster-wide", "never leads on prod", GuardOutcome.Holds)]
    [InlineData("allow nobody as view on prod cluster-wide", "never contractors on prod", GuardOutcome.Holds)]

    // Where and how somebody comes.
    [InlineData("allow contractors as view on stg cluster-wide", "never contractors on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as view on prod cluster-wide when managed", "never contractors on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as view on prod cluster-wide via teleport", "never contractors on prod via tailscale", GuardOutcome.Holds)]
    [InlineData("allow contractors as view on prod cluster-wide via teleport", "never contractors on prod via tailscale, teleport", GuardOutcome.Broken)]
    [InlineData("allow contractors as view on prod in web", "never contractors on prod in db", GuardOutcome.Holds)]
    [InlineData("allow contractors as view on prod in web, db", "never contractors on prod in db", GuardOutcome.Broken)]
    [InlineData("allow contractors as view on prod cluster-wide", "never contractors on prod in db", GuardOutcome.Broken)]

    // What: by own rules, by what Kubernetes builds in, by name, by content that nobody knows.
    [InlineData("allow contractors as view on prod cluster-wide", "never contractors can read secrets on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as edit on prod in web", "never contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as secrets on prod cluster-wide", "never contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as secrets on prod cluster-wide", "never contractors can list secrets on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as one on prod cluster-wide", "never contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as one on prod cluster-wide", "never contractors can read secrets named \"b\" on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as secrets on prod cluster-wide", "never contractors can read secrets named \"b\" on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as unknown on prod in web", "never contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as unknown on prod in web", "never contractors can read nodes on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as oncall on prod cluster-wide", "never contractors can exec pods on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as admin on prod cluster-wide", "never contractors can get \"/metrics\" on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as admin on prod in web", "never contractors can get \"/metrics\" on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as nodes on prod cluster-wide", "never contractors can read nodes on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as admin on prod in web", "never contractors can read nodes on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as secrets on prod cluster-wide", "never contractors can read *.core on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as secrets on prod cluster-wide", "never contractors can read *.apps on prod", GuardOutcome.Holds)]

    // What: rights that give others.
    [InlineData("allow contractors as actor on prod cluster-wide", "never contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as binder on prod in web", "never contractors can read secrets on prod in web", GuardOutcome.Broken)]
    [InlineData("allow contractors as binder on prod in web", "never contractors can read nodes on prod", GuardOutcome.Holds)]
    [InlineData("allow contractors as edit on prod in web", "never contractors can write roles.rbac.authorization.k8s.io on prod", GuardOutcome.Broken)]
    [InlineData("allow contractors as deploy on prod in web", "never contractors can read secrets on prod", GuardOutcome.Holds)]

    // only, and anyone with exceptions: by person, and only where membership is sure.
    [InlineData("allow sre as admin on prod cluster-wide", "only sre can read secrets on prod", GuardOutcome.Holds)]
    [InlineData("allow alice@acme.com as admin on prod cluster-wide", "only sre can read secrets on prod", GuardOutcome.Holds)]
    [InlineData("allow leads as admin on prod cluster-wide", "only sre can read secrets on prod", GuardOutcome.Holds)]
    [InlineData("allow sre as admin on prod cluster-wide", "only leads can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow payments as secrets on prod cluster-wide", "only sre can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow dave@acme.com as secrets on prod cluster-wide", "only contractors can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow deployer as secrets on prod cluster-wide", "only sre can read secrets on prod", GuardOutcome.Broken)]
    [InlineData("allow payments as view on prod cluster-wide", "never anyone except sre can exec pods on prod", GuardOutcome.Holds)]
    [InlineData("allow payments as oncall on prod in web", "never anyone except sre can exec pods on prod", GuardOutcome.Broken)]
    [InlineData("allow outer as oncall on prod in web", "never anyone except payments, contractors can exec pods on prod", GuardOutcome.Holds)]
    [InlineData("allow sre as view on prod cluster-wide", "never anyone on prod", GuardOutcome.Broken)]
    [InlineData("", "never anyone on prod", GuardOutcome.Holds)]
    public void A_guard_is_answered_over_every_world(string rules, string guard, GuardOutcome expected)
    {
        var found = TestPolicy.Compile(TestPolicy.Company + More + rules + "\n" + guard).Diagnostics.Where(d => d.Code is not ("empty-group" or "role-partly-without-effect")).ToArray();
        var code = expected switch { GuardOutcome.Broken => "guard-broken", GuardOutcome.Unproved => "guard-unproved", _ => null };
        Assert.Equal(code is null ? [] : [(code, guard)], found.Select(d => (d.Code, d.Location?.Text)));
    }

    [Fact]
    public void A_broken_guard_names_who_what_where_and_the_rule()
    {
        var found = TestPolicy.Finds(
            TestPolicy.Company + "allow payments as oncall on prod in web, db via teleport when managed\nonly sre can exec pods on production",
            ("guard-broken", "only sre can exec pods on production"));
        Assert.Equal("somebody in `payments` can `create pods/exec` on cluster `prod` in `db`, `web` via `teleport` when `managed`", found[0].Message);
        Assert.Equal("allow payments as oncall on prod in web, db", found[0].Related.Single().Location.Text);
    }

    [Fact]
    public void An_unproved_guard_names_the_pair_and_the_assumption_that_settles_it()
    {
        const string Policy = TestPolicy.Company + "allow payments as view on prod cluster-wide\nnever contractors on production\n";
        var found = TestPolicy.Finds(Policy, ("guard-unproved", "never contractors on production"));
        Assert.Equal("nothing says that nobody is in both `contractors` and `payments`; somebody in both `contractors` and `payments` has role `view` on cluster `prod` via `tailscale`", found[0].Message);
        Assert.Equal("if nobody is in both, write `assume disjoint contractors, payments because \"…\"`", found[0].Help);
        TestPolicy.Finds(Policy + "assume disjoint contractors, payments because \"…\"");
    }

    [Fact]
    public void A_guard_that_is_broken_is_one_finding_however_many_rules_break_it()
    {
        var found = TestPolicy.Finds(
            TestPolicy.Company + "allow contractors as view on prod cluster-wide\nallow contractors as view on stg cluster-wide\nallow payments as view on dev cluster-wide\nnever contractors on all clusters",
            ("guard-broken", "never contractors on all clusters"));
        Assert.EndsWith("; 2 rules break the guard", found[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("never contractors on dev via cloudflare")]
    [InlineData("never contractors can read nodes on prod in web")]
    [InlineData("never contractors can get \"/metrics\" on prod in web")]
    public void A_guard_that_nothing_could_break_is_an_error(string guard)
        => TestPolicy.Finds(TestPolicy.Company + guard, ("nothing-to-decide", guard));

    [Theory]
    [InlineData("never contractors can delete namespaces on prod in web")]
    [InlineData("never contractors on all clusters via cloudflare")]
    public void A_guard_that_something_could_break_is_none(string guard) => TestPolicy.Finds(TestPolicy.Company + guard);

    [Fact]
    public void What_a_guard_does_not_exclude_is_told_apart()
    {
        var answer = Analysed.Of(TestPolicy.Company + More + "allow payments as deploy on prod in web\nallow sre as admin on prod cluster-wide\nonly sre can read secrets on prod").Guards.Single();
        Assert.Equal(GuardOutcome.Holds, answer.Outcome);
        Assert.Equal(
            ["somebody in `payments` can `create deployments.apps` on cluster `prod` in `web` and so do what the service accounts of pods there may do"],
            answer.IndirectWays.Select(GuardReport.Describe));
    }

    [Fact]
    public void A_broken_guard_writes_nothing()
    {
        var compilation = TestPolicy.Compile(TestPolicy.Company + "allow contractors as view on prod cluster-wide\nnever contractors on prod");
        Assert.True(compilation.HasErrors);
        Assert.Empty(compilation.Outputs);
    }
}
