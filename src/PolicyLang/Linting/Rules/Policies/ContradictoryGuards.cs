using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class ContradictoryGuards : PolicyRule
{
    public override RuleDescription Description { get; } = new("contradictory-guards", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "one guard keeps a right for somebody whom another guard denies it",
        Why = "`only` says who may have a right, and reads as if they had it or may get it. Where a `never` denies it to the same people, nobody ever can: one of the two is not meant.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            only sre can read secrets on prod
            never sre can read secrets on prod
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            only sre can read secrets on prod
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var only in policy.Policy.Guards.Where(guard => guard.IsOnly))
        {
            foreach (var never in policy.Policy.Guards.Where(guard => !guard.IsOnly))
            {
                var denied = only.Subjects.Where(subject => Guards.Speaks(never, subject)).ToArray();
                if (denied.Length == only.Subjects.Length && Guards.PlacesMeet(only, never) && Guards.RightsMeet(only, never))
                {
                    report.Add(
                        never.Location,
                        $"this denies {string.Join(", ", denied.Select(subject => $"`{subject.Name}`"))} what another guard keeps for {(denied.Length == 1 ? "it" : "them")}, so nobody can have it",
                        "remove one of the two, or make this one speak of others",
                        null,
                        new RelatedLocation(only.Location, "kept here"));
                }
            }
        }
    }
}
