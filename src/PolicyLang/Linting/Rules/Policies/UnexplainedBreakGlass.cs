using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class UnexplainedBreakGlass : PolicyRule
{
    public override RuleDescription Description { get; } = new("unexplained-break-glass", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a rule for emergencies does not say why it is there",
        Why = "Emergency access is the widest there is and the least used. Whoever reviews it must find the procedure that it belongs to.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group breakglass { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow breakglass as admin on prod in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group breakglass { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow breakglass as admin on prod in web because "RUNBOOK-3: total loss of the proxy"
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var (allow, name) in EmergencyRules.In(policy))
        {
            if (!allow.Rule.IsExplained)
            {
                report.Add(allow.Rule.Location, $"`{name}` is access for emergencies, and this rule does not say why it is given", "add `because` with the procedure that it belongs to");
            }
        }
    }
}
