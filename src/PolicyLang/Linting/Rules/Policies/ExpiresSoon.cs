using System.Globalization;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class ExpiresSoon : PolicyRule
{
    public override RuleDescription Description { get; } = new("expires-soon", RuleSystem.Policy, RuleCategory.Upkeep, LintLevel.Info)
    {
        What = "a rule ends within the next two weeks",
        Why = "After its last day a rule gives nothing, and people notice when they need it. Two weeks are time to decide whether it goes or stays.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide until 2026-11-30
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide until 2027-11-30
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var allow in policy.Policy.Allows.Where(allow => allow.Rule.Until is { } until && until <= policy.AsOf.AddDays(Days)))
        {
            var left = allow.Rule.Until!.Value.DayNumber - policy.AsOf.DayNumber;
            report.Add(
                policy.SyntaxOf(allow.Rule).Until!.Location,
                left == 0 ? "this rule ends today" : string.Create(CultureInfo.InvariantCulture, $"this rule ends in {left} day{(left == 1 ? "" : "s")}"),
                "give it a later day if the access is still needed");
        }
    }

    private const int Days = 14;
}
