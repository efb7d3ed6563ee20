using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Reads grants (https://tailscale.com/docs/reference/syntax/grants) and rules of <c>acls</c>.</summary>
internal static class AccessRuleReader
{
    // More than any grant has; repetitions are looked for one by one.
    private const int GreatestCapabilities = 200;

    public static AccessRule ReadGrant(TailnetFile file, PolicyNode node)
    {
        var fields = PolicyFields.Read(file, node, "a grant", ["src", "dst", "ip", "app", "srcPosture", "via"]);
        var isUnclear = fields.IsUnclear;
        var network = ReadNetwork(file, fields.Texts(2, "`ip`", ref isUnclear), ref isUnclear);
        var capabilities = ReadCapabilities(file, fields[3], ref isUnclear);
        if (fields[2] is not { Items.Length: > 0 } && capabilities.IsEmpty && !isUnclear)
        {
            file.Refuse("ip and app can not both be empty", node.Offset);
        }

        return new AccessRule(
            node.Offset,
            true,
            fields.Texts(0, "`src`", ref isUnclear),
            DestinationsOf(fields.Texts(1, "`dst`", ref isUnclear)),
            network,
            capabilities,
            ReadPostures(fields, 4, ref isUnclear),
            fields.Texts(5, "`via`", ref isUnclear),
            isUnclear);
    }

    public static AccessRule ReadAcl(TailnetFile file, PolicyNode node)
    {
        var fields = PolicyFields.Read(file, node, "a rule of `acls`", ["action", "src|users", "dst|ports", "proto", "srcPosture"]);
        var isUnclear = fields.IsUnclear;
        var action = fields.Text(0, "`action`", ref isUnclear);
        if (!string.Equals(action?.Text, "accept", StringComparison.Ordinal))
        {
            file.Refuse($"action=\"{action?.Text}\" is not supported", action?.Offset ?? node.Offset);
            isUnclear = true;
        }

        var protocol = fields.Text(3, "`proto`", ref isUnclear);
        var number = protocol is { Text.Length: > 0 } ? ProtocolPorts.ParseProtocol(protocol.Value.Text) : null;
        if (protocol is { Text.Length: > 0 } && number is null)
        {
            file.Refuse($"unknown protocol \"{protocol.Value.Text}\"", protocol.Value.Offset);
            isUnclear = true;
        }

        var destinations = ImmutableArray.CreateBuilder<RuleDestination>();
        foreach (var dst in fields.Texts(2, "`dst`", ref isUnclear))
        {
            var (selector, ports) = SplitPorts(dst.Text);
            var ranges = PortRange.ParseList(ports, out var refusal);
            if (refusal is not null)
            {
                file.Refuse($"dst=\"{dst.Text}\": {refusal}", dst.Offset);
                isUnclear = true;
            }

            destinations.Add(new RuleDestination(selector, dst.Offset, ranges));
        }

        return new AccessRule(
            node.Offset,
            false,
            fields.Texts(1, "`src`", ref isUnclear),
            destinations.DrainToImmutable(),
            [new ProtocolPorts(number, [PortRange.All])],
            [],
            ReadPostures(fields, 4, ref isUnclear),
            [],
            isUnclear);
    }

    /// <summary>Splits <c>host:ports</c>; an address of IP version 6 may stand in brackets.</summary>
    public static (string Selector, string Ports) SplitPorts(string text)
    {
        var colon = text.LastIndexOf(':');
        var selector = colon < 0 ? text : text[..colon];
        selector = selector.Length > 2 && selector[0] == '[' && selector[^1] == ']' ? selector[1..^1] : selector;
        return (selector, colon < 0 ? "" : text[(colon + 1)..]);
    }

    private static ImmutableArray<RuleDestination> DestinationsOf(ImmutableArray<TextAt> texts)
    {
        var destinations = new RuleDestination[texts.Length];
        for (var i = 0; i < destinations.Length; i++)
        {
            destinations[i] = new RuleDestination(texts[i].Text, texts[i].Offset, []);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(destinations);
    }

    // Most grants of a file have one and the same entry.
    private static ImmutableArray<ProtocolPorts> ReadNetwork(TailnetFile file, ImmutableArray<TextAt> entries, ref bool isUnclear)
    {
        if (entries is [var only] && file.Networks.TryGetValue(only.Text, out var known))
        {
            return known;
        }

        var network = ImmutableArray.CreateBuilder<ProtocolPorts>(entries.Length);
        foreach (var entry in entries)
        {
            if (ReadNetwork(file, entry) is { } ports)
            {
                network.Add(ports);
            }
            else
            {
                isUnclear = true;
            }
        }

        var result = network.DrainToImmutable();
        if (entries.Length == 1 && result.Length == 1)
        {
            file.Networks[entries[0].Text] = result;
        }

        return result;
    }

    private static ProtocolPorts? ReadNetwork(TailnetFile file, TextAt entry)
    {
        var colon = entry.Text.IndexOf(':', StringComparison.Ordinal);
        int? protocol = null;
        if (colon >= 0)
        {
            protocol = ProtocolPorts.ParseProtocol(entry.Text[..colon]);
            if (protocol is null)
            {
                file.Refuse($"unknown protocol \"{entry.Text[..colon]}\"", entry.Offset);
                return null;
            }
        }

        var ports = PortRange.ParseList(entry.Text[(colon + 1)..], out var refusal);
        if (refusal is not null)
        {
            file.Refuse(refusal, entry.Offset);
            return null;
        }

        return new ProtocolPorts(protocol, ports);
    }

    private static ImmutableArray<Capability> ReadCapabilities(TailnetFile file, PolicyNode? node, ref bool isUnclear)
    {
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind != PolicyNodeKind.Object)
        {
            file.NotModelled("`app` is no object", node.Offset);
            isUnclear = true;
            return [];
        }

        var capabilities = new Capability[node.Members.Length];
        for (var i = 0; i < capabilities.Length; i++)
        {
            var member = node.Members[i];
            for (var j = 0; j < Math.Min(i, GreatestCapabilities); j++)
            {
                if (string.Equals(capabilities[j].Name, member.Key, StringComparison.Ordinal))
                {
                    file.Refuse($"key `{member.Key}` stands twice in `app`", member.Offset);
                    isUnclear = true;
                    break;
                }
            }

            if (member.Value.Kind is not (PolicyNodeKind.List or PolicyNodeKind.Null))
            {
                file.NotModelled($"the values of `{member.Key}` are no list", member.Value.Offset);
                isUnclear = true;
            }

            capabilities[i] = new Capability(member.Key, member.Offset, member.Value.Items);
        }

        if (capabilities.Length > GreatestCapabilities)
        {
            file.NotModelled("a grant with so many capabilities is not looked at", node.Offset);
            isUnclear = true;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(capabilities);
    }

    private static ImmutableArray<TextAt>? ReadPostures(PolicyFields fields, int key, ref bool isUnclear)
        => fields[key] is { IsNull: false } ? fields.Texts(key, "`srcPosture`", ref isUnclear) : null;
}
