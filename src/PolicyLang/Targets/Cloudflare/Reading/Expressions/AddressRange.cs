using System.Collections.Immutable;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>A network or an explicit range of addresses of one family.</summary>
/// <param name="First">The first address.</param>
/// <param name="Last">The last address, of the same family.</param>
/// <param name="PrefixLength">The length of the network's prefix; minus one for an explicit range.</param>
internal readonly record struct AddressRange(Address First, Address Last, int PrefixLength)
{
    public bool Contains(Address address) => address.IsVersion6 == First.IsVersion6 && address.Bits >= First.Bits && address.Bits <= Last.Bits;

    /// <summary>Parses an address or a network whose host bits are zero; short IPv4 forms as in the engine.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The network.</param>
    /// <param name="badFrom">Where the text goes wrong.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryParseNetwork(ReadOnlySpan<char> text, out AddressRange range, out int badFrom, out string reason)
    {
        range = default;
        badFrom = 0;
        var slash = text.IndexOf('/');
        var addressText = slash < 0 ? text : text[..slash];
        Address address;
        if (Address.TryParseVersion4(addressText, allowShort: true, out var bits))
        {
            address = new Address(false, bits);
        }
        else if (!Address.TryParse(addressText, out address))
        {
            reason = "couldn't parse address in network: invalid IP address syntax";
            return false;
        }

        var length = address.Width;
        if (slash >= 0 && !TryParseLength(text[(slash + 1)..], out length))
        {
            badFrom = slash + 1;
            reason = "couldn't parse length in network";
            return false;
        }

        if (length > address.Width)
        {
            reason = "invalid length for network";
            return false;
        }

        var mask = length == address.Width ? 0 : Address.LastOf(address.IsVersion6) >> length;
        if ((address.Bits & mask) != 0)
        {
            reason = "host part of address was not zero";
            return false;
        }

        reason = "";
        range = new AddressRange(address, address with { Bits = address.Bits | mask }, length);
        return true;
    }

    private static bool TryParseLength(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        foreach (var c in text)
        {
            length = (length * 10) + (c - '0');
            if (!char.IsAsciiDigit(c) || length > 255)
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}

/// <summary>A set of addresses that answers quickly, however many ranges it has.</summary>
internal sealed class AddressSet
{
    private readonly (UInt128 First, UInt128 Last)[] _version4;
    private readonly (UInt128 First, UInt128 Last)[] _version6;

    public AddressSet(ImmutableArray<AddressRange> ranges)
    {
        Ranges = ranges;
        _version4 = Merge(ranges, isVersion6: false);
        _version6 = Merge(ranges, isVersion6: true);
    }

    /// <summary>The ranges as written.</summary>
    public ImmutableArray<AddressRange> Ranges { get; }

    public bool Contains(Address address)
    {
        var intervals = address.IsVersion6 ? _version6 : _version4;
        var low = 0;
        var high = intervals.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (address.Bits < intervals[middle].First)
            {
                high = middle - 1;
            }
            else if (address.Bits > intervals[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every address of a range is in the set.</summary>
    public bool Covers(AddressRange range)
    {
        foreach (var (first, last) in range.First.IsVersion6 ? _version6 : _version4)
        {
            if (first <= range.First.Bits && range.Last.Bits <= last)
            {
                return true;
            }
        }

        return false;
    }

    private static (UInt128 First, UInt128 Last)[] Merge(ImmutableArray<AddressRange> ranges, bool isVersion6)
    {
        // Rules mostly name one address of a family.
        if (ranges.Length == 1)
        {
            return ranges[0].First.IsVersion6 == isVersion6 ? [(ranges[0].First.Bits, ranges[0].Last.Bits)] : [];
        }

        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in ranges.Where(r => r.First.IsVersion6 == isVersion6).OrderBy(r => r.First.Bits))
        {
            if (merged.Count > 0 && (range.First.Bits <= merged[^1].Last || range.First.Bits - 1 == merged[^1].Last))
            {
                merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, range.Last.Bits));
            }
            else
            {
                merged.Add((range.First.Bits, range.Last.Bits));
            }
        }

        return [.. merged];
    }
}
