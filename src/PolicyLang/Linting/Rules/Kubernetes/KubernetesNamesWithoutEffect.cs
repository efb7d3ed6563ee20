using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesNamesWithoutEffect : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-names-without-effect", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "`resourceNames` stands with a verb whose requests name no object",
        Why = "A request to create an object, or to delete a whole collection, has no name that the list could be compared with. So the rule never allows it, and whoever wrote it is refused, or believes that more is allowed than is.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [configmaps], verbs: [get, create], resourceNames: [leader]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [configmaps], verbs: [get], resourceNames: [leader]}
            - {apiGroups: [""], resources: [configmaps], verbs: [create]}
            """),
        References = [new("Kubernetes: referring to resources", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn))
        {
            foreach (var rule in role.Rules.Where(rule => !rule.ResourceNames.IsEmpty && !rule.IsPartlyKnown && ResourceFacts.IsShort(rule)))
            {
                // The API server takes the name of a subresource's object from the URL, an object that is made by a PUT or an apply has one there too, and "" is a name that unnamed requests have.
                var isNamed = rule.Resources.Any(resource => resource.Text.Contains('/', StringComparison.Ordinal)) || rule.ResourceNames.Any(name => name.Text.Length == 0);
                var isPut = rule.Verbs.Any(verb => verb.Text is "update" or "patch" or "*");
                var verb = isNamed ? null : rule.Verbs.FirstOrDefault(verb => verb.Text == "deletecollection" || (verb.Text == "create" && !isPut));
                if (verb is not null && !IsGivenElsewhere(role, rule, verb.Text))
                {
                    report.Add(
                        verb.Location,
                        verb.Text == "create" ? "a request to create has no name yet, so that this rule never allows it" : "a request to delete a collection names no object, so that this rule never allows it",
                        verb.Text == "create" ? "give `create` in a rule without `resourceNames`, or leave it out" : "give `delete` for these names, or leave it out",
                        null,
                        [new RelatedLocation(rule.ResourceNames[0].Location, "the names that it would have to have")]);
                }
            }
        }
    }

    private static bool IsGivenElsewhere(KubernetesRole role, KubernetesRule rule, string verb)
        => role.Rules.Take(100).Any(other => other.ResourceNames.IsEmpty && rule.Resources.All(resource => rule.ApiGroups.All(group => RightRisks.Gives(other.Rights, group.Text, resource.Text, verb))));
}
