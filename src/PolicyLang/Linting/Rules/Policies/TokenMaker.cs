using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class TokenMaker : PowerRule
{
    public override RuleDescription Description { get; } = new("token-maker", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody make tokens of service accounts, and gives no reason",
        Why = "A token made by `create serviceaccounts/token` is the service account, for as long as the token is valid and from anywhere that reaches the API server.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role builder { can create serviceaccounts/token }
            allow sre as builder on prod in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role builder { can create serviceaccounts/token named "builder" }
            allow sre as builder on prod in web because "BUILD-7: only this account"
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create"], [""], ["serviceaccounts/token"], [], []),
    ];

    protected override string Effect => "act as the service accounts";
}
