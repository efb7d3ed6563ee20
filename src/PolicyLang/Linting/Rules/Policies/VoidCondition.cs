using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class VoidCondition : PolicyRule
{
    public override RuleDescription Description { get; } = new("void-condition", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a rule has a condition, and other rules give the same without it",
        Why = "The condition holds nobody back: whoever does not fulfil it has the access by the other rule. Whoever reads the rule believes that it is needed.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            posture managed { tailscale = "node:os == 'macos'" }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            allow sre as view on prod in web when managed
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            posture managed { tailscale = "node:os == 'macos'" }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide when managed
            """),
        Fix = "removes the rule; nobody's access changes, but the condition may be what was meant",
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var covered in policy.CoveredRules.Where(covered => covered.Kind == CoverageKind.WithoutCondition))
        {
            report.Add(
                covered.Rule.Rule.Location,
                "the condition holds nobody back: other rules give all of this without it",
                "give the others the condition too, or remove this rule",
                new SuggestedFix("remove the rule", IsSafe: false, [LintedPolicy.Removal(policy.SyntaxOf(covered.Rule.Rule).Location)]),
                new RelatedLocation(covered.By.Rule.Location, "this rule gives it"));
        }
    }
}
