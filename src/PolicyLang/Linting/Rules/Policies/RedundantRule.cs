using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class RedundantRule : PolicyRule
{
    public override RuleDescription Description { get; } = new("redundant-rule", RuleSystem.Policy, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "everything that a rule gives other rules give too",
        Why = "It looks as if taking the rule away would take access away. It would not, and a review that counts on it is wrong.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            allow sre as view on prod in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """),
        Fix = "removes the rule; nobody's access changes",
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var covered in policy.CoveredRules.Where(covered => covered.Kind == CoverageKind.Redundant))
        {
            report.Add(
                covered.Rule.Rule.Location,
                "other rules give all of this already",
                "remove the rule, or narrow the others",
                new SuggestedFix("remove the rule", IsSafe: true, [LintedPolicy.Removal(policy.SyntaxOf(covered.Rule.Rule).Location)]),
                new RelatedLocation(covered.By.Rule.Location, "this rule gives it"));
        }
    }
}
