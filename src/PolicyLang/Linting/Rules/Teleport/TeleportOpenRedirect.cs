using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportOpenRedirect : ConnectorRule
{
    public override RuleDescription Description { get; } = new("teleport-open-redirect", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a connector lets logins be sent to any host or any network",
        Why = "What a login yields is sent to the address that the client asks for. A wildcard for all hosts, or a network that is the whole internet, lets whoever gets somebody to click a link take the login.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [sre]}
              client_redirect_settings: {allowed_https_hostnames: ['*']}
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
              client_redirect_settings: {allowed_https_hostnames: ['*.login.example.com']}
            """),
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        var settings = TeleportData.Map(connector.Spec, "client_redirect_settings");
        foreach (var host in TeleportData.Texts(settings, "allowed_https_hostnames"))
        {
            if (host.Text is "*" or "**" or "*.*" or "^.*$" or "^.+$" || (host.Text.StartsWith("*.", StringComparison.Ordinal) && !host.Text.AsSpan(2).Contains('.')))
            {
                report.Add(host.Location, $"`{host.Text}` lets logins be sent to hosts of anybody", "name the hosts, or a domain of your own");
            }
        }

        foreach (var range in TeleportData.Texts(settings, "insecure_allowed_cidr_ranges").Where(range => range.Text.EndsWith("/0", StringComparison.Ordinal)))
        {
            report.Add(range.Location, $"`{range.Text}` lets logins be sent to every address, unencrypted", "name the network that is meant");
        }
    }
}
