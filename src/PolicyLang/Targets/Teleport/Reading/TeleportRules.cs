using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Which Teleport reads the artefacts: its version and edition decide what they mean.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
/// <param name="IsEnterprise">Whether it is the enterprise edition.</param>
public sealed record TeleportServer(int Major, int Minor, bool IsEnterprise);

/// <summary>What a server of some version does, from Teleport's changelog and source; the number behind each is the first release that has it.</summary>
internal sealed record TeleportRules(TeleportServer Server)
{
    private const int OldestKnown = 4;
    private const int NewestKnown = 19;

    public bool IsKnown => Server.Major is >= OldestKnown and <= NewestKnown;

    /// <summary>Before 5.0 a Teleport served one cluster, and roles had no labels for it.</summary>
    public bool HasOneCluster => Server.Major < 5;

    /// <summary>Roles came to the community edition with 6.0; before, everybody held the built-in role <c>admin</c>, which opens everything.</summary>
    public bool HasRoles => Server.IsEnterprise || Server.Major >= 6;

    /// <summary>Before 6.0 the enterprise edition gave nobody the Kubernetes groups that stand in a connector (<c>enterpriseModules.TraitsFromLogins</c>).</summary>
    public bool ConnectorGivesTraits => Server.Major >= 6 || !Server.IsEnterprise;

    /// <summary>Since 6.0 the trait <c>logins</c> is the GitHub login.</summary>
    public bool LoginTraitIsOwnName => Server.Major >= 6;

    public bool HasTeamsToRoles => Server.Major >= 10;

    /// <summary>Some release of 4 began to take Kubernetes users.</summary>
    public bool HasKubernetesUsers => Server.Major >= 5;

    public bool HasKubernetesResources => Server.Major >= 12;

    public bool HasSessionMfa => Server.Major >= 6;

    public bool HasDeviceTrust => Server.Major >= 12;

    public bool HasBots => Server.Major >= 15;

    public bool HasApplications => Server.Major >= 5;

    public bool HasDatabases => Server.Major >= 6;

    /// <summary>
    /// Whether groups come only from roles whose labels match. The fix (pull request 9759) is in 8.1.3 and in patch releases of 7 and 6.2 that are not documented.
    /// </summary>
    public Truth GroupsHeedLabels { get; init; } = (Server.Major, Server.Minor) switch
    {
        ( >= 9, _) or (8, >= 2) => Truth.True,
        (8, 1) or (7, >= 3) or (6, >= 2) => Truth.Unknown,
        _ => Truth.False,
    };

    /// <summary>The newest role version that the server takes.</summary>
    public int NewestRole { get; init; } = (Server.Major, Server.Minor) switch
    {
        ( < 7, _) => 3,
        ( < 8, _) or (8, < 3) => 4,
        ( < 12, _) => 5,
        ( < 14, _) => 6,
        ( < 18, _) => 7,
        _ => 8,
    };
}
