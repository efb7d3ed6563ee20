using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesEverybody : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-everybody", RuleSystem.Kubernetes, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a binding gives everybody more than what describes the cluster",
        Why = "`system:authenticated` is everybody with any credential: every person, every ServiceAccount and so every pod, and with some providers every account that they know. `system:serviceaccounts` is every pod.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}]
            """),
        References = [new("Kubernetes: discovery roles", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles"), new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding.IsKubernetesOwn
                || binding.Subjects.Where(subject => subject.Sort == SubjectSort.Everybody).MaxBy(subject => subject.Name == KubernetesSubjects.Authenticated) is not { } subject
                || artefacts.Kubernetes.ReachOf(binding) is not { MoreThanDiscovery: { } right } reach
                || (binding.IsNamespaced && reach.Powerful is null))
            {
                continue;
            }

            report.Add(
                subject.Location,
                $"{(subject.Name == KubernetesSubjects.Authenticated ? "everybody with a credential, every pod among them," : "every pod of the cluster")} gets the rights of `{binding.RoleName!.Text}` {(binding.IsClusterWide ? "in every namespace" : $"in `{binding.Namespace}`")}",
                "bind a group of your own",
                null,
                right.Rule?.Resources.FirstOrDefault() is { } resource ? [new RelatedLocation(resource.Location, "what they get, for one")] : []);
        }
    }
}
