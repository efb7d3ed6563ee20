using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class SecretsReader : PowerRule
{
    public override RuleDescription Description { get; } = new("secrets-reader", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule gives somebody every secret of a cluster, and no reason",
        Why = "Secrets of kube-system and of operators hold tokens that can do everything in the cluster. Whoever may get, list or watch secrets in all namespaces has those rights too, at one remove.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role reader { can read [pods, secrets] }
            allow sre as reader on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role reader { can read [pods, secrets] }
            allow sre as reader on prod in web
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["get", "list", "watch"], [""], ["secrets"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "read every secret of the cluster";
}
