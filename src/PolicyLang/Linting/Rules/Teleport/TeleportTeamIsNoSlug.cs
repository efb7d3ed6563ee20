using System.Buffers;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportTeamIsNoSlug : ConnectorRule
{
    private static readonly SearchValues<char> Strange = SearchValues.Create(" \t/@");

    public override RuleDescription Description { get; } = new("teleport-team-is-no-slug", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a connector names a team by something else than its slug, and so matches nobody",
        Why = "Teleport compares with the last part of the team's address on GitHub, letter by letter: small letters, dashes for spaces. There is no wildcard for all teams.",
        Avoid = new("teleport.yaml", """
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: Site Reliability, roles: [sre]}
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
              - {organization: acme, team: site-reliability, roles: [sre]}
            """),
        References = [TeleportReferences.SlugIssue, TeleportReferences.ConnectorSource],
    };

    protected override void Check(TeleportConnector connector, LintReport report)
    {
        foreach (var team in connector.Mappings.Select(mapping => mapping.Team).OfType<DataScalar>().Where(team => !TeleportData.IsFilledIn(team.Text)))
        {
            if (team.Text.Contains('*', StringComparison.Ordinal))
            {
                report.Add(team.Location, $"`{team.Text}` matches no team: there is no wildcard here", "map each team that is meant");
            }
            else if (team.Text.AsSpan().IndexOfAny(Strange) >= 0 || team.Text.AsSpan().ContainsAnyInRange('A', 'Z'))
            {
                report.Add(team.Location, $"`{team.Text}` is no slug of a team and matches nobody", $"take the last part of the team's address on GitHub, probably `{SlugOf(team.Text)}`");
            }
        }
    }

    private static string SlugOf(string name) => string.Join('-', name[(name.LastIndexOf('/') + 1)..].TrimStart('@').ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
