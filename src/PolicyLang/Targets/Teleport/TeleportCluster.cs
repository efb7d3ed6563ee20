using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>What a cluster says about a Teleport path.</summary>
internal static class TeleportCluster
{
    /// <summary>Checks the cluster's block.</summary>
    public static void Check(TeleportInstance instance, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        var capabilities = instance.Capabilities;
        if (!capabilities.HasOneClusterEach)
        {
            ReadLabel(instance, cluster, block, diagnostics);
        }

        if (block.FindText(TeleportSettings.ServiceAccount) is { } account && Split(account.Text) is null)
        {
            diagnostics.Report(TeleportDiagnostics.Setting, account.Location, $"`{account.Text}` is no service account", "write it as `namespace/name`");
        }

        if (block.FindBlock(TeleportSettings.Connector) is not { } connector)
        {
            return;
        }

        if (!capabilities.HasOneClusterEach)
        {
            diagnostics.Report(
                TeleportDiagnostics.Unsupported,
                connector.Location ?? cluster.Location,
                $"cluster `{cluster.Name}` has no connector of its own: one {capabilities} serves all clusters",
                $"describe the connector of path `{instance.Path.Name}` in `policyc.yaml`");
            return;
        }

        var reader = new TeleportSettingReader($"the connector of cluster `{cluster.Name}`", connector, cluster.Location, diagnostics);
        reader.ClientId(TeleportSettings.DefaultClientId);
        reader.ClientSecret(capabilities, TeleportSettings.DefaultClientSecret);
        reader.Url(TeleportSettings.RedirectUrl);
    }

    /// <summary>The label of the cluster's agent; nothing where an error was reported.</summary>
    public static AgentLabel? ReadLabel(TeleportInstance instance, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        if (block.FindText(TeleportSettings.Label) is not { } text)
        {
            // A cluster on its way out gets no role, so nothing selects it.
            if (!cluster.IsRetired)
            {
                diagnostics.Report(
                    TeleportDiagnostics.MissingSetting,
                    block.Location ?? cluster.Location,
                    $"cluster `{cluster.Name}` needs a `label` for path `{instance.Path.Name}`: Teleport roles select clusters by label and cannot name them",
                    $"give one that only this cluster's agent carries, such as `label = \"policyc-cluster={cluster.Name}\"`");
            }

            return null;
        }

        if (TeleportNames.ParseLabel(text.Text) is not { } label)
        {
            diagnostics.Report(
                TeleportDiagnostics.Label,
                text.Location,
                $"`{text.Text}` is no literal label, and a pattern could select further clusters",
                "write it as `key=value`, with letters, digits, `-`, `_` and `.`");
            return null;
        }

        if (label.Key.StartsWith("teleport.", StringComparison.Ordinal))
        {
            diagnostics.Report(TeleportDiagnostics.Label, text.Location, $"`{label.Key}` is one of Teleport's own label keys, which it sets by itself", "take a key that serves nothing else, such as `policyc-cluster`");
            return null;
        }

        return label;
    }

    /// <summary>The namespace and name of the service account that impersonates.</summary>
    public static (string Namespace, string Name) ServiceAccount(TeleportInstance instance, SettingBlock block)
    {
        var defaultAccount = instance.Capabilities.HasOneClusterEach ? TeleportSettings.DefaultProxyAccount : TeleportSettings.DefaultAgentAccount;
        return Split(block.GetText(TeleportSettings.ServiceAccount, defaultAccount)) ?? Split(defaultAccount) ?? ("", "");
    }

    private static (string Namespace, string Name)? Split(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TeleportNames.IsDnsLabel(text[..slash]) && TeleportNames.IsDnsSubdomain(text[(slash + 1)..]) ? (text[..slash], text[(slash + 1)..]) : null;
    }
}
