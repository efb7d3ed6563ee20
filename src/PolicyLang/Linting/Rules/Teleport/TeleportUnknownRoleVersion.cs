using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportUnknownRoleVersion : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-unknown-role-version", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a role has no version, or none that there is",
        Why = "The version of a role decides which clusters and resources it selects where it does not say. Without one it depends on the server what the role means, and whether it is taken at all.",
        Avoid = new("teleport.yaml", """
            kind: role
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
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
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        // What Terraform works out is no text.
        if (role is { Version: null, IsOfOldProvider: false } && (role.VersionText is null ? role.Body.Find("version") is null : !TeleportData.IsFilledIn(role.VersionText.Text)))
        {
            report.Add(
                role.VersionText?.Location ?? role.Head,
                role.VersionText is { } version ? $"there is no role version `{version.Text}`" : $"the role {(role.Name is { } name ? $"`{name.Text}` " : "")}has no version",
                role.VersionText is null && TeleportData.Text(role.Metadata, "version") is not null ? "`version` stands beside `metadata`, not in it" : $"write `{WrittenIn(role.Head.Source.Path)}`, or `v8` from Teleport 18 on");
        }
    }

    private static string WrittenIn(string path) => path switch
    {
        _ when path.EndsWith(".tf", StringComparison.OrdinalIgnoreCase) => "version = \"v7\"",
        _ when path.EndsWith("json", StringComparison.OrdinalIgnoreCase) => "\"version\": \"v7\"",
        _ => "version: v7",
    };
}
