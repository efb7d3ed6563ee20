using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportMissingMappedRole : TeleportRule
{
    public override RuleDescription Description { get; } = new("teleport-missing-mapped-role", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a connector maps a team to a role that is spelled otherwise where it is defined",
        Why = "At login Teleport looks up every role that is mapped. When one does not exist the login fails, for everybody in the team.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: prod-access}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            ---
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [prod_access]}
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: prod-access}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            ---
            kind: github
            version: v3
            metadata: {name: github}
            spec:
              client_id: Iv1.0123456789abcdef
              client_secret: ""
              redirect_url: https://teleport.example.com/v1/webapi/github/callback
              teams_to_roles:
              - {organization: acme, team: sre, roles: [prod-access]}
            """),
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(LintedTeleport teleport, LintReport report)
    {
        // Roles may well be defined elsewhere; so only a name that differs in nothing but its spelling counts.
        var roles = teleport.Roles.Select(role => role.Name?.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var mapped = teleport.Connectors.SelectMany(connector => connector.Mappings).SelectMany(mapping => mapping.Roles).ToArray();
        var used = mapped.Select(role => role.Text).ToHashSet(StringComparer.Ordinal);
        var bySpelling = roles.Where(role => !used.Contains(role)).GroupBy(Spelling, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Min(StringComparer.Ordinal)!, StringComparer.Ordinal);
        foreach (var role in mapped.Where(role => !roles.Contains(role.Text)))
        {
            if (bySpelling.TryGetValue(Spelling(role.Text), out var meant))
            {
                report.Add(role.Location, $"there is a role `{meant}` here, and no `{role.Text}`", $"did you mean `{meant}`?");
            }
        }
    }

    private static string Spelling(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.Length > 3 && letters.EndsWith('s') ? letters[..^1] : letters;
    }
}
