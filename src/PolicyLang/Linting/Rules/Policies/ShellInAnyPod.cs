using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class ShellInAnyPod : PowerRule
{
    public override RuleDescription Description { get; } = new("shell-in-any-pod", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody run commands in the pods of all namespaces, and gives no reason",
        Why = "A shell in a pod is everything that the pod's service account may do, and in kube-system that is often the whole cluster. Before Kubernetes 1.35 the verb `get` on `pods/exec` is enough.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role oncall { can exec pods }
            allow sre as oncall on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role oncall { can exec pods }
            allow sre as oncall on prod cluster-wide because "RUNBOOK-3: on call, all namespaces"
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create", "get"], [""], ["pods/attach", "pods/exec"], [], []),
        new RbacRule(["patch", "update"], [""], ["pods/ephemeralcontainers"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "act as the service account of any pod";
}
