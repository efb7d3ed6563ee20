using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>What a cluster says about a Cloudflare path, checked: where its API server is.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Addresses">The addresses of the API server in source order, each once.</param>
/// <param name="Port">The port of the API server.</param>
/// <param name="VirtualNetwork">The virtual network of the addresses, a UUID with dashes; nothing for every one.</param>
/// <param name="List">The list that stands for the addresses in allow rules; nothing when they stand there themselves.</param>
/// <param name="Tunnel">The tunnel that routes are written for: a UUID or a Terraform reference; nothing for no routes.</param>
/// <param name="Slot">What is mixed into the precedences of the cluster's rules.</param>
/// <param name="Location">Where the cluster says so.</param>
internal sealed record ClusterGate(
    Cluster Cluster,
    ImmutableArray<HostAddress> Addresses,
    int Port,
    string? VirtualNetwork,
    GatewayList? List,
    string? Tunnel,
    int Slot,
    SourceLocation Location)
{
    private const int DefaultPort = 6443;

    /// <summary>Reads what a cluster says; whatever is wrong is reported. The result is of use only where nothing was.</summary>
    public static ClusterGate Read(CloudflarePathSettings path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        var addresses = ReadAddresses(cluster, block, diagnostics);
        return new ClusterGate(
            cluster,
            addresses,
            (int)block.GetInteger("port", DefaultPort),
            ReadVirtualNetwork(cluster, block, diagnostics),
            ReadList(path, cluster, block, addresses, diagnostics),
            ReadTunnel(path, cluster, block, diagnostics),
            (int)block.GetInteger("slot", 0),
            block.Location ?? cluster.Location);
    }

    private static ImmutableArray<HostAddress> ReadAddresses(Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        var addresses = ImmutableArray.CreateBuilder<HostAddress>();
        var written = block.GetList("addresses");
        foreach (var text in written)
        {
            if (!HostAddress.TryParse(text.Text, out var address, out var reason))
            {
                diagnostics.Report(
                    CloudflareDiagnostics.InvalidAddress,
                    text.Location,
                    $"`{text.Text}` in cluster `{cluster.Name}` {reason}",
                    "list the addresses of the API server one by one, such as `198.51.100.101` and `2001:db8::101`");
            }
            else if (addresses.Contains(address))
            {
                diagnostics.Report(CloudflareDiagnostics.SharedAddress, text.Location, $"cluster `{cluster.Name}` gives the address `{address.Text}` twice", "leave one of them out");
            }
            else
            {
                addresses.Add(address);
            }
        }

        // A block without the setting was reported when it was read.
        if (written.IsEmpty && block.Has("addresses"))
        {
            diagnostics.Report(CloudflareDiagnostics.InvalidAddress, block.LocationOf("addresses"), $"cluster `{cluster.Name}` gives no address, so nothing could be blocked", "list the addresses of the API server");
        }

        return addresses.ToImmutable();
    }

    private static string? ReadVirtualNetwork(Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        if (block.FindText("vnet") is not { } vnet)
        {
            return null;
        }

        if (CloudflareId.TryParseUuid(vnet.Text, out var uuid))
        {
            return uuid;
        }

        diagnostics.Report(CloudflareDiagnostics.InvalidVirtualNetwork, vnet.Location, $"`vnet` of cluster `{cluster.Name}` is no identifier of a virtual network: `{vnet.Text}`", "write its UUID; names are not unique");
        return null;
    }

    private static GatewayList? ReadList(CloudflarePathSettings path, Cluster cluster, SettingBlock block, ImmutableArray<HostAddress> addresses, DiagnosticBag diagnostics)
    {
        var id = block.FindText("list_id");
        if (!block.GetFlag("list", false))
        {
            if (id is not null)
            {
                diagnostics.Report(CloudflareDiagnostics.InvalidList, id.Location, $"cluster `{cluster.Name}` gives `list_id` but asks for no list", "write `list = true` beside it, or leave it out");
            }

            return null;
        }

        var uuid = "";
        if (id is not null && !CloudflareId.TryParseUuid(id.Text, out uuid))
        {
            diagnostics.Report(CloudflareDiagnostics.InvalidList, id.Location, $"`list_id` of cluster `{cluster.Name}` is no identifier of a list: `{id.Text}`", "write its UUID; rules refer to lists by identifier alone");
        }
        else if (id is null && path.WritesApi)
        {
            diagnostics.Report(
                CloudflareDiagnostics.InvalidList,
                block.LocationOf("list"),
                $"rules for the API need the identifier of the list of cluster `{cluster.Name}`, which is unknown before the list exists",
                $"create the list and give its `list_id`, leave `list` out, or write `forms = terraform` on path `{path.Path.Name}`");
        }
        else if (id is not null && path.WritesTerraform)
        {
            diagnostics.Report(
                CloudflareDiagnostics.InvalidList,
                id.Location,
                $"Terraform would create a second list beside `list_id` of cluster `{cluster.Name}`",
                $"write `forms = api` or `forms = terraform` on path `{path.Path.Name}`; Terraform needs no `list_id`");
        }

        return new GatewayList(
            GatewayNames.List(cluster),
            TerraformText.Label(cluster.Name),
            uuid.Length > 0 ? uuid : null,
            $"the API server of {cluster.Name}",
            addresses);
    }

    private static string? ReadTunnel(CloudflarePathSettings path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        if (block.FindText("tunnel") is not { } tunnel)
        {
            return null;
        }

        if (!path.WritesTerraform)
        {
            diagnostics.Report(
                CloudflareDiagnostics.InvalidTunnel,
                tunnel.Location,
                $"cluster `{cluster.Name}` gives a tunnel, but routes are written for Terraform alone and path `{path.Path.Name}` writes none",
                "leave `tunnel` out, or add `terraform` to the path's `forms`");
            return null;
        }

        if (CloudflareId.TryParseUuid(tunnel.Text, out var uuid))
        {
            return uuid;
        }

        if (TerraformText.IsReference(tunnel.Text))
        {
            return tunnel.Text;
        }

        diagnostics.Report(
            CloudflareDiagnostics.InvalidTunnel,
            tunnel.Location,
            $"`tunnel` of cluster `{cluster.Name}` is neither an identifier nor a reference: `{tunnel.Text}`",
            "write the tunnel's UUID, or a reference such as `${cloudflare_zero_trust_tunnel_cloudflared.k8s.id}`");
        return null;
    }
}
