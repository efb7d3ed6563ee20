using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportDeprecatedMapping : ConnectorRule
{
    public override RuleDescription Description { get; } = new("teleport-deprecated-mapping", RuleSystem.Teleport, RuleCategory.Upkeep, LintLevel.Info)
    {
        What = "a connector maps teams by `teams_to_logins`, which is deprecated",
        Why = "Since Teleport 10 teams are mapped by `teams_to_roles`. The old list still works and is announced to go; the Kubernetes operator does not know it.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_logins:
              - {organization: acme, team: sre, logins: [sre]}
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
        References = [TeleportReferences.ConnectorChange],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        if (connector.Spec?.Find("teams_to_logins") is { Value: DataList { Items.Length: > 0 } } old && !connector.Mappings.Any(mapping => mapping.IsToLogins && TeleportData.Says(mapping.Body, "kubernetes_groups")))
        {
            report.Add(old.KeyLocation, "`teams_to_logins` is deprecated", "write `teams_to_roles`, and in it `roles` for `logins`");
        }
    }
}
