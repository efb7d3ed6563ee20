using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportWrittenSecret : ConnectorRule
{
    public override RuleDescription Description { get; } = new("teleport-written-secret", RuleSystem.Teleport, RuleCategory.Assurance, LintLevel.Error)
    {
        What = "the secret of a connector is written out",
        Why = "With the secret of the OAuth application anybody can pose as this Teleport to GitHub. In a repository it is known to everybody who ever had a copy, also after it is removed.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: 7b52009b64fd0a2a49e6d8a939753077792b0554
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [sre]}
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
        if (TeleportData.Text(connector.Spec, "client_secret") is { } secret && IsSecret(secret.Text))
        {
            report.Add(secret.Location, "this secret is readable for everybody who can read the file", "make a new one on GitHub, and put it in at deployment; the operator takes `secret://NAME/KEY`");
        }
    }

    // Secrets of GitHub are 40 hexadecimal digits (https://docs.github.com/en/apps/oauth-apps); whatever is made up by hand repeats itself.
    private static bool IsSecret(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigit) && text.Distinct().Count() > 9;
}
