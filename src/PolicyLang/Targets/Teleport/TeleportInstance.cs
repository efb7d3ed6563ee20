using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>How the files are delivered.</summary>
internal enum TeleportForm
{
    /// <summary>Resources for <c>tctl create -f</c>.</summary>
    Tctl,

    /// <summary>Custom resources for the Kubernetes operator.</summary>
    Operator,
}

/// <summary>A connector's own settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Display">The name on the login button.</param>
/// <param name="ClientId">The OAuth application's id.</param>
/// <param name="ClientSecret">A reference to its secret.</param>
/// <param name="RedirectUrl">The proxy's callback.</param>
/// <param name="EndpointUrl">The address of a GitHub Enterprise Server, or nothing.</param>
/// <param name="ApiEndpointUrl">Its API address; given together with the other.</param>
internal sealed record ConnectorSettings(string Name, string Display, string ClientId, string ClientSecret, string RedirectUrl, string? EndpointUrl, string? ApiEndpointUrl);

/// <summary>A Teleport path with its settings read and checked.</summary>
/// <param name="Path">The path.</param>
/// <param name="Capabilities">What its version, edition and form can do.</param>
/// <param name="OperatorNamespace">The namespace of custom resources.</param>
/// <param name="Connector">The connector.</param>
/// <param name="MaxSessionTtl">The longest session, as Go prints it.</param>
/// <param name="RequiresSessionMfa">Whether people confirm every session.</param>
/// <param name="Logins">The Unix logins for Teleport 4 community.</param>
/// <param name="Folder">The folder of the files, ending in a slash.</param>
internal sealed record TeleportInstance(
    AccessPath Path,
    TeleportCapabilities Capabilities,
    string OperatorNamespace,
    ConnectorSettings Connector,
    string MaxSessionTtl,
    bool RequiresSessionMfa,
    ImmutableArray<string> Logins,
    string Folder)
{
    // Certificates never last longer than this, whatever a role says (Teleport source, defaults.MaxCertDuration).
    private static readonly TimeSpan s_longestSession = TimeSpan.FromHours(30);

    /// <summary>Reads and checks the settings of a path; nothing where an error was reported.</summary>
    public static TeleportInstance? Read(AccessPath path, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var reader = new TeleportSettingReader($"path `{path.Name}`", path.Settings, path.Location, found);
        var capabilities = TeleportCapabilities.Read(reader);
        if (capabilities is null)
        {
            diagnostics.AddRange(found.ToSortedArray());
            return null;
        }

        var instance = new TeleportInstance(
            path,
            capabilities,
            reader.Text(TeleportSettings.OperatorNamespace, TeleportSettings.DefaultOperatorNamespace, TeleportNames.IsDnsLabel, "a namespace"),
            ReadConnector(path, capabilities, found),
            ReadMaxSessionTtl(reader, capabilities),
            path.Settings.GetFlag(TeleportSettings.RequireSessionMfa, false),
            ReadLogins(reader, capabilities),
            ReadFolder(path, reader));
        if (instance.RequiresSessionMfa && !capabilities.HasSessionMfa)
        {
            reader.Report(TeleportDiagnostics.Unsupported, TeleportSettings.RequireSessionMfa, $"{capabilities} has no second factor per session");
        }

        diagnostics.AddRange(found.ToSortedArray());
        return found.HasErrors ? null : instance;
    }

    /// <summary>The connector of one cluster's own Teleport 4.</summary>
    public ConnectorSettings ConnectorOf(Cluster cluster)
    {
        var block = cluster.Paths.GetValueOrDefault(Path.Name)?.FindBlock(TeleportSettings.Connector);
        return block is null
            ? Connector
            : Connector with
            {
                ClientId = block.GetText(TeleportSettings.ClientId, Connector.ClientId),
                ClientSecret = block.GetText(TeleportSettings.ClientSecret, Connector.ClientSecret),
                RedirectUrl = block.GetText(TeleportSettings.RedirectUrl, Connector.RedirectUrl),
            };
    }

    private static ConnectorSettings ReadConnector(AccessPath path, TeleportCapabilities capabilities, DiagnosticBag diagnostics)
    {
        var block = path.Settings.FindBlock(TeleportSettings.Connector) ?? SettingBlock.Empty;
        var reader = new TeleportSettingReader($"the connector of path `{path.Name}`", block, path.Location, diagnostics);
        Func<string, bool> isName = capabilities.Form == TeleportForm.Operator ? TeleportNames.IsDnsSubdomain : text => TeleportNames.IsDelimited(text, "-_.");
        var connector = new ConnectorSettings(
            reader.Text(TeleportSettings.ConnectorName, TeleportSettings.DefaultConnectorName, isName, "a connector name"),
            reader.Text(TeleportSettings.ConnectorDisplay, TeleportSettings.DefaultDisplay, text => text.Length > 0 && !text.Any(char.IsControl), "one line of text"),
            reader.ClientId(TeleportSettings.DefaultClientId),
            reader.ClientSecret(capabilities, capabilities.HasSecretLookup ? TeleportSettings.DefaultOperatorSecret : TeleportSettings.DefaultClientSecret),
            reader.Url(TeleportSettings.RedirectUrl) ?? TeleportSettings.DefaultRedirectUrl,
            reader.Url(TeleportSettings.EndpointUrl),
            reader.Url(TeleportSettings.ApiEndpointUrl));
        if (block.Has(TeleportSettings.EndpointUrl) != block.Has(TeleportSettings.ApiEndpointUrl))
        {
            var given = block.Has(TeleportSettings.EndpointUrl) ? TeleportSettings.EndpointUrl : TeleportSettings.ApiEndpointUrl;
            reader.Report(
                TeleportDiagnostics.MissingSetting,
                given,
                $"the connector of path `{path.Name}` gives `{given}` alone, so that people would log in at one GitHub and their teams would be asked of another",
                $"give `{TeleportSettings.EndpointUrl}` and `{TeleportSettings.ApiEndpointUrl}` together, or neither");
        }
        else if (block.Has(TeleportSettings.EndpointUrl) && !capabilities.HasGitHubEnterpriseServer)
        {
            reader.Report(TeleportDiagnostics.Unsupported, TeleportSettings.EndpointUrl, $"{capabilities} cannot use a GitHub Enterprise Server", "that takes the enterprise edition, version 12 or newer");
        }

        return connector;
    }

    private static string ReadMaxSessionTtl(TeleportSettingReader reader, TeleportCapabilities capabilities)
    {
        if (!capabilities.HasRoles)
        {
            if (reader.Block.Has(TeleportSettings.MaxSessionTtl))
            {
                reader.Report(TeleportDiagnostics.Unsupported, TeleportSettings.MaxSessionTtl, $"{capabilities} has no roles that could bound a session", "remove `max_session_ttl`");
            }

            return GoDuration.Format(s_longestSession);
        }

        var text = reader.Block.GetText(TeleportSettings.MaxSessionTtl, TeleportSettings.DefaultMaxSessionTtl);
        if (!GoDuration.TryParse(text, out var duration))
        {
            reader.Report(TeleportDiagnostics.Setting, TeleportSettings.MaxSessionTtl, $"`{text}` is no duration", "write hours, minutes and seconds, such as `8h`, `1h30m` or `90m`");
        }
        else if (duration < TimeSpan.FromMinutes(1) || duration > s_longestSession)
        {
            reader.Report(TeleportDiagnostics.Setting, TeleportSettings.MaxSessionTtl, $"`{text}` is no length of a session: Teleport takes one minute to 30 hours");
        }

        return GoDuration.Format(duration);
    }

    private static ImmutableArray<string> ReadLogins(TeleportSettingReader reader, TeleportCapabilities capabilities)
    {
        var logins = reader.Block.GetList(TeleportSettings.Logins);
        if (capabilities.HasRoles)
        {
            if (!logins.IsEmpty)
            {
                reader.Report(TeleportDiagnostics.Unsupported, TeleportSettings.Logins, $"{capabilities} maps teams to roles, and policyc gives no Unix logins there", "remove `logins`");
            }

            return [];
        }

        if (logins.IsEmpty)
        {
            reader.Report(TeleportDiagnostics.MissingSetting, TeleportSettings.Logins, $"{reader.What} needs `logins`: {capabilities} gives nobody a session without a Unix login", "give a login that exists on no server, or the one your people use there, such as `logins: [root]`");
        }

        foreach (var login in logins)
        {
            // A `*` or a template would be taken as one by Teleport.
            if (!TeleportNames.IsDelimited(login.Text, "-_."))
            {
                reader.Diagnostics.Report(TeleportDiagnostics.Setting, login.Location, $"`{login.Text}` is no Unix login");
            }
        }

        return [.. logins.Select(l => l.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string ReadFolder(AccessPath path, TeleportSettingReader reader)
    {
        var folder = reader.Text(
            TeleportSettings.Output,
            path.Name,
            text => text.TrimEnd('/').Split('/').All(part => part.Length > 0 && part is not ("." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')),
            "a folder below the output root, with forward slashes");
        return folder.TrimEnd('/') + "/";
    }
}
