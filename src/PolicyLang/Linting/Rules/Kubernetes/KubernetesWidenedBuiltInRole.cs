using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesWidenedBuiltInRole : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-widened-built-in-role", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a label adds to `view`, `edit` or `admin` more than rights on one's own resources",
        Why = "A ClusterRole with a label `rbac.authorization.k8s.io/aggregate-to-…` adds its rules to a role that is bound all over the cluster, by people who think that they know what it gives. That is made for custom resources; secrets, commands in pods, roles and wildcards surprise everybody.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: secrets-for-viewers
              labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}
            rules:
            - {apiGroups: [""], resources: [secrets], verbs: [get, list]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: certificates-for-viewers
              labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}
            rules:
            - {apiGroups: [cert-manager.io], resources: [certificates], verbs: [get, list]}
            """),
        References = [new("Kubernetes: aggregated ClusterRoles", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles")],
    };

    private const string Label = "rbac.authorization.k8s.io/aggregate-to-";

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).Where(role => !role.IsNamespaced))
        {
            if (role.Labels.Where(label => label.Key.StartsWith(Label, StringComparison.Ordinal) && label.Value is DataScalar { Text: "true" }).Select(label => label.Key[Label.Length..]).Order(StringComparer.Ordinal).LastOrDefault() is not { } target
                || !(target is "view" or "edit" or "admin")
                || BuiltInRoles.Default.RulesOf(target) is not { } known)
            {
                continue;
            }

            // Traffic steering was part of `edit` up to Kubernetes 1.21, and the documentation shows how to have it back.
            var usual = known.SelectMany(rule => RightRisks.KindsOf(rule, hasAwsAuth: false)).Append(RiskKind.TrafficSteering).ToHashSet();
            foreach (var rule in role.Rules)
            {
                if (RightRisks.KindsOf(rule.Rights, hasAwsAuth: false).FirstOrDefault(kind => !usual.Contains(kind), RiskKind.TrafficSteering) is not RiskKind.TrafficSteering and var kind)
                {
                    var risk = new RightRisk(kind, new GivenRights(rule.Rights, rule));
                    report.Add(
                        risk.Place?.Location ?? role.NameLocation,
                        $"everybody who has `{target}` may {risk.Phrase} by this",
                        "bind a role of its own to whoever needs it, and leave the label to rules about custom resources",
                        null,
                        [new RelatedLocation(role.Labels.First(label => label.Key == Label + target).KeyLocation, $"this adds the rules to `{target}`")]);
                }
            }
        }
    }
}
