using System.Buffers;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What the API server takes as names and labels (Kubernetes, apimachinery pkg/util/validation and pkg/api/validation/path), with its own words.</summary>
internal static class NameRules
{
    private const string QualifiedNameMessage
        = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', "
            + "regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValueMessage
        = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', "
            + "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string SubdomainMessage
        = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
            + @"regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelMessage
        = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
            + "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> DnsCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Why a text cannot be a segment of a path; RBAC objects take any other name.</summary>
    public static List<string> PathSegment(string name)
    {
        if (name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        List<string> messages = [];
        if (name.Contains('/', StringComparison.Ordinal))
        {
            messages.Add("may not contain '/'");
        }

        if (name.Contains('%', StringComparison.Ordinal))
        {
            messages.Add("may not contain '%'");
        }

        return messages;
    }

    /// <summary>Why a text cannot be a namespace.</summary>
    public static List<string> DnsLabel(string name) => Limited(name, 63, IsDnsLabel(name) ? null : LabelMessage);

    /// <summary>Why a text cannot be the name of a service account.</summary>
    public static List<string> DnsSubdomain(string name) => Limited(name, 253, IsDnsSubdomain(name) ? null : SubdomainMessage);

    /// <summary>Why a text cannot be the key of a label.</summary>
    public static List<string> QualifiedName(string key)
    {
        var parts = key.Split('/');
        List<string> messages = [];
        if (parts.Length > 2)
        {
            return [$"a valid label key {QualifiedNameMessage} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        if (parts.Length == 2)
        {
            messages.AddRange(parts[0].Length == 0 ? ["prefix part must be non-empty"] : DnsSubdomain(parts[0]).Select(m => "prefix part " + m));
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            messages.Add("name part must be non-empty");
        }
        else if (name.Length > 63)
        {
            messages.Add("name part must be no more than 63 bytes");
        }

        if (!IsLabelText(name))
        {
            messages.Add("name part " + QualifiedNameMessage);
        }

        return messages;
    }

    /// <summary>Why a text cannot be the value of a label.</summary>
    public static List<string> LabelValue(string value) => Limited(value, 63, value.Length == 0 || IsLabelText(value) ? null : LabelValueMessage);

    private static List<string> Limited(string text, int length, string? problem)
    {
        List<string> messages = [];
        if (text.Length > length)
        {
            messages.Add($"must be no more than {(length == 63 ? "63" : "253")} characters");
        }

        if (problem is not null)
        {
            messages.Add(problem);
        }

        return messages;
    }

    private static bool IsLabelText(string text)
        => text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && !text.AsSpan().ContainsAnyExcept(LabelCharacters);

    private static bool IsDnsSubdomain(string text)
    {
        foreach (var part in text.AsSpan().Split('.'))
        {
            if (!IsDnsLabel(text.AsSpan(part)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDnsLabel(ReadOnlySpan<char> text) => text.Length > 0 && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(DnsCharacters);
}
