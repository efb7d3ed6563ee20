using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesDefaultServiceAccount : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-default-service-account", RuleSystem.Kubernetes, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "the ServiceAccount `default` of a namespace, or all of them, may change things",
        Why = "Pods that name no ServiceAccount run as `default`, so that its rights go to whatever anybody ever starts in the namespace, and the next workload gets them without asking.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: controller}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects: [{kind: ServiceAccount, name: default, namespace: web}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: controller}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects: [{kind: ServiceAccount, name: controller, namespace: web}]
            """),
        References = [new("Kubernetes: good practices for RBAC", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding.IsKubernetesOwn || binding.Subjects.FirstOrDefault(subject => subject.Sort == SubjectSort.NamespaceDefault) is not { } subject || RightOf(binding, artefacts.Kubernetes.ReachOf(binding)) is not { } right)
            {
                continue;
            }

            var place = (right.Rule?.Resources.FirstOrDefault() ?? binding.RoleName)?.Location;
            report.Add(
                subject.Location,
                $"every pod {(subject.Kind == "Group" ? "of the namespace" : "that names no ServiceAccount")} gets the rights of `{binding.RoleName!.Text}`{(binding.IsClusterWide ? ", in every namespace" : "")}",
                "make a ServiceAccount for the one workload that needs them, and name it here and in its pods",
                null,
                place is null ? [] : [new RelatedLocation(place, "what it may do, for one")]);
        }
    }

    // In its own namespace a ServiceAccount has to change something for nearly any work; there only what leads to the rights of others counts. The ConfigMap that says who is who is in one namespace.
    private static GivenRights? RightOf(KubernetesBinding binding, RoleReach? reach)
        => binding.IsClusterWide ? reach?.Powerful
            : reach?.Risks.FirstOrDefault(risk => risk.Kind != RiskKind.TrafficSteering && (risk.Kind != RiskKind.AwsAuthWrite || binding.Namespace == "kube-system"))?.Given;
}
