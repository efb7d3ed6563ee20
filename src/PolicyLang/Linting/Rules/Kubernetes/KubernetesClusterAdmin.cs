using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesClusterAdmin : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-cluster-admin", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "people have all rights in the whole cluster",
        Why = "`cluster-admin`, or a role of one's own that says the same, leaves nothing that could go wrong out: secrets, nodes, other people's rights. Where it is meant, as for a few people in an emergency, a comment can say why.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: devs}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: devs, namespace: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: roles for people", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"), new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.Everything, "do everything", "bind `admin` or `edit` in the namespaces that they look after; where this is the way in for emergencies, say so: `# policyc: ignore kubernetes-cluster-admin because \"…\"`");
}
