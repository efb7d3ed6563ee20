using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesRightsOutOfNamespace : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-rights-out-of-namespace", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a Role or a RoleBinding gives rights on what is in no namespace",
        Why = "A Role, or a ClusterRole that a RoleBinding binds, holds for requests in its namespace. Requests for nodes, for PersistentVolumes, for the reviews of tokens and for other objects of the whole cluster are in none, so that it never allows them.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: deployer, namespace: web}
            rules:
            - {apiGroups: [""], resources: [nodes], verbs: [get, list]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [nodes], verbs: [get, list]}
            """),
        References = [new("Kubernetes: Role and ClusterRole", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => role is { IsNamespaced: true, IsKubernetesOwn: false }).SelectMany(role => role.Rules).Where(ResourceFacts.IsAllBuiltIn))
        {
            // Everybody may ask about themselves anyway, so that nothing is missing there.
            var resource = rule.Resources.FirstOrDefault(resource => !resource.Text.StartsWith("selfsubject", StringComparison.Ordinal) && ClusterScope.IsOutOfNamespaces(rule.Rights, resource.Text));
            if (resource is not null)
            {
                report.Add(resource.Location, $"{What(rule, resource.Text)} in no namespace, so that a Role never allows this", "put it into a ClusterRole, and bind that by a ClusterRoleBinding");
            }
        }

        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding is { IsNamespaced: true, IsKubernetesOwn: false, RoleKind.Text: RbacWords.ClusterRole, RoleName: { } name } && artefacts.Kubernetes.ReachOf(binding) is { IsOutOfNamespaces: true })
            {
                report.Add(name.Location, $"all that `{name.Text}` gives is in no namespace, so that a RoleBinding of it gives nothing", "bind it by a ClusterRoleBinding");
            }
        }
    }

    private static string What(KubernetesRule rule, string resource)
        => resource == "namespaces" ? $"requests to {string.Join(" and ", rule.Verbs.Select(verb => verb.Text).Where(verb => verb is "list" or "watch" or "create" or "deletecollection"))} namespaces are" : $"`{resource}` are";
}
