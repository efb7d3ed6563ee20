using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesReadEverything : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-read-everything", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "people may read all resources by `*`, secrets among them",
        Why = "A rule that reads `*` is thought of as harmless, and hands out every secret and so every ServiceAccount token that is stored in one. Up to Kubernetes 1.34 `get` on `*` also runs commands in pods, since `pods/exec` by WebSocket asks for `get`; on `nodes/proxy` it still does.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ops}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.ReadEverything, "read everything, secrets too", "bind `view`, which leaves secrets out, or name the resources");
}
