using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportWildcardLabels : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-wildcard-labels", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Info)
    {
        What = "a role gives Kubernetes groups on every cluster",
        Why = "The labels `'*': '*'` select every cluster of Teleport, also those that are added later, with whatever the groups mean there.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {'*': '*'}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        if (role.Labels is [var label] && TeleportRole.IsEveryCluster(label) && !role.Groups.Any(group => group.Text == "system:masters") && role.Groups.FirstOrDefault(group => group.Text != "*") is { } group)
        {
            report.Add(label.KeyLocation, $"`{group.Text}` holds on every cluster, also on those that are added later", "name the clusters by a label of theirs, unless all are meant");
        }
    }
}
