using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesClusterAdminInNamespace : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-cluster-admin-in-namespace", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "people have all rights in a namespace where `admin` would do",
        Why = "In a namespace `cluster-admin` gives what `admin` deliberately leaves out: to lift the quota, to delete the namespace, to bind and write roles that one does not have the rights of, and every kind of custom resource that is ever installed.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: devs, namespace: web}
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
        References = [new("Kubernetes: roles for people", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding is { IsNamespaced: true, IsKubernetesOwn: false, Namespace: not "kube-system", RoleName: { } role }
                && binding.Subjects.FirstOrDefault(subject => subject.Sort == SubjectSort.People) is { } who
                && artefacts.Kubernetes.ReachOf(binding) is { IsEverything: true })
            {
                report.Add(role.Location, $"`{role.Text}` lets `{who.Name}` lift the namespace's quota, delete it, and give themselves any right in it", "bind `admin`, which is made for that");
            }
        }
    }
}
