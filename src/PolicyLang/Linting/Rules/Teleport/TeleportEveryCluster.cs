using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportEveryCluster : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-every-cluster", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a role of version v3 gives Kubernetes groups and names no clusters, and so holds on all of them",
        Why = "Roles of version v3 that say nothing of `kubernetes_labels` select every cluster; from v4 on they select none. A copied old role opens clusters that nobody thought of, also those that are added later.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v3
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_groups: [acme:sre]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v3
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        if (role is { Version: 3, SelectsClusters: false } && role.Groups.FirstOrDefault() is { } group)
        {
            report.Add(group.Location, $"a role of version v3 without `kubernetes_labels` gives `{group.Text}` on every cluster", "say which clusters are meant: `kubernetes_labels: {env: [prod]}`");
        }
    }
}
