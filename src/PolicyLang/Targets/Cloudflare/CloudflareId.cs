namespace PolicyLang.Targets.Cloudflare;

/// <summary>The identifiers that Cloudflare gives its objects.</summary>
internal static class CloudflareId
{
    private const int AccountIdLength = 32;

    /// <summary>Reads a UUID, with or without dashes, and gives it in lower case with dashes.</summary>
    public static bool TryParseUuid(string text, out string uuid)
    {
        var isUuid = Guid.TryParseExact(text, "D", out var value) || Guid.TryParseExact(text, "N", out value);
        uuid = isUuid ? value.ToString("D") : "";
        return isUuid;
    }

    /// <summary>Whether a text is the identifier of an account: 32 hexadecimal digits in lower case.</summary>
    public static bool IsAccountId(string text) => text.Length == AccountIdLength && text.All(char.IsAsciiHexDigitLower);
}
