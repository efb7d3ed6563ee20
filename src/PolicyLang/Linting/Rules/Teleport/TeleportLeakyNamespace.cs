using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportLeakyNamespace : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-leaky-namespace", RuleSystem.Teleport, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an entry for all kinds in one namespace also opens what belongs to no namespace",
        Why = "In version v7 the kind `*` takes in ClusterRoles, nodes and other objects of the cluster, for which the namespace is not looked at. What a role for `dev` lets through then depends on the bindings of the cluster alone. Version v8 keeps to the namespace.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:dev]
                kubernetes_resources: [{kind: '*', namespace: dev, name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:dev]
                kubernetes_resources: [{kind: namespace, name: dev, verbs: ['*']}]
            """),
        References = [TeleportReferences.ResourcesChange],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var entry in role.Version == 7 ? TeleportData.Maps(role.Allow, "kubernetes_resources") : [])
        {
            if (TeleportData.Text(entry, "kind") is { Text: "*" } && TeleportData.Text(entry, "name") is { Text: "*" } && TeleportData.Text(entry, "namespace") is { Text: not ("*" or "") } name && TeleportData.Says(entry, "verbs"))
            {
                report.Add(name.Location, $"the kind `*` is not held to `{name.Text}` for what belongs to no namespace, such as ClusterRoles", $"write `kind: namespace` with `name: {name.Text}`, which is the namespace and what is in it, or move to version v8");
            }
        }
    }
}
