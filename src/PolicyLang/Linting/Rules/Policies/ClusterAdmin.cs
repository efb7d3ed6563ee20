using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class ClusterAdmin : PolicyRule
{
    public override RuleDescription Description { get; } = new("cluster-admin", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule gives everything in a cluster, and no reason",
        Why = "`cluster-admin` and ClusterRoles like it pass every check but admission. Somebody has to have them, few people should, and a reader of the policy should see why these.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide because "INFRA-12: runs the clusters"
            """),
        References = [new("Kubernetes: user-facing roles", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles")],
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var use in policy.RoleUses.Where(use => use is { IsExplained: false, Given: { IsClusterWide: true, IsEverything: true } }))
        {
            // A role of one's own with wildcards is found where it is declared.
            if (use.Given.Components.OfType<ExistingClusterRole>().Any())
            {
                report.Add(use.Location, $"`{use.Role.Name}` is everything in the cluster, and this rule does not say why", "give a smaller role, or say why with `because \"…\"`");
            }
        }
    }
}
