using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class CertificateApprover : PowerRule
{
    public override RuleDescription Description { get; } = new("certificate-approver", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody approve or sign certificates, and gives no reason",
        Why = "A client certificate is whoever it names, the group `system:masters` included, and cannot be taken back before it ends.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role issuer { can update certificatesigningrequests.certificates.k8s.io/approval }
            allow sre as issuer on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role issuer { can read certificatesigningrequests.certificates.k8s.io }
            allow sre as issuer on prod cluster-wide
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["approve", "sign"], ["certificates.k8s.io"], ["signers"], [], []),
        new RbacRule(["patch", "update"], ["certificates.k8s.io"], ["certificatesigningrequests/approval"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "make themselves a certificate for any user";
}
