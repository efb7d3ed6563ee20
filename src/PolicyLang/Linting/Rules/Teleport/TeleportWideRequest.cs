using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportWideRequest : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-wide-request", RuleSystem.Teleport, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "a role lets its holders ask for every role",
        Why = "A request for a role that rules everything looks like any other to whoever approves it, and roles that are made later can be asked for too.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                request: {roles: ['*']}
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                request: {roles: [prod-access]}
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var name in TeleportData.Texts(TeleportData.Map(role.Allow, "request"), "roles").Where(name => name.Text is "*" or "^.*$"))
        {
            report.Add(name.Location, "every role can be asked for, also those that are made later", "name the roles that are meant");
        }
    }
}
