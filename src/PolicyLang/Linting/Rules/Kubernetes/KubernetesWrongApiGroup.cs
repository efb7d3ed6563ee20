using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesWrongApiGroup : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-wrong-api-group", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a rule names a resource in an API group that does not have it",
        Why = "A rule gives its verbs for its resources in its API groups. Where none of the groups has the resource the rule gives nothing for it, and the API server does not say so.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods, deployments], verbs: [get, list]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: ["", apps], resources: [pods, deployments], verbs: [get, list]}
            """),
        References = [new("Kubernetes: referring to resources", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources"), new("Kubernetes: API groups", "https://kubernetes.io/docs/reference/using-api/#api-groups")],
        Fix = "writes the API group without its version",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn))
        {
            foreach (var rule in role.Rules)
            {
                if (rule.ApiGroups.Any(group => group.Text == "*") || LookForVersions(rule, report) || !ResourceFacts.IsAllBuiltIn(rule))
                {
                    continue;
                }

                foreach (var resource in rule.Resources.Where(ResourceFacts.IsName))
                {
                    // The use of a PodSecurityPolicy was asked for in `extensions` too, as long as there were any.
                    var (name, _) = ResourceFacts.Cut(resource.Text);
                    if (name != "podsecuritypolicies" && !ResourceFacts.IsServed(rule, name) && ResourceFacts.GroupOf(name) is { } group && !IsNamedElsewhere(role, name, group))
                    {
                        report.Add(
                            resource.Location,
                            $"`{name}` {(group.Length == 0 ? "is in the core API group `\"\"`" : $"is in the API group `{group}`")}, so that this gives nothing for it",
                            $"write a rule for it with `apiGroups: [{(group.Length == 0 ? "\"\"" : group)}]`");
                    }
                }
            }
        }
    }

    private static bool LookForVersions(KubernetesRule rule, LintReport report)
    {
        var hasFound = false;
        foreach (var group in rule.ApiGroups.Where(ResourceFacts.IsName))
        {
            if (ResourceFacts.GroupMeantBy(group.Text) is { } meant)
            {
                hasFound = true;
                report.Add(
                    group.Location,
                    $"`{group.Text}` is no API group, so that this gives nothing in it",
                    $"write `{(meant.Length == 0 ? "\"\"" : meant)}`{(meant.Length == 0 ? ", the name of the core API group" : group.Text.Contains('/', StringComparison.Ordinal) ? ": rules name groups without a version" : "")}",
                    new SuggestedFix($"write `{(meant.Length == 0 ? "\"\"" : meant)}`", IsSafe: false, [KubernetesEdits.Replace(group, meant)]));
            }
        }

        return hasFound;
    }

    private static bool IsNamedElsewhere(KubernetesRole role, string resource, string group)
        => role.Rules.Take(200).Any(other => other.ApiGroups.Any(item => item.Text == group || item.Text == "*") && other.Resources.Any(item => item.Text == "*" || ResourceFacts.Cut(item.Text).Resource == resource));
}
