namespace PolicyLang.Targets.Teleport;

/// <summary>
/// What a Teleport of some version and edition can say, and in which form. The facts are from Teleport's changelog, source and
/// documentation; the number behind each is the first release that has it.
/// </summary>
/// <param name="Server">The version of the servers.</param>
/// <param name="OldestAgent">The version of the oldest agent.</param>
/// <param name="IsEnterprise">Whether it is the enterprise edition.</param>
/// <param name="Form">How the files are delivered.</param>
internal sealed record TeleportCapabilities(TeleportVersion Server, TeleportVersion OldestAgent, bool IsEnterprise, TeleportForm Form)
{
    private const int OldestKnown = 4;
    private const int NewestKnown = 19;

    /// <summary>Before 5.0 a Teleport served one Kubernetes cluster, so each cluster has files of its own.</summary>
    public bool HasOneClusterEach => Server.Major < 5;

    /// <summary>Roles came to the community edition with 6.0; before, everybody held the built-in role <c>admin</c>.</summary>
    public bool HasRoles => IsEnterprise || Server.Major >= 6;

    /// <summary><c>teams_to_roles</c> came with 10.0; before, <c>teams_to_logins</c> held role names where there were roles.</summary>
    public bool HasTeamsToRoles => Server.Major >= 10;

    /// <summary>Whether roles can fix the Kubernetes user name: some release of 4 began with it, so 5.0 surely can.</summary>
    public bool HasKubernetesUsers => Server.Major >= 5;

    /// <summary>Application labels came with 5.0 and database labels with 6.0.</summary>
    public bool HasDatabaseLabels => Server.Major >= 6;

    /// <summary>Roles filter Kubernetes resources since 12.0.</summary>
    public bool HasKubernetesResources => Server.Major >= 12;

    /// <summary>Second factor per session, for Kubernetes too: 6.1; the first major that surely has it.</summary>
    public bool HasSessionMfa => Server.Major >= 7;

    /// <summary>GitHub Enterprise Server is for the enterprise edition.</summary>
    public bool HasGitHubEnterpriseServer => IsEnterprise && Server.Major >= 12;

    /// <summary>
    /// Roles can demand a trusted device since 12.0, enterprise edition. Proxies and agents enforce it, so the oldest counts. The
    /// operator's schema surely holds the option since 15, and Kubernetes prunes unknown fields silently.
    /// </summary>
    public bool HasDeviceTrust => IsEnterprise && Oldest.Major >= 12 && (Form == TeleportForm.Tctl || Server.Major >= 15);

    /// <summary>Bots became resources with 15.0; the operator manages them since 17.4.3.</summary>
    public bool HasBots => Form == TeleportForm.Tctl ? Server.Major >= 15 : Server.MayBeAtLeast(17, 4, 3);

    /// <summary>The operator looks up a connector's secret; 17.0 surely does.</summary>
    public bool HasSecretLookup => Form == TeleportForm.Operator && Server.Major >= 17;

    /// <summary>
    /// Before the fix in 8.1.3 the groups of all of a user's roles counted in every cluster, whatever the roles' labels (Teleport
    /// changelog 8.1.3; pull request 9759). Proxies and agents both need it. Which releases of 6.2 and 7 have it is not documented.
    /// </summary>
    public bool HeedsLabelsForGroups => Server.IsSurelyAtLeast(8, 1, 3) && OldestAgent.IsSurelyAtLeast(8, 1, 3);

    /// <summary>
    /// The newest role version that every server and agent understands: v4 with 7.0, v5 with 9 (8.3 in part), v6 with 12, v7 with 14,
    /// v8 with 18. The operator before 15 wrote v5 whatever it was told; its resource for v8 came with 18.1.
    /// </summary>
    public int RoleVersion
    {
        get
        {
            var version = Oldest.Major switch
            {
                < 7 => 3,
                < 9 => 4,
                < 12 => 5,
                < 14 => 6,
                < 18 => 7,
                _ => 8,
            };
            return Form == TeleportForm.Tctl ? version
                : Server.Major < 15 ? Math.Min(version, 5)
                : version == 8 && !Server.MayBeAtLeast(18, 1) ? 7
                : version;
        }
    }

    private TeleportVersion Oldest => OldestAgent.Major < Server.Major ? OldestAgent : Server;

    /// <summary>Reads version, edition and form; nothing where an error was reported.</summary>
    public static TeleportCapabilities? Read(TeleportSettingReader reader)
    {
        var server = ReadVersion(reader, TeleportSettings.Version, TeleportSettings.DefaultVersion);
        var agent = reader.Block.Has(TeleportSettings.OldestAgent) ? ReadVersion(reader, TeleportSettings.OldestAgent, "") : server;
        if (server is not { } serverVersion || agent is not { } agentVersion)
        {
            return null;
        }

        if (agentVersion.IsSurelyNewerThan(serverVersion))
        {
            reader.Report(TeleportDiagnostics.AgentVersion, TeleportSettings.OldestAgent, $"the oldest agent has version {agentVersion}, which is newer than the servers' {serverVersion}", "Teleport serves agents of its own version and older ones; `oldest_agent` is the oldest of them");
            return null;
        }

        var capabilities = new TeleportCapabilities(
            serverVersion,
            agentVersion,
            reader.Block.GetText(TeleportSettings.Edition, TeleportSettings.Enterprise) == TeleportSettings.Enterprise,
            reader.Block.GetText(TeleportSettings.Form, TeleportSettings.Tctl) == TeleportSettings.Operator ? TeleportForm.Operator : TeleportForm.Tctl);
        return capabilities.Refuses(reader) ? null : capabilities;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Teleport {Server} {(IsEnterprise ? "enterprise" : "community")}";

    private static TeleportVersion? ReadVersion(TeleportSettingReader reader, string setting, string defaultText)
    {
        var text = reader.Block.GetText(setting, defaultText);
        if (!TeleportVersion.TryParse(text, out var version))
        {
            reader.Report(TeleportDiagnostics.Version, setting, $"`{text}` is no Teleport version", "write it as `18`, `18.2` or `18.2.1`");
            return null;
        }

        if (version.Major is < OldestKnown or > NewestKnown)
        {
            reader.Report(TeleportDiagnostics.Version, setting, $"Teleport {version} is unknown to this policyc, so what its roles mean is too", $"policyc knows Teleport {OldestKnown} to {NewestKnown}");
            return null;
        }

        return version;
    }

    private bool Refuses(TeleportSettingReader reader)
    {
        if (Server.Major == 5 && !IsEnterprise)
        {
            reader.Report(
                TeleportDiagnostics.Unsupported,
                TeleportSettings.Edition,
                $"{this} gives everybody the role `admin` and every team's Kubernetes groups on every cluster",
                "update Teleport to 6 or newer, where the community edition has roles");
            return true;
        }

        if (OldestAgent.Major < 5 && Server.Major >= 5)
        {
            reader.Report(TeleportDiagnostics.AgentVersion, TeleportSettings.OldestAgent, $"Teleport {OldestAgent} has no agents that heed the labels of roles");
            return true;
        }

        if (Form == TeleportForm.Operator && (Server.Major < 12 || RoleVersion < 5))
        {
            reader.Report(
                TeleportDiagnostics.Form,
                TeleportSettings.Form,
                Server.Major < 12 ? $"{this} has no operator that manages roles and GitHub connectors" : $"the operator writes no roles for agents of version {OldestAgent}",
                "use `form: tctl`");
            return true;
        }

        return false;
    }
}
