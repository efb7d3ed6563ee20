using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportUserWideGroups : ConnectorRule
{
    public override RuleDescription Description { get; } = new("teleport-user-wide-groups", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a connector gives Kubernetes groups to a team, and these hold on every cluster",
        Why = "Groups of a connector become a trait of the user, for all clusters alike: the built-in role `access` gives whatever groups the trait holds wherever it leads. Only roles can give a group on some clusters.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_logins:
              - organization: acme
                team: sre
                logins: [access]
                kubernetes_groups: [acme:sre]
            """),
        Prefer = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [sre]}
            """),
        References = [TeleportReferences.ConnectorChange, TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        foreach (var group in connector.Mappings.Where(mapping => mapping.IsToLogins).SelectMany(mapping => TeleportData.Texts(mapping.Body, "kubernetes_groups").Take(1)))
        {
            // tells the same of a mightier group: teleport-superuser-group.
            if (group.Text != "system:masters")
            {
                report.Add(group.Location, $"`{group.Text}` is given on every cluster that the user's roles lead to", "map the team to roles by `teams_to_roles`, and give the group in a role with `kubernetes_labels`");
            }
        }
    }
}
