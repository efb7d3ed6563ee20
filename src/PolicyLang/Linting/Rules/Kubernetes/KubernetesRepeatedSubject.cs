using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesRepeatedSubject : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-repeated-subject", RuleSystem.Kubernetes, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "a binding names a subject twice",
        Why = "The second mention gives nothing. Whoever takes the first one away believes that the access is gone, and it is not.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        References = [new("Kubernetes: referring to subjects", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects")],
        Fix = "removes the second mention",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            var seen = new Dictionary<(string, string, string), KubernetesSubject>();
            for (var i = 0; i < binding.Subjects.Length; i++)
            {
                // A ServiceAccount without a namespace is one of the binding's; users and groups are in none.
                var subject = binding.Subjects[i];
                var ns = subject.Kind != RbacWords.ServiceAccountSubject ? "" : subject.Namespace.Length == 0 ? binding.Namespace : subject.Namespace;
                if (subject.NameText is null || subject.NameText.IsTemplate() || subject.NamespaceText?.IsTemplate() is true || seen.TryAdd((subject.Kind, subject.Name, ns), subject))
                {
                    continue;
                }

                var edit = KubernetesEdits.Remove(binding.Subjects[i - 1].Map.Location, subject.Map.Location);
                report.Add(
                    subject.Location,
                    $"`{subject.Name}` is named already",
                    "remove one of the two",
                    edit is null ? null : new SuggestedFix("remove the second mention", IsSafe: true, [edit]),
                    [new RelatedLocation(seen[(subject.Kind, subject.Name, ns)].Location, "here")]);
            }
        }
    }
}
