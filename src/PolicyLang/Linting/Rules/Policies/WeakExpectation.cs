using PolicyLang.Linting.Policies;
using PolicyLang.Semantics;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class WeakExpectation : PolicyRule
{
    public override RuleDescription Description { get; } = new("weak-expectation", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Info)
    {
        What = "an `expect … cannot` is true of people in this group alone, and not of those who are in another one too",
        Why = "In a test a group stands for somebody who is in that group and in no other. Where another system knows the members, somebody may be in a second group that has the right, and the test stays green.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com]  tailscale = "group:sre@acme.com" }
            group contractors { tailscale = "group:contractors@acme.com" }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            test "contractors stay out" { expect contractors cannot reach prod }
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            group contractors { members = [eve@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            test "contractors stay out" { expect contractors cannot reach prod }
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var source = new PolicyAccessSource(policy.Policy, policy.Access);
        foreach (var expectation in policy.Policy.Tests.SelectMany(test => test.Expectations).Where(expectation => !expectation.IsAllowed))
        {
            // Only a group whose members others know can hide somebody who is in a second one.
            foreach (var group in expectation.Subjects.Where(subject => subject is { Kind: SubjectKind.Group, Identities.IsEmpty: false }))
            {
                var guard = new Guard(IsOnly: false, IsAnyone: false, [group], expectation.Rights, expectation.Places, expectation.Paths, null, expectation.Location);
                if (GuardEvaluator.Evaluate(guard, source).Outcome == GuardOutcome.Unproved)
                {
                    report.Add(
                        expectation.Location,
                        $"somebody in `{group.Name}` who is also in another group can do this, and the test does not look at them",
                        "write a `never` guard, which covers every overlap, or `assume disjoint` if nobody can be in both");
                    break;
                }
            }
        }
    }
}
