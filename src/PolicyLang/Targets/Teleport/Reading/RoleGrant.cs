using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Names that a role gives to those of its holders of whom something more holds.</summary>
internal readonly record struct TraitNames(Formula Who, ImmutableArray<string> Names);

/// <summary>A role in the hands of somebody, with all its texts filled in.</summary>
internal sealed record RoleGrant(RoleModel Role)
{
    public LabelSelector Labels { get; init; } = Role.Allow.Labels;

    public LabelSelector DenyLabels { get; init; } = Role.Deny.Labels;

    /// <summary>Who has what the role gives.</summary>
    public required Formula Who { get; init; }

    /// <summary>Whom the role limits. Undecided for those who can lay it down: a bot takes certificates for some of its roles, a person logs in through another connector.</summary>
    public required Formula Limits { get; init; }

    /// <summary>The people among them.</summary>
    public required Formula LimitedPeople { get; init; }

    public ImmutableArray<string> Groups { get; init; } = [];

    public ImmutableArray<TraitNames> TraitGroups { get; init; } = [];

    public ImmutableArray<string> Users { get; init; } = [];

    public ImmutableArray<TraitNames> TraitUsers { get; init; } = [];

    /// <summary>Whether one of the users is the holder's own name.</summary>
    public bool GivesOwnName { get; init; }

    /// <summary>Whether it gives groups or users that are not known.</summary>
    public bool GivesUnknownNames { get; init; }

    public ImmutableArray<string> DeniedGroups { get; init; } = [];

    public ImmutableArray<string> DeniedUsers { get; init; } = [];

    /// <summary>Where holders are given the role.</summary>
    public ImmutableArray<ArtefactPlace> Places { get; init; } = [];

    public bool GivesUsers => !Users.IsEmpty || !TraitUsers.IsEmpty || GivesOwnName;
}
