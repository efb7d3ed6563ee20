using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportMalformedLabels : RoleRule
{
    private static readonly string[] Keys = ["kubernetes_labels", "node_labels", "app_labels", "db_labels", "windows_desktop_labels", "cluster_labels"];

    public override RuleDescription Description { get; } = new("teleport-malformed-labels", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "the labels of a role are a list, and Teleport takes a block",
        Why = "Labels are keys with values. A list of them is no role to Teleport.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels:
                - env: prod
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels:
                  env: prod
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var side in new[] { role.Allow, role.Deny })
        {
            foreach (var labels in side?.Entries.Where(entry => Keys.Contains(entry.Key) && entry.Value is DataList { Items.Length: > 0 }) ?? [])
            {
                report.Add(labels.KeyLocation, $"`{labels.Key}` is a list here, and Teleport takes keys with values", "remove the dashes: `env: prod`");
            }
        }
    }
}
