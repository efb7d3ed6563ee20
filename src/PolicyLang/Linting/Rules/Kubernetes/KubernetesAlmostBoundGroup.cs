using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesAlmostBoundGroup : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-almost-bound-group", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a tailnet policy file or a Teleport role hands out a group that no binding names, one slip away from one that a binding names",
        Why = "The API server compares groups letter by letter. Whoever comes in with the misspelt one gets nothing that the binding gives, and nothing says why.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewer"}
            ---
            kind: role
            version: v7
            metadata: {name: viewer}
            spec:
              allow:
                kubernetes_groups: ["acme:viewers"]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            ---
            kind: role
            version: v7
            metadata: {name: viewer}
            spec:
              allow:
                kubernetes_groups: ["acme:viewers"]
            """),
        References = [new("Kubernetes: referring to subjects", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var bound = artefacts.Kubernetes.Bindings.SelectMany(binding => binding.Subjects).Where(subject => subject is { Kind: RbacWords.GroupSubject, Sort: SubjectSort.People }).ToArray();
        if (bound.Length == 0)
        {
            return;
        }

        var handedOut = HandedOutGroups.In(artefacts.Files);
        var names = handedOut.Select(group => group.Text).ToHashSet(StringComparer.Ordinal);
        var known = bound.Select(subject => subject.Name).ToHashSet(StringComparer.Ordinal);

        // A group that somebody hands out by its right name is no slip of another.
        var candidates = bound.Where(subject => !names.Contains(subject.Name)).DistinctBy(subject => subject.Name, StringComparer.Ordinal).Take(1_000).ToArray();
        foreach (var group in handedOut.Where(group => !known.Contains(group.Text) && !group.IsTemplate()).Take(1_000))
        {
            if (candidates.FirstOrDefault(subject => NearNames.AreNear(group.Text, subject.Name)) is { } near)
            {
                report.Add(group.Location, $"no binding names the group `{group.Text}`", $"did you mean `{near.Name}`?", null, [new RelatedLocation(near.Location, "this one is bound, and nobody is in it by these files")]);
            }
        }
    }
}
