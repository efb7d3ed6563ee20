using PolicyLang.Linting.Policies;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class SystemClusterrole : PolicyRule
{
    public override RuleDescription Description { get; } = new("system-clusterrole", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a role is a ClusterRole of Kubernetes' own components",
        Why = "ClusterRoles whose names begin with `system:` belong to the control plane, to nodes and to controllers. They change with every version, hold rights that no person needs, and the API server puts them back when they are edited.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role operator = clusterrole "system:node"
            allow sre as operator on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role operator { can read [nodes, pods] }
            allow sre as operator on prod cluster-wide
            """),
        References = [new("Kubernetes: default roles", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings")],
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var item in policy.Statements<RoleSyntax>().SelectMany(role => role.Items).OfType<ExistingClusterRoleSyntax>())
        {
            // These three are made for whoever reads what everybody may know.
            if (item.ClusterRole.Text.StartsWith("system:", StringComparison.Ordinal) && item.ClusterRole.Text is not ("system:basic-user" or "system:discovery" or "system:public-info-viewer" or "system:monitoring"))
            {
                report.Add(item.ClusterRole.Location, $"`{item.ClusterRole.Text}` is made for a component of Kubernetes, not for people", "write a role with the rights that are needed, or use `view`, `edit` or `admin`");
            }
        }
    }
}
