using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportEmptyMapping : ConnectorRule
{
    private static readonly string[] Known = ["organization", "team", "roles", "logins", "kubernetes_groups", "kubernetes_users"];

    public override RuleDescription Description { get; } = new("teleport-empty-mapping", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a mapping of a connector lacks the organization, the team or the roles, and so gives nothing",
        Why = "Teleport refuses a mapping without a team. One without an organization matches nobody, and one without roles gives nothing, both without a word.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {team: sre, roles: [sre]}
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
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        foreach (var mapping in connector.Mappings.Where(mapping => !mapping.Body.Entries.IsEmpty))
        {
            var missing = !TeleportData.Says(mapping.Body, "team") ? "team" : !TeleportData.Says(mapping.Body, "organization") ? "organization" : !Gives(mapping) ? mapping.RolesKey : null;

            // A misspelt key is told by teleport-misspelt-field.
            if (missing is not null && mapping.Body.Entries.All(entry => Known.Contains(entry.Key)))
            {
                report.Add(mapping.Head, $"this mapping has no `{missing}` and so {(missing == "team" ? "is refused" : missing == "organization" ? "matches nobody" : "gives nothing")}", $"add `{missing}`");
            }
        }
    }

    private static bool Gives(TeleportMapping mapping) => TeleportData.Says(mapping.Body, mapping.RolesKey) || (mapping.IsToLogins && TeleportData.Says(mapping.Body, "kubernetes_groups"));
}
