using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class WorkloadsEverywhere : PowerRule
{
    public override RuleDescription Description { get; } = new("workloads-everywhere", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody start workloads in all namespaces, and gives no reason",
        Why = "Whoever may write pods, deployments or jobs in a namespace can run a pod with any service account of it, mount its secrets and, unless admission forbids it, the node. In all namespaces that is the whole cluster.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role deploy { can write deployments.apps }
            allow sre as deploy on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role deploy { can write deployments.apps }
            allow sre as deploy on prod in web, shop
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create", "patch", "update"], ["apps"], ["daemonsets", "deployments", "replicasets", "statefulsets"], [], []),
        new RbacRule(["create", "patch", "update"], ["batch"], ["cronjobs", "jobs"], [], []),
        new RbacRule(["create"], [""], ["pods"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "run a pod as any service account of the cluster";
}
