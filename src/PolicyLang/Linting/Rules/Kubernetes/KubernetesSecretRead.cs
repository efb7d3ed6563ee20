using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesSecretRead : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-secret-read", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "people may read the secrets of all namespaces",
        Why = "Secrets hold the passwords of everything that runs in the cluster, and those of `kube-system` tokens that control it. `list` and `watch` show the content as well as `get` does.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [""], resources: [configmaps, secrets], verbs: [list]}
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
            - {apiGroups: [""], resources: [configmaps, secrets], verbs: [list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: ops, namespace: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.SecretRead, "read secrets", "bind the role in the namespaces whose secrets they need");
}
