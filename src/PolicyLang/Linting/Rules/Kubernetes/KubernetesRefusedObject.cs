using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesRefusedObject : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-refused-object", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "the API server refuses a role or a binding",
        Why = "What is refused is not applied, and what stood there before goes on holding, with all that it gives.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {kind: ServiceAccount, name: deployer}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {kind: ServiceAccount, name: deployer, namespace: ci}
            """),
        References = [new("Kubernetes: validation of RBAC objects", "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => role.IsCurrentVersion))
        {
            foreach (var refusal in role.Rules.Select(rule => RefusedObjects.Of(rule, role.IsNamespaced)).OfType<Refusal>())
            {
                report.Add(refusal.Location, refusal.Message, refusal.Help);
            }
        }

        foreach (var binding in artefacts.Kubernetes.Bindings.Where(binding => binding.IsCurrentVersion))
        {
            foreach (var refusal in RefusedObjects.Of(binding))
            {
                report.Add(refusal.Location, refusal.Message, refusal.Help);
            }
        }
    }
}
