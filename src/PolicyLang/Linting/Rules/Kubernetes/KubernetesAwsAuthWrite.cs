using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesAwsAuthWrite : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-aws-auth-write", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "people may write the ConfigMap `aws-auth`",
        Why = "On EKS the ConfigMap `aws-auth` in `kube-system` says which users and groups AWS roles are. Whoever writes it can make their own role a member of `system:masters`, or lock everybody out.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [""], resources: [configmaps], verbs: [get, update], resourceNames: [aws-auth]}
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
            - {apiGroups: [""], resources: [configmaps], verbs: [get], resourceNames: [aws-auth]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ops}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("EKS: aws-auth", "https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.AwsAuthWrite, "say which AWS roles are administrators of the cluster, in the ConfigMap `aws-auth`", "give the right to write ConfigMaps in the namespaces that need it, and change `aws-auth` by review");
}
