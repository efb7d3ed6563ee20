using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>The address of one host, in the one canonical spelling: dotted decimal for IPv4, RFC 5952 for IPv6.</summary>
/// <param name="Text">The canonical text, without a prefix length.</param>
/// <param name="IsIPv6">Whether it is an IPv6 address.</param>
internal readonly record struct HostAddress(string Text, bool IsIPv6)
{
    /// <summary>The network that holds this address alone.</summary>
    public string Network => Text + (IsIPv6 ? "/128" : "/32");

    /// <summary>Reads an address; <c>/32</c> or <c>/128</c> may follow it.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why it is none that a rule may name, as the end of a sentence; empty when it is one.</param>
    public static bool TryParse(string text, out HostAddress address, out string reason)
    {
        address = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        var isIPv6 = host.Contains(':', StringComparison.Ordinal);
        if (slash >= 0 && !string.Equals(text[slash..], isIPv6 ? "/128" : "/32", StringComparison.Ordinal))
        {
            reason = "is a network and not one host: what is reached must be the API server alone";
            return false;
        }

        if (isIPv6 ? !TryParseIPv6(host, out var bytes) : !TryParseIPv4(host, out bytes))
        {
            reason = "is no IPv4 or IPv6 address";
            return false;
        }

        reason = WhyUnusable(new IPAddress(bytes)) ?? "";
        address = new HostAddress(isIPv6 ? FormatIPv6(bytes) : string.Join('.', bytes.Select(b => b.ToString(CultureInfo.InvariantCulture))), isIPv6);
        return reason.Length == 0;
    }

    // Stricter than IPAddress, which takes `10`, `0x0a` and octal octets.
    private static bool TryParseIPv4(string text, out byte[] bytes)
    {
        bytes = new byte[4];
        var octets = text.Split('.');
        if (octets.Length != 4)
        {
            return false;
        }

        for (var i = 0; i < 4; i++)
        {
            var octet = octets[i];
            var hasLeadingZero = octet.Length > 1 && octet[0] == '0';
            if (hasLeadingZero || !octet.All(char.IsAsciiDigit) || !byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParseIPv6(string text, out byte[] bytes)
    {
        bytes = [];
        var hasOnlyAddressCharacters = text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        if (!hasOnlyAddressCharacters || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        bytes = parsed.GetAddressBytes();
        return true;
    }

    private static string? WhyUnusable(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return "is an IPv4 address in IPv6 spelling, which matches no IPv4 traffic: write the IPv4 address";
        }

        if (IPAddress.IsLoopback(address))
        {
            return "is a loopback address";
        }

        var bytes = address.GetAddressBytes();
        var isMulticast = bytes.Length == 4 ? bytes[0] is >= 224 and <= 239 : address.IsIPv6Multicast;
        var isLinkLocal = bytes.Length == 4 ? bytes[0] == 169 && bytes[1] == 254 : address.IsIPv6LinkLocal;
        var isReserved = bytes.Length == 4 ? bytes[0] is 0 or >= 240 : bytes.All(b => b == 0);
        return isMulticast ? "is a multicast address"
            : isLinkLocal ? "is a link-local address, which no tunnel can route"
            : isReserved ? "is no address of a host"
            : null;
    }

    // RFC 5952: lower case, no leading zeros, the first longest run of at least two zero groups shortened.
    private static string FormatIPv6(byte[] bytes)
    {
        var groups = new int[8];
        for (var i = 0; i < 8; i++)
        {
            groups[i] = (bytes[2 * i] << 8) | bytes[(2 * i) + 1];
        }

        var (runStart, runLength) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var end = i;
            while (end < 8 && groups[end] == 0)
            {
                end++;
            }

            if (end - i > runLength)
            {
                (runStart, runLength) = (i, end - i);
            }

            i = Math.Max(i, end - 1);
        }

        var hex = groups.Select(g => g.ToString("x", CultureInfo.InvariantCulture));
        return runStart < 0
            ? string.Join(':', hex)
            : string.Join(':', hex.Take(runStart)) + "::" + string.Join(':', hex.Skip(runStart + runLength));
    }
}
