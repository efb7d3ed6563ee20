using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportNoPods : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-no-pods", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a role of version v6 lets nobody at pods, since it says nothing of `kubernetes_resources`",
        Why = "Version v6 fills in no resources where a role names none, and filters pods alone: pods are closed, and everything else is open as far as the cluster allows. Versions before and after it fill in everything.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v6
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v6
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: pod, namespace: '*', name: '*'}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        if (role is { Version: 6, SelectsClusters: true } && role.Labels.Length > 0 && !TeleportData.Says(role.Allow, "kubernetes_resources") && role.Groups.FirstOrDefault() is { } group)
        {
            report.Add(group.Location, $"a role of version v6 without `kubernetes_resources` lets `{group.Text}` at no pods", "add `kubernetes_resources: [{kind: pod, namespace: '*', name: '*'}]`");
        }
    }
}
