using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The addresses from one to another, of one family.</summary>
/// <param name="Text">As a packet filter writes them: an address, a prefix or <c>a-b</c>; <c>*</c> for all.</param>
/// <param name="IsV6">Whether they are of IP version 6.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
internal readonly record struct AddressRange(string Text, bool IsV6, UInt128 First, UInt128 Last)
{
    /// <summary>The addresses that Tailscale gives to devices: <c>100.64.0.0/10</c> without the block of ChromeOS, and <c>fd7a:115c:a1e0::/48</c>.</summary>
    public static IReadOnlyList<AddressRange> Tailnet { get; } =
    [
        Between("100.64.0.0", "100.115.91.255"),
        Between("100.115.94.0", "100.127.255.255"),
        TryParse("fd7a:115c:a1e0::/48")!.Value,
    ];

    // https://tailscale.com/docs/features/subnet-routers/4via6-subnets
    private static readonly AddressRange RoutedV4 = TryParse("fd7a:115c:a1e0:b1a::/64")!.Value;

    public bool IsSingle => First == Last;

    public bool Overlaps(AddressRange other) => IsV6 == other.IsV6 && First <= other.Last && other.First <= Last;

    public bool Contains(AddressRange other) => IsV6 == other.IsV6 && First <= other.First && other.Last <= Last;

    /// <summary>Whether a device of a tailnet may have one of the addresses. Those that stand for routed networks of IP version 4 are no device's.</summary>
    public bool MayBeDevice() => Tailnet.Any(Overlaps) && !RoutedV4.Contains(this);

    /// <summary>Reads an address, a prefix or a range; nothing where the text is none of them.</summary>
    public static AddressRange? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return ParseAddress(text) is { } single ? new AddressRange(text, single.IsV6, single.Value, single.Value) : ParseRange(text);
        }

        if (ParseAddress(text.AsSpan(0, slash)) is not { } address
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > (address.IsV6 ? 128 : 32))
        {
            return null;
        }

        var free = (address.IsV6 ? 128 : 32) - bits;
        var mask = free == 128 ? UInt128.MaxValue : (UInt128.One << free) - UInt128.One;
        return new AddressRange(text, address.IsV6, address.Value & ~mask, address.Value | mask);
    }

    private static AddressRange? ParseRange(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && ParseAddress(text.AsSpan(0, dash)) is { } first && ParseAddress(text.AsSpan(dash + 1)) is { } last
            && first.IsV6 == last.IsV6 && first.Value <= last.Value
            ? new AddressRange(text, first.IsV6, first.Value, last.Value)
            : null;
    }

    private static AddressRange Between(string first, string last) => ParseRange($"{first}-{last}")!.Value;

    // The class library also takes `1`, `0x7f.1` and scopes, which are no addresses of a policy file.
    private static (bool IsV6, UInt128 Value)? ParseAddress(ReadOnlySpan<char> text)
    {
        if (text.Contains(':'))
        {
            return !text.ContainsAny("[]%/-") && IPAddress.TryParse(text, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                ? (true, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(v6.GetAddressBytes()))
                : null;
        }

        var value = 0u;
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return null;
            }

            value = (value << 8) | octet;
            count++;
        }

        return count == 4 ? (false, value) : null;
    }
}
