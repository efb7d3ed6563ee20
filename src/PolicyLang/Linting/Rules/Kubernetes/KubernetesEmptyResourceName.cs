using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesEmptyResourceName : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-empty-resource-name", RuleSystem.Kubernetes, RuleCategory.Exposure, LintLevel.Error)
    {
        What = "`resourceNames` holds an empty name",
        Why = "The empty name is that of requests that name no object: to list, to watch and to create. A rule with `\"\"` among its names allows these for all objects, while it looks as if it were about a few.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [secrets], verbs: [get, list], resourceNames: [""]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [deploy-key]}
            """),
        References = [new("Kubernetes: how rules are matched", "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go"), new("Kubernetes: referring to resources", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var name in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules).SelectMany(rule => rule.ResourceNames).Where(name => name.Text.Length == 0))
        {
            // An item that is left empty has no text to show.
            var location = name.Location.Span.Length > 0 ? name.Location : null;
            if (location is not null)
            {
                report.Add(location, "the empty name is that of every list, watch and create, so that this allows them for all objects", "write the names that are meant, or leave `resourceNames` out");
            }
        }
    }
}
