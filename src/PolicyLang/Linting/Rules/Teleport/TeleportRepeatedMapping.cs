using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportRepeatedMapping : ConnectorRule
{
    public override RuleDescription Description { get; } = new("teleport-repeated-mapping", RuleSystem.Teleport, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "a connector maps one team twice",
        Why = "Members of the team get what both mappings say. Whoever takes a role out of one of them easily overlooks that the other still gives it.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [dev]}
              - {organization: acme, team: sre, roles: [prod]}
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
              - {organization: acme, team: sre, roles: [dev, prod]}
            """),
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        var first = new Dictionary<(string, string), TeleportMapping>();
        foreach (var mapping in connector.Mappings)
        {
            if (mapping.Organization is { Text.Length: > 0 } organization && mapping.Team is { Text.Length: > 0 } team && !TeleportData.IsFilledIn(organization.Text + team.Text)
                && !first.TryAdd((organization.Text, team.Text), mapping))
            {
                report.Add(team.Location, $"`{organization.Text}/{team.Text}` is mapped twice, and gets what both say", "put all roles into one mapping", null, new RelatedLocation(first[(organization.Text, team.Text)].Head, "mapped first here"));
            }
        }
    }
}
