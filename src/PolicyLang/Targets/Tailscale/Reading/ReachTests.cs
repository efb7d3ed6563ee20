using System.Globalization;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The tests that a policy file brings along (tests/Oracle/tailscale/policytests.json): network reach of devices. One that fails makes the control plane refuse the file.</summary>
internal sealed class ReachTests
{
    private readonly TailnetFile _file;
    private readonly Selectors _selectors;
    private readonly TailnetTopology? _topology;
    private readonly PacketFilters? _filters;

    private ReachTests(TailnetFile file, Selectors selectors, TailnetTopology? topology)
    {
        _file = file;
        _selectors = selectors;
        _topology = topology;
        _filters = topology is null ? null : new PacketFilters(file, selectors, topology);
    }

    /// <summary>Whether all tests pass; without devices, whether none fails by its shape alone.</summary>
    public static bool Pass(TailnetFile file, Selectors selectors, TailnetTopology? topology, out int failed)
    {
        var tests = new ReachTests(file, selectors, topology);
        foreach (var test in file.Tests)
        {
            failed = test.Offset;
            if (test.Source is not { } source || (test.Accept.IsEmpty && test.Deny.IsEmpty))
            {
                return false;
            }

            var protocol = test.Protocol is { Text.Length: > 0 } ? ProtocolPorts.ParseProtocol(test.Protocol.Value.Text) : null;
            if (test.Protocol is { Text.Length: > 0 } && protocol is null)
            {
                return false;
            }

            var from = tests.SourceAddressesOf(selectors[source.Text]);
            if (from is null
                || test.Accept.Any(target => !tests.IsAsExpected(from, target.Text, protocol, true))
                || test.Deny.Any(target => !tests.IsAsExpected(from, target.Text, protocol, false)))
            {
                return false;
            }
        }

        failed = 0;
        return true;
    }

    private bool IsAsExpected(AddressRange[] from, string target, int? protocol, bool isOpen)
    {
        var (name, port) = AccessRuleReader.SplitPorts(target);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > 65535
            || (number == 0 && protocol != ProtocolPorts.Icmp)
            || name.Contains('/', StringComparison.Ordinal)
            || (name.Contains(':', StringComparison.Ordinal) && _selectors[name].Kind == SelectorKind.Address && target[0] != '[')
            || AddressesOf(_selectors[name]) is not { } to)
        {
            return false;
        }

        return _topology is null || from.All(f => to.All(t => Opens(f, t, protocol, number) == isOpen));
    }

    private AddressRange[]? SourceAddressesOf(Selector selector)
        => _topology is null && selector.Kind is SelectorKind.Role or SelectorKind.UserDomain or SelectorKind.IpSet ? []
            : selector.Kind is SelectorKind.Member or SelectorKind.Tagged
            ? _topology is null ? [] : [.. _topology.Nodes.Where(n => n.IsSelectedBy(selector, _file)).SelectMany(n => n.Addresses)]
            : AddressesOf(selector);

    // Nothing for what a test cannot speak of.
    private AddressRange[]? AddressesOf(Selector selector)
    {
        switch (selector.Kind)
        {
            case SelectorKind.Address:
                return selector.Range is { IsSingle: true } range && !selector.Text.Contains('/', StringComparison.Ordinal) ? [range] : null;
            case SelectorKind.User or SelectorKind.Tag or SelectorKind.Group when selector.IsDefined:
                var addresses = _topology?.Nodes.Where(n => n.IsSelectedBy(selector, _file)).SelectMany(n => n.Addresses).ToArray();
                return addresses is { Length: 0 } ? null : addresses ?? [];
            case SelectorKind.Service when _topology is null:
                return [];
            default:
                return null;
        }
    }

    private bool Opens(AddressRange from, AddressRange to, int? protocol, int port)
    {
        foreach (var rule in _file.Rules)
        {
            if (!rule.Sources.Any(src => _filters!.SourcesOf(_selectors[src.Text]).Any(s => s.Contains(from))))
            {
                continue;
            }

            foreach (var dst in rule.Destinations)
            {
                var isOpen = protocol is { } only
                    ? rule.Opens(dst, only, port)
                    : rule.Opens(dst, ProtocolPorts.Tcp, port) || rule.Opens(dst, ProtocolPorts.Udp, port);
                if (isOpen && Reaches(_selectors[dst.Selector], from, to))
                {
                    return true;
                }
            }
        }

        return !_file.HasRules;
    }

    private bool Reaches(Selector selector, AddressRange from, AddressRange to)
    {
        if (selector.Kind is SelectorKind.Any)
        {
            return true;
        }

        if (selector.Range is { } range)
        {
            return range.Contains(to);
        }

        var node = _topology!.Nodes.FirstOrDefault(n => n.Addresses.Any(a => a.Contains(to)));
        return node is not null && (selector.Kind == SelectorKind.Self
            ? node.User is not null && _topology.Nodes.Any(n => string.Equals(n.User, node.User, StringComparison.Ordinal) && n.Addresses.Any(a => a.Contains(from)))
            : node.IsSelectedBy(selector, _file));
    }
}
