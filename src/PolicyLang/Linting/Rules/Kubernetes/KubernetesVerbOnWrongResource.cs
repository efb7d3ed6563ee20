using System.Collections.Frozen;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesVerbOnWrongResource : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-verb-on-wrong-resource", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "`bind`, `escalate`, `impersonate`, `approve` or `sign` stands with resources that are never asked about it",
        Why = "The API server asks for these verbs on one kind of thing each: `bind` and `escalate` on the role, not on the binding that names it, `impersonate` on users, groups and ServiceAccounts, `approve` and `sign` on signers. On anything else they give nothing.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create, bind]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create]}
            - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind], resourceNames: [view]}
            """),
        References = [new("Kubernetes: privilege escalation prevention", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping")],
    };

    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bind"] = "`roles` and `clusterroles`",
        ["escalate"] = "`roles` and `clusterroles`",
        ["impersonate"] = "`users`, `groups` and `serviceaccounts` of the core API group",
        ["approve"] = "`signers`",
        ["sign"] = "`signers`",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules).Where(rule => ResourceFacts.IsAllBuiltIn(rule) && rule.Resources.All(ResourceFacts.IsName) && !rule.Resources.IsEmpty))
        {
            foreach (var verb in rule.Verbs)
            {
                if (Places.TryGetValue(verb.Text, out var places) && !rule.Resources.Any(resource => IsAsked(rule, resource.Text, verb.Text)) && rule.Resources.Any(resource => ResourceFacts.IsServed(rule, ResourceFacts.Cut(resource.Text).Resource)))
                {
                    report.Add(verb.Location, $"`{verb.Text}` is asked for on {places}, and never on `{rule.Resources[0].Text}`", "give it on these, with `resourceNames` for those that are meant, or leave it out");
                }
            }
        }
    }

    private static bool IsAsked(KubernetesRule rule, string text, string verb)
    {
        var (resource, subresource) = ResourceFacts.Cut(text);
        return rule.ApiGroups.Any(group => ResourceTable.BuiltIn.Find(group.Text, resource, subresource) is { } found && found.Takes(verb));
    }
}
