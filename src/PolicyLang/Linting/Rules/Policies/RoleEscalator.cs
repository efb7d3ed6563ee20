using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class RoleEscalator : PowerRule
{
    public override RuleDescription Description { get; } = new("role-escalator", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody bind roles or write roles beyond their own rights, and gives no reason",
        Why = "The API server lets nobody hand out rights that they do not have, except to those with `bind` or `escalate` on roles and ClusterRoles. These two verbs switch that protection off.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role owner { can bind clusterroles.rbac.authorization.k8s.io }
            allow sre as owner on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role owner { can read clusterroles.rbac.authorization.k8s.io }
            allow sre as owner on prod cluster-wide
            """),
        References = [new("Kubernetes: privilege escalation prevention", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["bind", "escalate"], ["rbac.authorization.k8s.io"], ["clusterroles", "roles"], [], []),
    ];

    protected override string Effect => "give themselves any right";
}
