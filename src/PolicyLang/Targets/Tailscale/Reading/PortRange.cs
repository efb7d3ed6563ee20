using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Ports from one to another.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
internal readonly record struct PortRange(int First, int Last)
{
    public static PortRange All { get; } = new(0, 65535);

    public bool Contains(int port) => First <= port && port <= Last;

    /// <summary>Reads ports such as <c>22,80-443</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="refusal">The control plane's reason against it, or nothing.</param>
    public static ImmutableArray<PortRange> ParseList(string text, out string? refusal)
    {
        refusal = null;
        if (string.Equals(text, "*", StringComparison.Ordinal))
        {
            return [All];
        }

        var parts = text.Split(',');
        var ranges = ImmutableArray.CreateBuilder<PortRange>(parts.Length);
        foreach (var part in parts)
        {
            if (string.Equals(part, "*", StringComparison.Ordinal))
            {
                ranges.Add(All);
                continue;
            }

            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var last = 0;
            if (!TryParsePort(dash < 0 ? part : part.AsSpan(0, dash), out var first))
            {
                refusal ??= $"port range \"{part}\": invalid first integer";
            }
            else if (dash >= 0 && !TryParsePort(part.AsSpan(dash + 1), out last))
            {
                refusal ??= $"port range \"{part}\": invalid last integer";
            }
            else if (first == 0)
            {
                refusal ??= "first port must be >0, or use '*' for wildcard";
            }
            else if (dash >= 0 && last < first)
            {
                refusal ??= $"port range \"{part}\": the last port is before the first";
            }
            else
            {
                ranges.Add(new PortRange(first, dash < 0 ? first : last));
            }
        }

        return ranges.ToImmutable();
    }

    /// <summary>Whether it is a single port and one of some.</summary>
    public bool IsOneOf(int[] ports) => First == Last && ports.AsSpan().Contains(First);

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
}

/// <summary>Ports of an IP protocol.</summary>
/// <param name="Protocol">The protocol's number; absent for TCP, UDP and ICMP together.</param>
/// <param name="Ports">The ports.</param>
internal sealed record ProtocolPorts(int? Protocol, ImmutableArray<PortRange> Ports)
{
    public const int Icmp = 1;
    public const int Tcp = 6;
    public const int Udp = 17;

    /// <summary>Whether packets of a protocol to a port pass.</summary>
    public bool Opens(int protocol, int port)
        => (Protocol is { } own ? own == protocol : protocol is Icmp or Tcp or Udp) && (protocol is not (Tcp or Udp) || Ports.Any(range => range.Contains(port)));

    /// <summary>Whether it opens single TCP ports of some and nothing else.</summary>
    public bool IsTcpOnly(int[] ports) => Protocol == Tcp && Ports.All(range => range.IsOneOf(ports));

    /// <summary>The number of a protocol that is given by name or number; nothing where there is none.</summary>
    public static int? ParseProtocol(string text) => text switch
    {
        "icmp" => Icmp,
        "igmp" => 2,
        "ipv4" or "ip-in-ip" => 4,
        "tcp" => Tcp,
        "egp" => 8,
        "igp" => 9,
        "udp" => Udp,
        "gre" => 47,
        "esp" => 50,
        "ah" => 51,
        "sctp" => 132,
        _ when text.Length > 0 && text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 256 => number,
        _ => null,
    };
}
