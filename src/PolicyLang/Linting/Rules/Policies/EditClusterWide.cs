using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class EditClusterWide : PolicyRule
{
    public override RuleDescription Description { get; } = new("edit-cluster-wide", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule gives the ClusterRole `edit` or `admin` for whole clusters, and no reason",
        Why = "`edit` and `admin` are made for namespaces: they read secrets, open shells and act as any service account of the namespace. For a whole cluster that includes kube-system, whose service accounts can do everything.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group dev { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev as edit on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group dev { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev as edit on prod in web, shop
            """),
        References = [new("Kubernetes: user-facing roles", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles")],
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var use in policy.RoleUses.Where(use => use is { IsExplained: false, Given: { IsClusterWide: true, IsEverything: false } }))
        {
            if (use.Given.Components.FirstOrDefault(component => component.ClusterRoleName is "edit" or "admin") is { } component)
            {
                report.Add(
                    use.Location,
                    $"`{use.Role.Name}` holds the ClusterRole `{component.ClusterRoleName}`, which for a whole cluster is cluster-admin in effect, and this rule does not say why",
                    "give it in namespaces, or say why with `because \"…\"`");
            }
        }
    }
}
