using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportVoidDeny : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-void-deny", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a role denies all Kubernetes groups by a wildcard, which is no wildcard there",
        Why = "Teleport takes the names under `deny.kubernetes_groups` as they are written. A `*` takes away the group that is called `*`, and no other.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
              deny:
                kubernetes_groups: ['*']
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
              deny:
                kubernetes_labels: {'*': '*'}
            """),
        References = [TeleportReferences.ServicesSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var group in TeleportData.Texts(role.Deny, "kubernetes_groups").Where(group => group.Text.Contains('*', StringComparison.Ordinal) && !TeleportData.IsFilledIn(group.Text)))
        {
            report.Add(group.Location, $"`{group.Text}` takes away the group of that very name and no other", "name the groups, or deny the clusters: `kubernetes_labels: {'*': '*'}`");
        }
    }
}
