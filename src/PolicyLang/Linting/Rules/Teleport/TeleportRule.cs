using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

/// <summary>A rule about the roles and connectors of a run together.</summary>
internal abstract class TeleportRule : ArtefactRule
{
    public sealed override void Check(LintedArtefacts artefacts, LintReport report) => Check(artefacts.Teleport, report);

    /// <summary>Reports what is found.</summary>
    protected abstract void Check(LintedTeleport teleport, LintReport report);
}

/// <summary>A rule about one role at a time.</summary>
internal abstract class RoleRule : TeleportRule
{
    protected sealed override void Check(LintedTeleport teleport, LintReport report)
    {
        foreach (var role in teleport.Roles)
        {
            Check(role, report);
        }
    }

    /// <summary>Reports what is found in one role.</summary>
    protected abstract void Check(TeleportRole role, LintReport report);
}

/// <summary>A rule about one GitHub connector at a time.</summary>
internal abstract class ConnectorRule : TeleportRule
{
    protected sealed override void Check(LintedTeleport teleport, LintReport report)
    {
        foreach (var connector in teleport.Connectors)
        {
            Check(connector, report);
        }
    }

    /// <summary>Reports what is found in one connector.</summary>
    protected abstract void Check(TeleportConnector connector, LintReport report);
}

/// <summary>What to read about Teleport's roles and connectors.</summary>
internal static class TeleportReferences
{
    public static readonly RuleReference RoleSource = new("What the server makes of a role: role.go", "https://github.com/gravitational/teleport/blob/master/api/types/role.go");
    public static readonly RuleReference ConnectorSource = new("What the server makes of a connector: github.go", "https://github.com/gravitational/teleport/blob/master/api/types/github.go");
    public static readonly RuleReference ServicesSource = new("How roles add up: role.go", "https://github.com/gravitational/teleport/blob/master/lib/services/role.go");
    public static readonly RuleReference ResourcesChange = new("Teleport: role version v8", "https://github.com/gravitational/teleport/pull/54938");
    public static readonly RuleReference ConnectorChange = new("Teleport: teams_to_roles", "https://github.com/gravitational/teleport/pull/10456");
    public static readonly RuleReference SlugIssue = new("Teleport: names of teams do not match", "https://github.com/gravitational/teleport/issues/13678");
}
