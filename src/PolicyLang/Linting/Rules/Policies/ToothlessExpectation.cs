using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class ToothlessExpectation : PolicyRule
{
    public override RuleDescription Description { get; } = new("toothless-expectation", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Info)
    {
        What = "an expectation cannot fail, since a guard says the same",
        Why = "A build refuses a policy whose guards do not hold. An expectation that a guard implies never fails before the guard does: it costs reading and gives nothing.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            group contractors { members = [eve@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            never contractors on prod
            test "contractors" { expect contractors cannot read pods on prod }
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            group contractors { members = [eve@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            never contractors on prod
            test "sre" { expect sre can read pods on prod  expect sre cannot exec pods on prod }
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var expectation in policy.Policy.Tests.SelectMany(test => test.Expectations).Where(expectation => !expectation.IsAllowed))
        {
            var guard = policy.Policy.Guards.FirstOrDefault(guard => !guard.IsOnly
                && guard.Paths is null
                && expectation.Subjects.All(subject => Guards.Speaks(guard, subject))
                && Guards.Includes(guard, expectation.Places)
                && Guards.IncludesRights(guard, expectation));
            if (guard is not null)
            {
                report.Add(expectation.Location, "a guard says the same of everybody, so this expectation cannot fail", "remove it, or expect something that the guard does not say", null, new RelatedLocation(guard.Location, "this guard"));
            }
        }
    }
}
