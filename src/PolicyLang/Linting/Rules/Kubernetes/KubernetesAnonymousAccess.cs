using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesAnonymousAccess : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-anonymous-access", RuleSystem.Kubernetes, RuleCategory.Exposure, LintLevel.Error)
    {
        What = "a binding gives rights to people without any credential",
        Why = "The user `system:anonymous` and the group `system:unauthenticated` are everybody who reaches the API server, with no name and no way to tell who it was. Kubernetes itself gives them its version and its health, and nothing else.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: dashboard}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "system:anonymous"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: dashboard}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}]
            """),
        References = [new("Kubernetes: anonymous requests", "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"), new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding.IsKubernetesOwn || binding.Subjects.FirstOrDefault(subject => subject.Sort == SubjectSort.Anonymous) is not { } subject || IsPublic(binding, artefacts.Kubernetes.ReachOf(binding)))
            {
                continue;
            }

            report.Add(subject.Location, $"everybody who reaches the API server gets the rights of `{binding.RoleName?.Text}`{(binding.IsNamespaced ? $" in `{binding.Namespace}`" : "")}, without any credential", "bind a group of people, or `system:authenticated` for what everybody with a credential may know");
        }
    }

    // How tokens are verified is made for the public, as is the ConfigMap by which kubeadm's new nodes find the cluster; URLs are health, version and metrics, and
    // who one is oneself is no secret from oneself.
    private static bool IsPublic(KubernetesBinding binding, RoleReach? reach)
        => binding.Namespace == "kube-public"
            || (reach is not null && reach.Rights.All(given => given.Rights.Resources.All(RoleReach.IsAboutOneself) && !given.Rights.NonResourceUrls.Contains("*", StringComparer.Ordinal)));
}
