using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>Writes addresses as people do.</summary>
internal static class AddressText
{
    /// <summary>A network, an address or an explicit range.</summary>
    public static string Of(AddressRange range)
        => range.First == range.Last ? Of(range.First)
            : range.PrefixLength >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{Of(range.First)}/{range.PrefixLength}")
            : $"{Of(range.First)}..{Of(range.Last)}";

    /// <summary>An address.</summary>
    public static string Of(Address address)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Bits);
        return new IPAddress(address.IsVersion6 ? bytes : bytes[12..]).ToString();
    }
}
