using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesNamespaceOfGroup : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-namespace-of-group", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a user or a group has a namespace",
        Why = "Users and groups are in no namespace, and the API server ignores the field. Whoever wrote it may believe that the binding holds only there, while a ClusterRoleBinding holds everywhere.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers", namespace: web}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: viewers, namespace: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        References = [new("Kubernetes: referring to subjects", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects")],
        Fix = "removes the namespace",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            foreach (var subject in binding.Subjects.Where(subject => subject is { Kind: RbacWords.UserSubject or RbacWords.GroupSubject, NamespaceText: not null }))
            {
                var index = subject.Map.Entries.IndexOf(subject.Map.Find("namespace")!);
                var edit = index == 0 ? null : KubernetesEdits.Remove(subject.Map.Entries[index - 1].Value.Location, new SourceLocation(subject.Map.Location.Source, TextSpan.Between(subject.Map.Entries[index].KeyLocation.Span, subject.NamespaceText!.Location.Span)));
                report.Add(
                    subject.Map.Entries[index].KeyLocation,
                    $"a {subject.Kind.ToLowerInvariant()} is in no namespace, and the API server ignores this{(binding.IsClusterWide ? ": the binding holds in all of them" : "")}",
                    binding.IsClusterWide ? $"remove it; to give the rights in `{subject.Namespace}` alone, write a RoleBinding there" : "remove it: a RoleBinding holds in its own namespace",
                    edit is null ? null : new SuggestedFix("remove the namespace", IsSafe: true, [edit]));
            }
        }
    }
}
