using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class DuplicateRule : PolicyRule
{
    public override RuleDescription Description { get; } = new("duplicate-rule", RuleSystem.Policy, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "a rule says what another one says",
        Why = "A rule that stands twice is edited once: whoever takes it away later finds that nothing changes.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            allow sre as view on prod cluster-wide
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
        foreach (var covered in policy.CoveredRules.Where(covered => covered.Kind == CoverageKind.Duplicate))
        {
            report.Add(
                covered.Rule.Rule.Location,
                "this rule stands twice",
                "remove one of them",
                new SuggestedFix("remove the rule", IsSafe: true, [LintedPolicy.Removal(policy.SyntaxOf(covered.Rule.Rule).Location)]),
                new RelatedLocation(covered.By.Rule.Location, "the same is said here"));
        }
    }
}
