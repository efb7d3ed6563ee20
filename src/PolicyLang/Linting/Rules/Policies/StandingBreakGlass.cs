using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class StandingBreakGlass : PolicyRule
{
    public override RuleDescription Description { get; } = new("standing-break-glass", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Info)
    {
        What = "a rule for emergencies has no last day and no condition",
        Why = "Access that is meant for one emergency stays for ever unless it ends by itself, and is there for whoever steals the account.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group breakglass { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow breakglass as admin on prod in web because "RUNBOOK-3"
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group breakglass { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow breakglass as admin on prod in web until 2026-12-31 because "RUNBOOK-3"
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var (allow, name) in EmergencyRules.In(policy))
        {
            if (allow.Rule.Until is null && allow.Condition.IsAlways)
            {
                report.Add(allow.Rule.Location, $"`{name}` is access for emergencies, and this rule has no end and no condition", "give it a last day with `until`, or a condition with `when`");
            }
        }
    }
}
