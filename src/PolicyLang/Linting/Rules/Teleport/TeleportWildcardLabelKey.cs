using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportWildcardLabelKey : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-wildcard-label-key", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a role selects clusters by any label with some value, which Teleport refuses",
        Why = "The key `*` stands for all labels with all values alone. Teleport refuses a role in which it has another value.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {'*': prod}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: prod}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var label in role.Labels.Where(label => label.Key == "*" && !TeleportRole.IsEveryCluster(label)))
        {
            foreach (var value in TeleportData.Texts(label.Value).Where(value => !TeleportData.IsFilledIn(value.Text)).Take(1))
            {
                report.Add(value.Location, $"the key `*` takes no value but `*`, so that Teleport refuses this role", $"name the label whose value is `{value.Text}`");
            }
        }
    }
}
