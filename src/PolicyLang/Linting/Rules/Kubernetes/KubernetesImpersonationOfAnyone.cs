using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesImpersonationOfAnyone : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-impersonation-of-anyone", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "people may act as any user, group or ServiceAccount",
        Why = "Whoever may impersonate without a list of names may say that they are in `system:masters`, or are a controller of `kube-system`, and then passes every check. The audit log still tells who it was, but nothing stops it.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [""], resources: [users, groups], verbs: [impersonate]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ops}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [""], resources: [groups], verbs: [impersonate], resourceNames: ["acme:viewers"]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ops}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: user impersonation", "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation"), new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.Impersonation, "act as anybody", "list in `resourceNames` whom they may act as");
}
