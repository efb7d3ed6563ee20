using System.Text;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Hashes that give the same number on every machine and in every version of policyc.</summary>
internal static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const uint Crc32Polynomial = 0xEDB88320;

    /// <summary>The 64-bit FNV-1a hash of a text's UTF-8 bytes.</summary>
    public static ulong Fnv1a64(string text)
    {
        var hash = FnvOffset;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ unit) * FnvPrime);
        }

        return hash;
    }

    /// <summary>The CRC-32 (IEEE) of a text's UTF-8 bytes, which version 4 of the Terraform provider mixes into a precedence.</summary>
    public static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            crc ^= unit;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Crc32Polynomial;
            }
        }

        return ~crc;
    }
}
