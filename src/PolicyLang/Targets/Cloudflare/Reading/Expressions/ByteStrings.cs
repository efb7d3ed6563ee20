using System.Text;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>
/// The engine compares bytes. They are kept as texts whose characters are the bytes, so that ordinal comparison is comparison of bytes.
/// </summary>
internal static class ByteStrings
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a text in UTF-8.</summary>
    public static string FromText(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The text that the bytes spell in UTF-8, or nothing when they spell none.</summary>
    public static string? ToText(string bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return bytes;
        }

        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static char ToLowerAscii(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
