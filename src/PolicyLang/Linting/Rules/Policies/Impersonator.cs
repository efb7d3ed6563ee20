using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class Impersonator : PowerRule
{
    public override RuleDescription Description { get; } = new("impersonator", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody act as other users, groups or service accounts, and gives no reason",
        Why = "Impersonation is asked for before the impersonated rights are: whoever may impersonate groups can be in any group that has a binding, and audit logs name the victim beside the actor.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role support { can impersonate users }
            allow sre as support on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role support { can read pods }
            allow sre as support on prod cluster-wide
            """),
        References = [new("Kubernetes: user impersonation", "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation"), new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["impersonate"], ["", "authentication.k8s.io"], ["groups", "serviceaccounts", "uids", "users"], [], []),
    ];

    protected override string Effect => "act as somebody else";
}
