using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesClusterAdminServiceAccount : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-cluster-admin-service-account", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "a ServiceAccount has `cluster-admin` in the whole cluster",
        Why = "Whoever may run a pod, make a token or read secrets in the namespace of such a ServiceAccount controls the cluster. Some tools need it; then their namespace needs the same care as `kube-system`.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: deployer}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: deployer, namespace: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]
            """),
        References = [new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            // A role of its own that says the same is how an operator comes, and its business.
            if (binding is { IsClusterWide: true, IsKubernetesOwn: false, RoleName: { Text: "cluster-admin" } role }
                && binding.Subjects.FirstOrDefault(subject => subject.Sort == SubjectSort.ServiceAccount) is { } account)
            {
                report.Add(role.Location, $"whoever runs pods, reads secrets or makes tokens where the ServiceAccount `{account.Name}` is controls the cluster", "bind what it needs in the namespaces that need it, or keep everybody else out of its namespace");
            }
        }
    }
}
