using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesAdmissionWrite : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-admission-write", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "people may change admission webhooks or policies that change objects",
        Why = "Whoever writes admission webhooks sees every object that anybody writes, secrets too, and can change each on its way, so that for instance every new pod runs their image.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [get, list, update]}
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
            - {apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [get, list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ops}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ops}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
        => RiskFindings.Report(artefacts, report, RiskKind.AdmissionWrite, "see and rewrite objects by admission webhooks", "leave such changes to whoever administers the cluster, or name the one configuration in `resourceNames`");
}
