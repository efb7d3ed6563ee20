using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class NodeProxy : PowerRule
{
    public override RuleDescription Description { get; } = new("node-proxy", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule gives access to the kubelet through the API server, and no reason",
        Why = "The kubelet's API runs commands in every pod of the node. Through `nodes/proxy` that needs no rights on pods, passes no admission and is not in the audit log; the verb `get` is enough.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role metrics { can get nodes/proxy }
            allow sre as metrics on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role metrics { can get nodes/metrics }
            allow sre as metrics on prod cluster-wide
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create", "get"], [""], ["nodes/proxy"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "run commands in every pod of every node";
}
