using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesUnknownVerb : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-unknown-verb", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a rule names a verb that no request has",
        Why = "The API server makes the verb of a request from its HTTP method, in lower case: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. Another word is allowed in a rule, and never asked for.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods], verbs: [Get, list]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods], verbs: [get, list]}
            """),
        References = [new("Kubernetes: request verbs", "https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb")],
        Fix = "writes the verb as requests have it",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules).Where(ResourceFacts.IsAllBuiltIn))
        {
            foreach (var verb in rule.Verbs.Where(ResourceFacts.IsName))
            {
                if (!ResourceTable.BuiltIn.Verbs.Contains(verb.Text) && Advice(verb.Text) is var (help, meant))
                {
                    report.Add(
                        verb.Location,
                        $"no request has the verb `{verb.Text}`, so that this allows nothing",
                        help,
                        meant is null ? null : new SuggestedFix($"write `{meant}`", IsSafe: false, [KubernetesEdits.Replace(verb, meant)]));
                }
            }
        }
    }

    // Other API servers may ask for verbs of their own, so that only what is surely mistaken for one of these counts.
    private static (string Help, string? Meant)? Advice(string verb)
    {
        var lower = verb.ToLowerInvariant();
        if (lower != verb && ResourceTable.BuiltIn.Verbs.Contains(lower))
        {
            return ($"write `{lower}`: verbs are in lower case", lower);
        }

        return lower switch
        {
            "read" or "view" => ("write `get`, `list` and `watch`", null),
            "write" or "edit" or "modify" => ("write `create`, `update` and `patch`", null),
            "describe" or "head" => ("write `get`", null),
            "post" => ("write `create`", null),
            "put" => ("write `update`", null),
            "apply" => ("write `create` and `patch`", null),
            "remove" => ("write `delete`", null),
            "all" or "any" => ("write `\"*\"`, or better the verbs that are needed", null),
            "exec" => ("give `create` on `pods/exec`", null),
            "log" or "logs" => ("give `get` on `pods/log`", null),
            "portforward" or "port-forward" => ("give `create` on `pods/portforward`", null),
            "scale" => ("give `patch` on the subresource `scale`", null),
            _ => (verb.Length == 4 ? Suggestions.Nearest(verb, ResourceTable.BuiltIn.Verbs) : NearNames.NearestOf(verb, ResourceTable.BuiltIn.Verbs)) is { } nearest ? ($"did you mean `{nearest}`?", nearest) : null,
        };
    }
}
