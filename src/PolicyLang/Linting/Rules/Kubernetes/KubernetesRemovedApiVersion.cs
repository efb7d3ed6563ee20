using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesRemovedApiVersion : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-removed-api-version", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a role or a binding is written for a version of the API that is not served any more",
        Why = "Kubernetes 1.22 and later serve RBAC only as `rbac.authorization.k8s.io/v1`. An object of another version is not applied, and what stood there before goes on holding.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1beta1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
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
        References = [new("Kubernetes: removed APIs", "https://kubernetes.io/docs/reference/using-api/deprecation-guide/#rbac-resources-v122")],
        Fix = "writes `rbac.authorization.k8s.io/v1`, which has the same fields",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var item in artefacts.Kubernetes.Roles.Cast<KubernetesObject>().Concat(artefacts.Kubernetes.Bindings))
        {
            if (item.Map.Text("apiVersion") is { Text: "rbac.authorization.k8s.io/v1beta1" or "rbac.authorization.k8s.io/v1alpha1" } version)
            {
                // In v1alpha1 a subject says `apiVersion` where it now says `apiGroup`, so that more has to change there.
                var fix = version.Text.EndsWith("beta1", StringComparison.Ordinal) ? new SuggestedFix($"write `{RbacWords.ApiVersion}`", IsSafe: true, [KubernetesEdits.Replace(version, RbacWords.ApiVersion)]) : null;
                report.Add(version.Location, $"Kubernetes 1.22 and later do not serve `{version.Text}`", $"write `{RbacWords.ApiVersion}`", fix);
            }
        }
    }
}
