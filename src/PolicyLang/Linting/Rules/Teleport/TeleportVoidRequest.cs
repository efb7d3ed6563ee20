using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportVoidRequest : TeleportRule
{
    public override RuleDescription Description { get; } = new("teleport-void-request", RuleSystem.Teleport, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a team holds a role already for which it would have to ask",
        Why = "A connector that maps a team to a role gives it at every login. The request, and whoever would have to approve it, are passed by.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: prod-requester}
            spec:
              allow:
                request: {roles: [prod]}
            ---
            kind: role
            version: v7
            metadata: {name: prod}
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
              - {organization: acme, team: sre, roles: [prod-requester, prod]}
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: prod-requester}
            spec:
              allow:
                request: {roles: [prod]}
            ---
            kind: role
            version: v7
            metadata: {name: prod}
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
              - {organization: acme, team: sre, roles: [prod-requester]}
            """),
        References = [TeleportReferences.ConnectorSource],
    };

    protected override void Check(LintedTeleport teleport, LintReport report)
    {
        var requests = teleport.Roles.Where(role => role.Name is not null)
            .ToLookup(role => role.Name!.Text, role => TeleportData.Texts(TeleportData.Map(role.Allow, "request"), "roles").Select(name => name.Text).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var mapping in teleport.Connectors.SelectMany(connector => connector.Mappings))
        {
            var held = mapping.Roles.ToArray();
            var asked = held.SelectMany(role => requests[role.Text].SelectMany(names => names).Select(name => (name, By: role))).GroupBy(pair => pair.name, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.First().By, StringComparer.Ordinal);
            foreach (var role in held)
            {
                if (asked.TryGetValue(role.Text, out var by) && by.Text != role.Text)
                {
                    report.Add(role.Location, $"this team holds `{role.Text}` at every login and need not ask for it", "remove it here if it is to be asked for", null, new RelatedLocation(by.Location, "gives the right to ask for it"));
                }
            }
        }
    }
}
