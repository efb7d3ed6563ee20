using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesCopiedRole : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-copied-role", RuleSystem.Kubernetes, RuleCategory.Upkeep, LintLevel.Info)
    {
        What = "a role says what `view`, `edit` or `admin` says",
        Why = "A copy stays as it is when Kubernetes changes its own role, and does not get the rights on custom resources that operators add to it.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: readers}
            rules:
            - apiGroups: [""]
              resources: [configmaps, endpoints, persistentvolumeclaims, persistentvolumeclaims/status, pods, replicationcontrollers, replicationcontrollers/scale, serviceaccounts, services, services/status]
              verbs: [get, list, watch]
            - apiGroups: [""]
              resources: [bindings, limitranges, namespaces/status, pods/log, pods/status, replicationcontrollers/status, resourcequotas, resourcequotas/status]
              verbs: [get, list, watch]
            - apiGroups: [""]
              resources: [namespaces]
              verbs: [get, list, watch]
            - apiGroups: ["", events.k8s.io]
              resources: [events]
              verbs: [get, list, watch]
            - apiGroups: [discovery.k8s.io]
              resources: [endpointslices]
              verbs: [get, list, watch]
            - apiGroups: [apps]
              resources: [controllerrevisions, daemonsets, daemonsets/status, deployments, deployments/scale, deployments/status, replicasets, replicasets/scale, replicasets/status, statefulsets, statefulsets/scale, statefulsets/status]
              verbs: [get, list, watch]
            - apiGroups: [autoscaling]
              resources: [horizontalpodautoscalers, horizontalpodautoscalers/status]
              verbs: [get, list, watch]
            - apiGroups: [batch]
              resources: [cronjobs, cronjobs/status, jobs, jobs/status]
              verbs: [get, list, watch]
            - apiGroups: [extensions]
              resources: [daemonsets, daemonsets/status, deployments, deployments/scale, deployments/status, ingresses, ingresses/status, networkpolicies, replicasets, replicasets/scale, replicasets/status, replicationcontrollers/scale]
              verbs: [get, list, watch]
            - apiGroups: [policy]
              resources: [poddisruptionbudgets, poddisruptionbudgets/status]
              verbs: [get, list, watch]
            - apiGroups: [networking.k8s.io]
              resources: [ingresses, ingresses/status, networkpolicies]
              verbs: [get, list, watch]
            - apiGroups: [resource.k8s.io]
              resources: [resourceclaims, resourceclaims/status, resourceclaimtemplates]
              verbs: [get, list, watch]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        References = [new("Kubernetes: roles for people", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles")],
    };

    // The built-in roles have some twenty rules; what differs much in size is no copy, and need not be compared.
    private const int MostRules = 60;
    private const int MostAtoms = 5_000;

    private static readonly string[] Names = ["view", "edit", "admin"];

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).Where(role => role.Aggregation is null && role.Rules.Length is > 3 and < MostRules && role.Name is not ("view" or "edit" or "admin")))
        {
            ImmutableArray<RbacRule> rules = [.. role.Rules.Select(rule => rule.Rights)];
            if (role.Rules.Any(rule => rule.IsPartlyKnown) || rules.Sum(rule => (long)rule.Verbs.Length * rule.ApiGroups.Length * rule.Resources.Length * Math.Max(1, rule.ResourceNames.Length)) > MostAtoms)
            {
                continue;
            }

            if (Names.FirstOrDefault(name => BuiltInRoles.Default.RulesOf(name) is { } known && RbacRules.Covers(known, rules) && RbacRules.Covers(rules, known)) is { } copied)
            {
                report.Add(role.NameLocation, $"`{role.Name}` gives the same as the built-in ClusterRole `{copied}`", $"bind `{copied}` instead");
            }
        }
    }
}
