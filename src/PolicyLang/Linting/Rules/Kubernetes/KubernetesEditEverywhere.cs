using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesEditEverywhere : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-edit-everywhere", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "people have `edit` or `admin` in every namespace, or in `kube-system`",
        Why = "Both roles read secrets, run commands in pods and act as every ServiceAccount of a namespace. In `kube-system` some of those control the cluster, so that `edit` everywhere is `cluster-admin` by a detour.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: devs}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: devs, namespace: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:devs"}]
            """),
        References = [new("Kubernetes: roles for people", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"), new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var risk in artefacts.Kubernetes.Risks.Where(risk => risk.IsBroadEdit && risk.Strongest.Kind != RiskKind.Everything))
        {
            report.Add(
                risk.Binding.RoleName!.Location,
                $"{risk.Who} may {(risk.Binding.IsClusterWide ? "act as the ServiceAccounts of every namespace, those of `kube-system` too" : "act as the ServiceAccounts of `kube-system`")}, by `{risk.Binding.RoleName.Text}`",
                risk.Binding.IsClusterWide ? "bind it by a RoleBinding in each namespace that they look after, and `view` for the rest" : "bind `view` there; what else is needed can be named in a role of its own");
        }
    }
}
