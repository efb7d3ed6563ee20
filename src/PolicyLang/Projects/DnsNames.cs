namespace PolicyLang.Projects;

/// <summary>The name forms of Kubernetes (Kubernetes documentation, "Object Names and IDs").</summary>
internal static class DnsNames
{
    /// <summary>Whether a text is an RFC 1123 label: at most 63 small letters, digits and dashes, with a letter or digit at both ends.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 63 || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is an RFC 1123 subdomain: labels joined by points, at most 253 characters.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        foreach (var label in text.Split('.'))
        {
            if (!IsLabel(text[label]))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 253;
    }
}
