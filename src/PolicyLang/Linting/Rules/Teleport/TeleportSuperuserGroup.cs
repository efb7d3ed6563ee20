using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportSuperuserGroup : TeleportRule
{
    public override RuleDescription Description { get; } = new("teleport-superuser-group", RuleSystem.Teleport, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "a role or a connector hands out `system:masters`",
        Why = "Who is in `system:masters` passes every check of the API server, and no binding can take that away again. The name is the same in every cluster, so that one wrong label opens them all. A role that reaches no cluster, from v4 on one without `kubernetes_labels`, is left alone.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: ['system:masters']
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

    protected override void Check(LintedTeleport teleport, LintReport report)
    {
        var groups = teleport.Roles.Where(role => !role.ReachesNoCluster).SelectMany(role => role.Groups)
            .Concat(teleport.Connectors.SelectMany(connector => connector.Mappings).SelectMany(mapping => TeleportData.Texts(mapping.Body, "kubernetes_groups")));
        foreach (var group in groups.Where(group => group.Text == "system:masters"))
        {
            report.Add(group.Location, "`system:masters` passes every check of the API server, whatever its bindings say", "give a group of your own, and bind it to `cluster-admin` where that is needed: a binding can be narrowed and removed");
        }
    }
}
