using System.Buffers;
using System.Globalization;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>An IPv4 or IPv6 address. An IPv4 address mapped into IPv6 is an IPv6 address, as in the engine.</summary>
/// <param name="IsVersion6">Whether it is an IPv6 address.</param>
/// <param name="Bits">Its bits.</param>
internal readonly record struct Address(bool IsVersion6, UInt128 Bits)
{
    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789.");

    /// <summary>How many bits an address of the family has.</summary>
    public int Width => IsVersion6 ? 128 : 32;

    /// <summary>The greatest address of a family.</summary>
    public static UInt128 LastOf(bool isVersion6) => isVersion6 ? UInt128.MaxValue : uint.MaxValue;

    /// <summary>Parses as Rust's standard library does: four decimal parts without leading zeros, or groups of one to four hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        if (TryParseVersion4(text, allowShort: false, out var bits))
        {
            address = new Address(false, bits);
            return true;
        }

        var isValid = TryParseVersion6(text, out var wide);
        address = new Address(true, wide);
        return isValid;
    }

    /// <summary>Parses an IPv4 address. The short form is that of networks: one to four parts, the rest zero, leading zeros allowed.</summary>
    public static bool TryParseVersion4(ReadOnlySpan<char> text, bool allowShort, out uint bits)
    {
        bits = 0;
        var parts = 0;
        while (true)
        {
            var end = text.IndexOf('.');
            var part = end < 0 ? text : text[..end];
            if (parts == 4 || !TryParsePart(part, allowShort, out var value))
            {
                return false;
            }

            bits = (bits << 8) | value;
            parts++;
            if (end < 0)
            {
                bits = parts < 4 ? bits << (8 * (4 - parts)) : bits;
                return parts == 4 || allowShort;
            }

            text = text[(end + 1)..];
        }
    }

    private static bool TryParsePart(ReadOnlySpan<char> part, bool allowZeros, out uint value)
    {
        value = 0;
        if (part.IsEmpty || (!allowZeros && (part.Length > 3 || (part.Length > 1 && part[0] == '0'))))
        {
            return false;
        }

        foreach (var c in part)
        {
            value = (value * 10) + (uint)(c - '0');
            if (!char.IsAsciiDigit(c) || value > 255)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParseVersion6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        Span<ushort> head = stackalloc ushort[8];
        var read = ReadGroups(ref text, head);
        if (read < 8)
        {
            if (!text.StartsWith("::"))
            {
                return false;
            }

            text = text[2..];
            Span<ushort> tail = stackalloc ushort[8];
            var last = ReadGroups(ref text, tail[..(8 - (read + 1))]);
            head[read..].Clear();
            tail[..last].CopyTo(head[(8 - last)..]);
        }

        foreach (var group in head)
        {
            bits = (bits << 16) | group;
        }

        return text.IsEmpty;
    }

    private static int ReadGroups(ref ReadOnlySpan<char> text, scoped Span<ushort> groups)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            var rest = text;
            if (i > 0)
            {
                if (rest.IsEmpty || rest[0] != ':')
                {
                    return i;
                }

                rest = rest[1..];
            }

            // The last two groups may be written as an IPv4 address.
            if (i < groups.Length - 1)
            {
                var length = rest.IndexOfAnyExcept(DecimalCharacters);
                if (TryParseVersion4(length < 0 ? rest : rest[..length], allowShort: false, out var embedded))
                {
                    groups[i] = (ushort)(embedded >> 16);
                    groups[i + 1] = (ushort)embedded;
                    text = length < 0 ? [] : rest[length..];
                    return i + 2;
                }
            }

            var digits = 0;
            while (digits < rest.Length && digits < 5 && char.IsAsciiHexDigit(rest[digits]))
            {
                digits++;
            }

            if (digits is 0 or > 4)
            {
                return i;
            }

            groups[i] = ushort.Parse(rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            text = rest[digits..];
        }

        return groups.Length;
    }
}
