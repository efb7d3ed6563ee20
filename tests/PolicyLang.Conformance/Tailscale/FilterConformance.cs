using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>Compares what each device was sent.</summary>
internal static class FilterConformance
{
    private static readonly int[] Ports = [22, 80, 443, 3000, 5432, 8080];

    public static IEnumerable<ConformanceRow> Rows(string file)
    {
        var filters = new ConformanceRun($"tailscale/{file}", "packet filter of each device");
        var peers = new ConformanceRun($"tailscale/{file}", "peers of each device");
        var held = new ConformanceRun($"tailscale/{file}", "capabilities of each caller at each device");
        var gates = new ConformanceRun($"tailscale/{file}", "gate of each tagged device, by caller and port");
        foreach (var @case in TailscaleCases.Of(file).Where(c => c["http_status"]!.GetValue<int>() == 200))
        {
            var id = TailscaleCases.Text(@case["id"])!;
            var topology = TailscaleCases.Topology(@case);
            var (policy, selectors) = TailscaleCases.Check(@case, null);
            var compiler = new PacketFilters(policy, selectors, topology);
            var own = topology.Nodes.ToDictionary(n => n.Name, compiler.For, StringComparer.Ordinal);
            var reading = TailnetReading.Read(TailscaleCases.Policy(@case));
            foreach (var (name, expected) in @case["expect_by_dst_node"]!.AsObject())
            {
                var node = topology.Nodes.Single(n => n.Name == name);
                filters.Expect($"{id} {name}", Describe(expected!["packet_filter_rules"]), Describe(own[name]));
                peers.Expect(
                    $"{id} {name}",
                    string.Join(' ', expected["visible_peers"]!.AsArray().Select(p => p!.GetValue<string>()).Order(StringComparer.Ordinal)),
                    string.Join(' ', topology.Nodes.Where(other => other != node && (own[name].Any(r => r.Matches(other)) || own[other.Name].Any(r => r.Matches(node)))).Select(n => n.Name).Order(StringComparer.Ordinal)));
                ExpectHeld(held, $"{id} {name}", expected["whois_caps_by_src"], own[name], topology.Nodes.Where(n => n != node));
                if (!node.Tags.IsEmpty)
                {
                    ExpectGates(gates, $"{id} {name}", reading, expected["packet_filter_rules"], node, topology);
                }
            }
        }

        yield return filters.ToRow();
        yield return peers.ToRow();
        if (held.ToRow().Passed > 0)
        {
            yield return held.ToRow();
        }

        yield return gates.ToRow();
    }

    private static void ExpectHeld(ConformanceRun run, string id, JsonNode? expected, ImmutableArray<FilterRule> rules, IEnumerable<TailnetNode> sources)
    {
        if (expected is null)
        {
            run.Skip("not recorded");
            return;
        }

        foreach (var source in sources)
        {
            var values = PacketFilters.Held(rules, source).GroupBy(c => c.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key}={string.Join(' ', g.SelectMany(c => c.Values).Select(Describe))}");
            var recorded = (expected[source.Name] as JsonObject ?? []).OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => $"{c.Key}={string.Join(' ', TailscaleCases.Parse(c.Value).Items.Select(Describe))}");
            run.Expect($"{id} from {source.Name}", string.Join("; ", recorded), string.Join("; ", values));
        }
    }

    // The links say of every device as a caller what its packets meet in the recorded filter.
    private static void ExpectGates(ConformanceRun run, string id, TailnetReading reading, JsonNode? recorded, TailnetNode node, TailnetTopology topology)
    {
        foreach (var port in Ports)
        {
            var gate = reading.GateTo(new TailnetEndpoint(node.Tags, [.. node.Addresses.Select(a => a.Text)], port));
            foreach (var source in topology.Nodes.Where(n => n != node))
            {
                var opens = gate.Opens.Evaluate(World(source));
                if (opens == Truth.Unknown)
                {
                    run.Skip("whether a user belongs to a domain (`user:*@`) is left open");
                    continue;
                }

                run.Expect($"{id}:{port} from {source.Name}", IsOpen(recorded, source, node, port).ToTruth(), opens);
            }
        }
    }

    private static Func<Atom, Truth> World(TailnetNode source) => atom => (atom.Kind switch
    {
        AtomKind.Person => string.Equals(atom.Value, source.User, StringComparison.Ordinal),
        AtomKind.Machine => source.Tags.Contains(atom.Value, StringComparer.Ordinal),
        AtomKind.AnyPerson => source.User is not null,
        AtomKind.AnyMachine => source.User is null,
        AtomKind.Connection when atom.Vocabulary == "address" => source.Addresses.Any(a => AddressRange.TryParse(atom.Value)!.Value.Contains(a)),
        _ => false,
    }).ToTruth();

    private static bool IsOpen(JsonNode? rules, TailnetNode source, TailnetNode node, int port) => (rules as JsonArray ?? []).Any(rule =>
        (rule!["IPProto"] is not JsonArray protocols || protocols.Any(p => p!.GetValue<int>() == 6))
        && (rule["SrcIPs"] as JsonArray ?? []).Any(src => Covers(src!.GetValue<string>(), source))
        && (rule["DstPorts"] as JsonArray ?? []).Any(dst => Covers(TailscaleCases.Text(dst!["IP"])!, node)
            && dst["Ports"]!["First"]!.GetValue<int>() <= port && port <= dst["Ports"]!["Last"]!.GetValue<int>()));

    private static bool Covers(string range, TailnetNode node) => range == "*" || node.Addresses.Any(a => AddressRange.TryParse(range)!.Value.Contains(a));

    private static string Describe(JsonNode? recorded) => Join((recorded as JsonArray ?? []).Select(rule => DescribeRule(
        Texts(rule!["SrcIPs"]),
        (rule["DstPorts"] as JsonArray ?? []).Select(d => Port(TailscaleCases.Text(d!["IP"])!, d["Ports"]!["First"]!.GetValue<int>(), d["Ports"]!["Last"]!.GetValue<int>())),
        string.Join(',', rule["IPProto"] as JsonArray ?? []),
        (rule["CapGrant"] as JsonArray ?? []).SelectMany(g => g!["CapMap"]!.AsObject().Select(c => DescribeCapability(c.Key, TailscaleCases.Parse(c.Value).Items, Texts(g["Dsts"])))))));

    private static string Describe(ImmutableArray<FilterRule> rules) => Join(rules.Select(rule => DescribeRule(
        rule.Sources.Select(s => s.Text).Distinct(),
        rule.Packets.Select(p => Port(p.Address.Text, p.Ports.First, p.Ports.Last)),
        rule.Protocol?.ToString(CultureInfo.InvariantCulture) ?? "",
        rule.Capabilities.Select(c => DescribeCapability(c.Name, c.Values, rule.CapabilityTargets.Select(t => t.Text + (t.IsV6 ? "/128" : "/32")))))));

    private static string DescribeRule(IEnumerable<string> sources, IEnumerable<string> packets, string protocol, IEnumerable<string> capabilities)
        => $"[{Sorted(sources)}] -> [{Sorted(packets)}] {protocol} {{{Sorted(capabilities)}}}";

    private static string DescribeCapability(string name, PolicyNode[] values, IEnumerable<string> targets) => $"{name}={string.Join(' ', values.Select(Describe))}@{Sorted(targets)}";

    private static string Describe(PolicyNode node) => node.Kind switch
    {
        PolicyNodeKind.Object => $"{{{Sorted(node.Members.Select(m => $"{m.Key}:{Describe(m.Value)}"))}}}",
        PolicyNodeKind.List => $"[{string.Join(',', node.Items.Select(Describe))}]",
        _ => $"{node.Kind}{node.Text}",
    };

    private static string Port(string address, int first, int last) => string.Create(CultureInfo.InvariantCulture, $"{address}:{first}-{last}");

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(t => t!.GetValue<string>());

    private static string Sorted(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));

    private static string Join(IEnumerable<string> rules) => string.Join(" | ", rules);
}
