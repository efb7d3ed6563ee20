using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportIgnoredLabels : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-ignored-labels", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a role names clusters by labels beside a wildcard for all clusters, which then count for nothing",
        Why = "With `'*': '*'` among its labels a role selects every cluster, and Teleport does not look at the other labels any more. They read like a limit and are none.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {'*': '*', env: [dev]}
                kubernetes_groups: [acme:dev]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [dev]}
                kubernetes_groups: [acme:dev]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        var wildcard = role.Labels.FirstOrDefault(TeleportRole.IsEveryCluster);
        foreach (var label in wildcard is null ? [] : role.Labels.Where(label => label.Key != "*").Take(1))
        {
            report.Add(label.KeyLocation, $"`{label.Key}` counts for nothing beside `'*': '*'`, which selects every cluster", "remove `'*': '*'` to keep to the labels, or the labels if every cluster is meant", null, new RelatedLocation(wildcard!.KeyLocation, "selects every cluster"));
        }
    }
}
