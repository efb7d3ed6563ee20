using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>One API server proxy of a cluster, as the cluster's block describes it.</summary>
/// <param name="Name">The name among the cluster's proxies.</param>
/// <param name="Tag">The tag that only this proxy carries.</param>
/// <param name="TagLocation">Where the tag stands.</param>
/// <param name="Ports">The ports that are opened with the identity, as the policy file writes them, in numeric order.</param>
/// <param name="TestPort">The port that reachability tests try.</param>
/// <param name="Recorder">The tag of the recorder, or nothing.</param>
/// <param name="EnforcesRecorder">Whether a session that cannot be recorded is refused.</param>
/// <param name="RecordsEvents">Whether every API request is recorded too.</param>
/// <param name="IsProxyGroup">Whether the proxy is a ProxyGroup of the operator and not the operator itself.</param>
/// <param name="TagOwners">Who may apply the tag.</param>
/// <param name="Namespace">The namespace of the proxy's service account.</param>
/// <param name="ServiceAccount">The name of the proxy's service account.</param>
internal sealed record TailscaleEndpoint(
    string Name,
    string Tag,
    SourceLocation? TagLocation,
    ImmutableArray<string> Ports,
    string TestPort,
    SettingText? Recorder,
    bool EnforcesRecorder,
    bool RecordsEvents,
    bool IsProxyGroup,
    ImmutableArray<SettingText> TagOwners,
    string Namespace,
    string ServiceAccount)
{
    private static readonly SearchValues<char> DnsCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether two proxies take the same grant: same ports, same recording.</summary>
    internal bool TakesGrantOf(TailscaleEndpoint other)
        => Ports.SequenceEqual(other.Ports, StringComparer.Ordinal)
            && string.Equals(Recorder?.Text, other.Recorder?.Text, StringComparison.Ordinal)
            && EnforcesRecorder == other.EnforcesRecorder
            && RecordsEvents == other.RecordsEvents;

    /// <summary>Reads the proxies of a cluster: its own block if it has a tag, and each <c>endpoint</c> block, by name.</summary>
    internal static ImmutableArray<TailscaleEndpoint> ReadAll(AccessPath path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        var endpoints = ImmutableArray.CreateBuilder<TailscaleEndpoint>();
        var blocks = block.GetBlocks("endpoint");
        if (block.FindText("tag") is not null)
        {
            endpoints.Add(Read(path.Name, block, block, $"path `{path.Name}` of cluster `{cluster.Name}`", diagnostics));
        }
        else if (blocks.IsEmpty)
        {
            diagnostics.Report(
                TailscaleDiagnostics.MissingTag,
                block.Location ?? cluster.Location,
                $"path `{path.Name}` of cluster `{cluster.Name}` does not say which tag the API server proxy carries",
                "add `tag = \"tag:…\"`, a tag that no other device carries");
        }

        var names = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var (key, inner) in blocks)
        {
            var name = inner.FindText("name");
            if (name is null || !TailscaleNames.IsName(name.Text))
            {
                diagnostics.Report(
                    TailscaleDiagnostics.InvalidEndpoint,
                    name?.Location ?? key.Location,
                    name is null ? $"an endpoint of cluster `{cluster.Name}` on path `{path.Name}` has no name" : $"an endpoint cannot be named `{name.Text}`",
                    "a name begins with a small letter and holds small letters, digits and dashes");
                continue;
            }

            if (!names.TryAdd(name.Text, name.Location))
            {
                diagnostics.Report(
                    TailscaleDiagnostics.InvalidEndpoint,
                    name.Location,
                    $"cluster `{cluster.Name}` has two endpoints `{name.Text}` on path `{path.Name}`",
                    null,
                    new RelatedLocation(names[name.Text], "first given here"));
                continue;
            }

            endpoints.Add(Read($"{path.Name}.{name.Text}", inner, block, $"endpoint `{name.Text}` of cluster `{cluster.Name}` on path `{path.Name}`", diagnostics));
        }

        return [.. endpoints.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)];
    }

    // What is said of recording and owners on the cluster's block holds for its endpoints too, so that no further proxy goes unrecorded by accident.
    private static TailscaleEndpoint Read(string name, SettingBlock block, SettingBlock outer, string what, DiagnosticBag diagnostics)
    {
        var tag = block.FindText("tag");
        CheckTag(tag, "the tag", what, block, diagnostics);
        var recorder = block.FindText("recorder") ?? outer.FindText("recorder");
        if (recorder is not null && !TailscaleNames.IsTag(recorder.Text))
        {
            CheckTag(recorder, "the recorder", what, block, diagnostics);
        }

        var enforces = block.GetFlag("enforce_recorder", outer.GetFlag("enforce_recorder", false));
        var events = block.GetFlag("enable_events", outer.GetFlag("enable_events", false));
        if (recorder is null && (enforces || events))
        {
            var setting = enforces ? "enforce_recorder" : "enable_events";
            diagnostics.Report(
                TailscaleDiagnostics.RecordingWithoutRecorder,
                block.Has(setting) ? block.LocationOf(setting) : outer.LocationOf(setting),
                $"{what} has `{setting}` and names no recorder, {(enforces ? "so the proxy would refuse every request" : "so nothing would be recorded")}",
                "add `recorder = \"tag:…\"`, the tag of the recorder");
        }

        var isGroup = string.Equals(block.GetText("proxy", "operator"), "group", StringComparison.Ordinal);
        var ports = ReadPorts(block, isGroup, what, diagnostics);
        var owners = block.Has("tag_owners") ? block.GetList("tag_owners") : outer.GetList("tag_owners");
        CheckOwners(owners, diagnostics);
        var account = block.FindText("service_account");
        var parts = (account?.Text ?? (isGroup ? "tailscale/kube-apiserver-auth-proxy" : "tailscale/operator")).Split('/');
        if (parts.Length != 2 || !IsDnsLabel(parts[0]) || parts[1].Length > 253 || !parts[1].Split('.').All(IsDnsLabel))
        {
            diagnostics.Report(
                TailscaleDiagnostics.InvalidServiceAccount,
                account?.Location,
                $"`{account?.Text}` is no service account",
                "write its namespace and its name: `tailscale/operator`");
            parts = ["", ""];
        }

        var testPort = ports.Contains(443) || ports.IsEmpty ? 443 : ports[0];
        return new TailscaleEndpoint(
            name,
            tag?.Text ?? "",
            tag?.Location,
            [.. ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"tcp:{port}"))],
            testPort.ToString(CultureInfo.InvariantCulture),
            recorder,
            enforces,
            events,
            isGroup,
            owners,
            parts[0],
            parts[1]);
    }

    internal static void CheckOwners(ImmutableArray<SettingText> owners, DiagnosticBag diagnostics)
    {
        foreach (var owner in owners)
        {
            var text = owner.Text;
            var isKnown = text.StartsWith("autogroup:", StringComparison.Ordinal) ? TailscaleNames.OwnerAutogroups.Contains(text, StringComparer.Ordinal)
                : text.StartsWith("tag:", StringComparison.Ordinal) ? TailscaleNames.IsTag(text)
                : TailscaleNames.IsSyncedGroup(text)
                    || (text.StartsWith("group:", StringComparison.Ordinal) && TailscaleNames.IsName(text["group:".Length..]))
                    || (!text.StartsWith("group:", StringComparison.Ordinal) && TailscaleNames.Login(text) is not null);
            if (!isKnown)
            {
                diagnostics.Report(
                    TailscaleDiagnostics.InvalidTagOwner,
                    owner.Location,
                    text is "autogroup:member" or "autogroup:members" or "*"
                        ? $"`{text}` cannot own a tag: everyone could then become what carries it"
                        : $"`{text}` cannot own a tag",
                    $"an owner is a tag, a person's login, a group, {string.Join(", ", TailscaleNames.OwnerAutogroups.Select(g => $"`{g}`"))}");
            }
        }
    }

    private static void CheckTag(SettingText? tag, string which, string what, SettingBlock block, DiagnosticBag diagnostics)
    {
        if (tag is null)
        {
            diagnostics.Report(TailscaleDiagnostics.MissingTag, block.Location, $"{what} does not say which tag the API server proxy carries", "add `tag = \"tag:…\"`, a tag that no other device carries");
        }
        else if (!TailscaleNames.IsTag(tag.Text))
        {
            diagnostics.Report(
                TailscaleDiagnostics.InvalidTag,
                tag.Location,
                $"{which} of {what} cannot be `{tag.Text}`",
                "a tag is `tag:` and a letter, followed by letters, digits and dashes");
        }
    }

    private static ImmutableArray<int> ReadPorts(SettingBlock block, bool isGroup, string what, DiagnosticBag diagnostics)
    {
        if (!block.Has("ip"))
        {
            return isGroup ? [80, 443] : [443];
        }

        var ports = new SortedSet<int>();
        foreach (var item in block.GetList("ip"))
        {
            var text = item.Text;
            if (text.StartsWith("tcp:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port is > 0 and <= 65535
                && text[4] != '0')
            {
                ports.Add(port);
                continue;
            }

            diagnostics.Report(
                TailscaleDiagnostics.InvalidPort,
                item.Location,
                $"`{text}` in `ip` of {what} is no single TCP port",
                "write `tcp:443`; a bare number or `*` would open UDP and ICMP as well");
        }

        if (ports.Count == 0 && block.GetList("ip").IsEmpty)
        {
            diagnostics.Report(TailscaleDiagnostics.InvalidPort, block.LocationOf("ip"), $"`ip` of {what} opens no port, so nobody could reach the proxy", "leave it out for `tcp:443`");
        }

        return [.. ports];
    }

    private static bool IsDnsLabel(string text)
        => text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && !text.AsSpan().ContainsAnyExcept(DnsCharacters);
}
