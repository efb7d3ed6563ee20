using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class AdmissionWriter : PowerRule
{
    public override RuleDescription Description { get; } = new("admission-writer", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a rule lets somebody write admission webhooks or policies, and gives no reason",
        Why = "A webhook sees every object that the API server takes, secrets among them, and a mutating one changes them: whoever writes webhooks reads and rewrites the cluster.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role gate { can write mutatingwebhookconfigurations.admissionregistration.k8s.io }
            allow sre as gate on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role gate { can read mutatingwebhookconfigurations.admissionregistration.k8s.io }
            allow sre as gate on prod cluster-wide
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    protected override ImmutableArray<RbacRule> Powers { get; } =
    [
        new RbacRule(["create", "patch", "update"], ["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations", "validatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"], [], []),
    ];

    protected override bool OnlyClusterWide => true;

    protected override string Effect => "read and change what others create";
}
