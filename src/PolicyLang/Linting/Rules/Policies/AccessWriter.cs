using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class AccessWriter : PowerRule
{
    public override RuleDescription Description { get; } = new("access-writer", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody write roles or role bindings beside the policy, and gives no reason",
        Why = "Whoever writes role bindings passes on what they have, to anybody, where no policy and no review sees it. Access that this policy does not know breaks what it promises.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role lead { can write rolebindings.rbac.authorization.k8s.io }
            allow sre as lead on prod in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role lead { can read rolebindings.rbac.authorization.k8s.io }
            allow sre as lead on prod in web
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create", "patch", "update"], ["rbac.authorization.k8s.io"], ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], [], []),
    ];

    protected override string Effect => "hand on their own rights without this policy";
}
