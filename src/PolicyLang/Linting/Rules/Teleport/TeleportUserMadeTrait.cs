using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportUserMadeTrait : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-user-made-trait", RuleSystem.Teleport, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a role takes Kubernetes groups or labels from names of GitHub teams, which users can make themselves",
        Why = "`github_teams` holds the display names of the teams of every organization that the user lets Teleport see, also of one that they founded for it. With a team of the right name there anybody gets the group.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: ['{{external.github_teams}}']
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
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        var texts = role.Groups.Concat(role.Labels.SelectMany(label => TeleportData.Texts(label.Value))).Concat(TeleportData.Texts(role.Allow, "kubernetes_users"));
        foreach (var text in texts.Where(text => text.Text.Contains("{{", StringComparison.Ordinal) && text.Text.Contains("github_teams", StringComparison.Ordinal)))
        {
            report.Add(text.Location, "whoever founds an organization on GitHub gives its teams any name they like, and these count here", "map teams to roles in the connector: it looks at the organization too");
        }
    }
}
