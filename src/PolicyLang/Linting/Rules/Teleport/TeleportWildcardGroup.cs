using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportWildcardGroup : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-wildcard-group", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a role gives a Kubernetes group with a wildcard in its name, which is no wildcard there",
        Why = "Teleport hands the names of groups to the API server as they are written. There is no binding for a group that is called `*`, so that the role gives nothing.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: ['*']
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
        foreach (var group in role.Groups.Where(group => group.Text.Contains('*', StringComparison.Ordinal) && !TeleportData.IsFilledIn(group.Text)))
        {
            report.Add(group.Location, $"`{group.Text}` is the group of that very name and stands for no others", "name the groups");
        }
    }
}
