using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Teleport;

/// <summary>What the members of a team get.</summary>
/// <param name="Body">The mapping.</param>
/// <param name="IsToLogins">Whether it is of the old kind, <c>teams_to_logins</c>.</param>
internal sealed record TeleportMapping(DataMap Body, bool IsToLogins)
{
    /// <summary>The organization.</summary>
    public DataScalar? Organization => TeleportData.Text(Body, "organization");

    /// <summary>The team.</summary>
    public DataScalar? Team => TeleportData.Text(Body, "team");

    /// <summary>The key that names the roles.</summary>
    public string RolesKey => IsToLogins ? "logins" : "roles";

    /// <summary>The names of the roles.</summary>
    public IEnumerable<DataScalar> Roles => TeleportData.Texts(Body, RolesKey);

    /// <summary>Where it is shown.</summary>
    public SourceLocation Head => (Team ?? Organization)?.Location ?? (Body.Entries.IsEmpty ? Body.Location : Body.Entries[0].KeyLocation);
}

/// <summary>A GitHub connector, whatever carries it.</summary>
internal sealed class TeleportConnector
{
    /// <summary>Takes a body.</summary>
    /// <param name="body">The body, with <c>metadata</c> and <c>spec</c>.</param>
    /// <param name="head">What shows where the connector is.</param>
    public TeleportConnector(DataMap body, DataNode head)
    {
        Body = body;
        Head = head.Location;
        Spec = TeleportData.Map(body, "spec");
        Mappings =
        [
            .. TeleportData.Maps(Spec, "teams_to_logins").Select(mapping => new TeleportMapping(mapping, true)),
            .. TeleportData.Maps(Spec, "teams_to_roles").Select(mapping => new TeleportMapping(mapping, false)),
        ];
    }

    /// <summary>The body.</summary>
    public DataMap Body { get; }

    /// <summary>Where the connector is shown.</summary>
    public SourceLocation Head { get; }

    /// <summary>What it says.</summary>
    public DataMap? Spec { get; }

    /// <summary>Whether it is written for old versions of the Terraform provider, in blocks.</summary>
    public bool IsOfOldProvider => TeleportData.IsBlock(Body, "spec") || TeleportData.IsBlock(Body, "metadata");

    /// <summary>What teams get.</summary>
    public ImmutableArray<TeleportMapping> Mappings { get; }
}
