using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class AssumedGuard : PolicyRule
{
    public override RuleDescription Description { get; } = new("assumed-guard", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Info)
    {
        What = "a guard holds only because the policy assumes that groups share no member",
        Why = "The members of these groups are known to another system. Nothing that policyc writes keeps somebody from being in both, and then the guard is broken without any error.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com]  tailscale = "group:sre@acme.com" }
            group contractors { tailscale = "group:contractors@acme.com" }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            assume disjoint contractors, sre because "HR-7"
            never contractors on prod
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            group contractors { members = [eve@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            never contractors on prod
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        if (policy.Policy.Disjoint.IsEmpty)
        {
            return;
        }

        var assumed = new PolicyAccessSource(policy.Policy, policy.Access);
        var sure = new PolicyAccessSource(policy.Policy, policy.Access with { Overlaps = new SubjectOverlaps(policy.Policy.Subjects.Values, []) });
        foreach (var guard in policy.Policy.Guards)
        {
            if (GuardEvaluator.Evaluate(guard, assumed).Outcome == GuardOutcome.Holds && GuardEvaluator.Evaluate(guard, sure).Outcome != GuardOutcome.Holds)
            {
                report.Add(
                    guard.Location,
                    "this guard holds only as long as groups that other systems know share no member, as `assume disjoint` says",
                    "compare with exports of the members: `policyc verify --export PROVIDER=FILE`",
                    null,
                    new RelatedLocation(policy.Policy.Disjoint[0].Location, "assumed here"));
            }
        }
    }
}
