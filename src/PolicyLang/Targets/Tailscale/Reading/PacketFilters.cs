using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>A rule of a device's packet filter: from these sources, either packets or capabilities.</summary>
/// <param name="Sources">Addresses, without repetitions, sorted by text.</param>
/// <param name="Packets">Where packets may go; with repetitions, as the control plane sends them.</param>
/// <param name="Protocol">The protocol of the packets; absent for TCP, UDP and ICMP.</param>
/// <param name="CapabilityTargets">The addresses at which the capability is held.</param>
/// <param name="Capabilities">Capabilities with their values; no values at all where the control plane sends none.</param>
internal sealed record FilterRule(
    ImmutableArray<AddressRange> Sources,
    ImmutableArray<(AddressRange Address, PortRange Ports)> Packets,
    int? Protocol,
    ImmutableArray<AddressRange> CapabilityTargets,
    ImmutableArray<(string Name, PolicyNode[] Values)> Capabilities)
{
    public bool Matches(TailnetNode source) => Sources.Any(source.IsReachedBy);

    public bool IsFrom(AddressRange address) => Sources.Any(s => s.Contains(address));
}

/// <summary>Compiles a policy file for a set of devices, as the control plane does (tests/Oracle/tailscale/grants.json and acls.json).</summary>
internal sealed class PacketFilters(TailnetFile file, Selectors selectors, TailnetTopology topology)
{
    private static readonly AddressRange AllV4 = new("*", false, 0, uint.MaxValue);
    private static readonly AddressRange AllV6 = new("*", true, 0, UInt128.MaxValue);
    private static readonly (string Name, string Companion)[] Companions = [("tailscale.com/cap/drive", "tailscale.com/cap/drive-sharer"), ("tailscale.com/cap/relay", "tailscale.com/cap/relay-target")];

    /// <summary>The rules that a device gets.</summary>
    public ImmutableArray<FilterRule> For(TailnetNode node)
    {
        var rules = new List<FilterRule>();
        if (!file.HasRules)
        {
            rules.Add(Packets(SourcesOf(selectors["*"]), [(AllV4, PortRange.All)], null));
        }

        foreach (var rule in file.Rules)
        {
            Add(rule, node, rules);
        }

        return [.. rules.Where(rule => !rule.Packets.IsEmpty || !rule.Capabilities.IsEmpty)];
    }

    /// <summary>The capabilities that a device holds at another.</summary>
    public static IEnumerable<(string Name, PolicyNode[] Values)> Held(IEnumerable<FilterRule> rulesOfDestination, TailnetNode source)
        => rulesOfDestination.Where(rule => source.Addresses.Any(rule.IsFrom)).SelectMany(rule => rule.Capabilities);

    private void Add(AccessRule rule, TailnetNode node, List<FilterRule> rules)
    {
        var sources = Distinct(rule.Sources.SelectMany(src => SourcesOf(selectors[src.Text])));
        if (rule.Sources.IsEmpty)
        {
            return;
        }

        var destinations = rule.Destinations.Select(dst => (Selector: selectors[dst.Selector], dst.Ports)).ToArray();
        var others = destinations.Where(dst => dst.Selector.Kind != SelectorKind.Self).ToArray();
        AddPackets(rule, sources, others.SelectMany(dst => PacketTargets(rule, dst.Selector, node).Select(t => (t, dst.Ports))), rules);
        AddCapabilities(rule, sources, others.Select(dst => dst.Selector), node, rules);
        if (others.Length < destinations.Length && node.User is not null && rule.Sources.Any(src => node.IsSelectedBy(selectors[src.Text], file)))
        {
            var own = Distinct(topology.Nodes.Where(n => string.Equals(n.User, node.User, StringComparison.Ordinal)).SelectMany(n => n.Addresses));
            var self = destinations.Where(dst => dst.Selector.Kind == SelectorKind.Self);
            AddPackets(rule, own, self.SelectMany(dst => node.Addresses.Select(t => (t, dst.Ports))), rules);
            foreach (var capability in rule.Capabilities)
            {
                rules.Add(Capability(own, node, capability.Name, capability.Values));
                if (CompanionOf(capability.Name) is { } companion)
                {
                    rules.Add(Capability(own, node, companion, []));
                }
            }
        }
    }

    private static void AddPackets(AccessRule rule, ImmutableArray<AddressRange> sources, IEnumerable<(AddressRange Address, ImmutableArray<PortRange> Ports)> targets, List<FilterRule> rules)
    {
        var reached = targets.ToArray();
        if (sources.IsEmpty || (reached.Length == 0 && !rule.Via.IsEmpty))
        {
            return;
        }

        foreach (var byProtocol in rule.Network.GroupBy(entry => entry.Protocol))
        {
            var packets = reached.SelectMany(t => byProtocol.SelectMany(entry => rule.IsGrant ? entry.Ports : t.Ports).Select(ports => (t.Address, ports))).ToImmutableArray();

            // Rules with the same sources and protocol become one, where the first of them stands, whether or not that one reaches this device.
            var index = rules.FindIndex(other => other.Capabilities.IsEmpty && other.Protocol == byProtocol.Key && other.Sources.SequenceEqual(sources));
            if (index >= 0)
            {
                rules[index] = rules[index] with { Packets = rules[index].Packets.AddRange(packets) };
            }
            else
            {
                rules.Add(Packets(sources, packets, byProtocol.Key));
            }
        }
    }

    private void AddCapabilities(AccessRule rule, ImmutableArray<AddressRange> sources, IEnumerable<Selector> destinations, TailnetNode node, List<FilterRule> rules)
    {
        var targets = destinations.ToArray();
        var isTarget = targets.Any(dst => node.IsSelectedBy(dst, file) || (dst is { Kind: SelectorKind.Address, Range: { IsSingle: true } range } && node.Addresses.Any(range.Contains)));
        var isSource = rule.Sources.Any(src => node.IsSelectedBy(selectors[src.Text], file) || (selectors[src.Text].Range is { } range && node.Addresses.Any(range.Contains)));
        foreach (var capability in rule.Capabilities)
        {
            if (isTarget)
            {
                rules.Add(Capability(sources, node, capability.Name, capability.Values));
            }

            // The one who shares needs to know who may come.
            if (isSource && CompanionOf(capability.Name) is { } companion && Distinct(targets.SelectMany(SourcesOf)) is { IsEmpty: false } sharers)
            {
                rules.Add(Capability(sharers, node, companion, []));
            }
        }
    }

    private static string? CompanionOf(string capability)
    {
        foreach (var (name, companion) in Companions)
        {
            if (string.Equals(name, capability, StringComparison.Ordinal))
            {
                return companion;
            }
        }

        return null;
    }

    private ImmutableArray<AddressRange> PacketTargets(AccessRule rule, Selector selector, TailnetNode node)
    {
        if (!rule.Via.IsEmpty)
        {
            return selector.Range is { } routed && rule.Via.Any(via => node.Tags.Contains(via.Text, StringComparer.Ordinal)) && node.Routes.Any(routed.Overlaps) ? [routed] : [];
        }

        return selector switch
        {
            { Kind: SelectorKind.Any } => [AllV4],
            { Range: { } range } => node.IsReachedBy(range) ? [range] : [],
            _ => node.IsSelectedBy(selector, file) ? node.Addresses : [],
        };
    }

    /// <summary>The addresses that a selector stands for as a source.</summary>
    public IEnumerable<AddressRange> SourcesOf(Selector selector) => selector switch
    {
        { Kind: SelectorKind.Any } => AddressRange.Tailnet.Concat(topology.Nodes.SelectMany(n => n.Routes)),
        { Kind: SelectorKind.DangerAll } => [AllV4, AllV6],
        { Range: { } range } => [range],
        _ => topology.Nodes.Where(n => n.IsSelectedBy(selector, file)).SelectMany(n => n.Addresses),
    };

    private static ImmutableArray<AddressRange> Distinct(IEnumerable<AddressRange> ranges)
        => [.. ranges.DistinctBy(r => (r.Text, r.IsV6)).OrderBy(r => r.Text, StringComparer.Ordinal)];

    private static FilterRule Packets(IEnumerable<AddressRange> sources, ImmutableArray<(AddressRange Address, PortRange Ports)> packets, int? protocol)
        => new(Distinct(sources), packets, protocol, [], []);

    private static FilterRule Capability(ImmutableArray<AddressRange> sources, TailnetNode node, string name, PolicyNode[] values)
        => new(sources, [], null, node.Addresses, [(name, values)]);
}
