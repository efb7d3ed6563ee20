using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesUnknownResource : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-unknown-resource", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a rule names a resource that Kubernetes does not have, where one slip makes one that it has",
        Why = "RBAC compares the plural name of a resource letter by letter. For a singular, a short name, an upper-case letter or a slip the rule gives nothing, and the API server does not say so.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods/logs], verbs: [get]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods/log], verbs: [get]}
            """),
        References = [new("Kubernetes: referring to resources", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources")],
        Fix = "writes the resource's name",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules).Where(ResourceFacts.IsAllBuiltIn))
        {
            foreach (var resource in rule.Resources.Where(ResourceFacts.IsName))
            {
                if (Meant(rule, resource.Text) is { } meant)
                {
                    report.Add(
                        resource.Location,
                        $"there is no resource `{resource.Text}`, so that this gives nothing for it",
                        $"did you mean `{meant}`?",
                        new SuggestedFix($"write `{meant}`", IsSafe: false, [KubernetesEdits.Replace(resource, meant)]));
                }
            }
        }
    }

    private static string? Meant(KubernetesRule rule, string text)
    {
        var (resource, subresource) = ResourceFacts.Cut(text);
        if (ResourceTable.BuiltIn.Named(resource).Count == 0)
        {
            var meant = ResourceTable.BuiltIn.Named(resource.ToLowerInvariant()).Concat(ResourceTable.BuiltIn.Abbreviated(resource.ToLowerInvariant())).FirstOrDefault(found => IsIn(rule, found))?.Resource
                ?? NearNames.NearestOf(resource, ResourceTable.BuiltIn.Resources.Where(found => found.Subresource.Length == 0 && IsIn(rule, found)).Select(found => found.Resource));
            return meant is null ? null : subresource.Length == 0 ? meant : $"{meant}/{subresource}";
        }

        if (subresource.Length == 0)
        {
            return null;
        }

        var siblings = ResourceTable.BuiltIn.Named(resource).Where(found => found.Subresource.Length > 0 && IsIn(rule, found)).Select(found => found.Subresource).ToArray();
        if (siblings.Contains(subresource, StringComparer.Ordinal) || siblings.Contains("*", StringComparer.Ordinal))
        {
            return null;
        }

        var sibling = subresource == "logs" && siblings.Contains("log", StringComparer.Ordinal) ? "log"
            : subresource is "port-forward" or "portForward" && siblings.Contains("portforward", StringComparer.Ordinal) ? "portforward"
            : NearNames.NearestOf(subresource, siblings);
        return sibling is null ? null : $"{resource}/{sibling}";
    }

    private static bool IsIn(KubernetesRule rule, ApiResource resource) => rule.ApiGroups.Any(group => group.Text == resource.ApiGroup);
}
