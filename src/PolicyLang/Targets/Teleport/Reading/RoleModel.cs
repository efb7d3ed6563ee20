using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Whom a role asks for a trusted device on the clusters that it selects.</summary>
internal enum DeviceDemand
{
    Nobody,
    Humans,
    Everybody,

    /// <summary>The role says so, and whether the server heeds it is not known.</summary>
    PerhapsEverybody,
}

/// <summary>One side of a role.</summary>
internal sealed record RoleConditions
{
    public static RoleConditions Empty { get; } = new();

    public LabelSelector Labels { get; init; } = LabelSelector.Nothing;

    /// <summary>Whether an expression over labels stands beside the selector. What it says is not modelled.</summary>
    public bool HasExpression { get; init; }

    /// <summary>The Kubernetes groups, sorted.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The Kubernetes users, sorted.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    public ImmutableArray<ResourceEntry> Resources { get; init; } = [];

    /// <summary>The roles that may be asked for.</summary>
    public ImmutableArray<string> RequestableRoles { get; init; } = [];

    /// <summary>Whether holders may act as others.</summary>
    public bool Impersonates { get; init; }

    /// <summary>Whether any of the texts is filled in from traits.</summary>
    public bool HasTemplates { get; init; }

    public bool IsSilent => Labels.IsEmpty && !HasExpression && Groups.IsEmpty && Users.IsEmpty && Resources.IsEmpty;
}

/// <summary>A role.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; zero where the artefact does not say one that is known.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record RoleModel(string Name, int Version, ArtefactPlace Place)
{
    public RoleConditions Allow { get; init; } = RoleConditions.Empty;

    public RoleConditions Deny { get; init; } = RoleConditions.Empty;

    public ResourceFilter Filter { get; init; } = new(0, []);

    /// <summary>Whether everything passes the filter.</summary>
    public bool PassesEverything { get; init; } = true;

    public bool DemandsSessionMfa { get; init; }

    public DeviceDemand Device { get; init; }

    /// <summary>Whether holders must have a request approved before they can log in.</summary>
    public bool DemandsRequest { get; init; }

    /// <summary>Whether something in it is not understood, so that it may do anything.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>What Terraform calls it.</summary>
    public string? TerraformLabel { get; init; }
}

/// <summary>A role as somebody else names it.</summary>
/// <param name="Name">Its name, or what Terraform calls it.</param>
/// <param name="IsTerraformLabel">Whether it is Terraform's name.</param>
/// <param name="Place">Where it is named.</param>
internal readonly record struct RoleReference(string Name, bool IsTerraformLabel, ArtefactPlace Place);

/// <summary>What a connector gives the members of a GitHub team.</summary>
internal sealed record TeamMapping(string Organization, string Team, ImmutableArray<RoleReference> Roles, ImmutableArray<string> Groups, ImmutableArray<string> Users, ArtefactPlace Place)
{
    public Formula Members { get; } = Formula.Of(new Atom(AtomKind.Group, "github-team", Organization + "/" + Team));
}

/// <summary>A GitHub connector.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mappings">Its mappings, the older kind first.</param>
/// <param name="Endpoint">The GitHub that it asks; empty for github.com.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ConnectorModel(string Name, ImmutableArray<TeamMapping> Mappings, string Endpoint, ArtefactPlace Place)
{
    /// <summary>
    /// What a login gives: exact comparison of organization and slug, all mappings together, each name once (Teleport, <c>GithubConnectorV3.MapClaims</c>).
    /// </summary>
    public (ImmutableArray<string> Roles, ImmutableArray<string> Groups, ImmutableArray<string> Users) MapClaims(IReadOnlyDictionary<string, ImmutableArray<string>> organizationToTeams)
    {
        var matched = Mappings.Where(m => organizationToTeams.TryGetValue(m.Organization, out var teams) && teams.Contains(m.Team, StringComparer.Ordinal)).ToArray();
        return (
            [.. matched.SelectMany(m => m.Roles).Select(r => r.Name).Distinct(StringComparer.Ordinal)],
            [.. matched.SelectMany(m => m.Groups).Distinct(StringComparer.Ordinal)],
            [.. matched.SelectMany(m => m.Users).Distinct(StringComparer.Ordinal)]);
    }
}

/// <summary>A bot.</summary>
internal sealed record BotModel(string Name, ImmutableArray<RoleReference> Roles, ImmutableSortedDictionary<string, ImmutableArray<string>> Traits, ArtefactPlace Place)
{
    public Formula Is { get; } = Formula.Of(new Atom(AtomKind.Machine, "bot", Name));
}
