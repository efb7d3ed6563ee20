using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesTrafficSteering : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-traffic-steering", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "people may send the traffic of services elsewhere in all namespaces",
        Why = "Endpoints say where a Service leads to, and the status of a Service which addresses outside the cluster are its own. Whoever writes them can take over traffic between others (CVE-2020-8554, CVE-2021-25740).",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: ops}
            rules:
            - {apiGroups: [""], resources: [endpoints], verbs: [get, patch]}
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
            - {apiGroups: [""], resources: [endpoints], verbs: [get]}
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
        => RiskFindings.Report(artefacts, report, RiskKind.TrafficSteering, "send the traffic of services elsewhere", "leave `endpoints`, `endpointslices` and `services/status` to controllers");
}
