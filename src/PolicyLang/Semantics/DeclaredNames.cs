using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>How declared names are spelled.</summary>
public static class DeclaredNames
{
    /// <summary>The greatest length of a declared name.</summary>
    public const int GreatestLength = 40;

    /// <summary>Whether a text is a declared name: a lower-case letter, then lower-case letters, digits and single hyphens, not ending in one.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > GreatestLength || !char.IsAsciiLetterLower(text[0]) || text[^1] == '-')
        {
            return false;
        }

        for (var i = 1; i < text.Length; i++)
        {
            var c = text[i];
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || (c == '-' && text[i - 1] != '-')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text can be a Kubernetes namespace: a DNS label of RFC 1123.</summary>
    public static bool IsNamespace(string text)
        => text.Length is > 0 and <= 63
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && text[0] != '-'
            && text[^1] != '-';

    /// <summary>Whether a text can be the name of a ClusterRole: one path segment (Kubernetes, <c>path.IsValidPathSegmentName</c>).</summary>
    public static bool IsPathSegment(string text)
        => text.Length is > 0 and < 253
            && text is not ("." or "..")
            && !text.Contains('/', StringComparison.Ordinal)
            && !text.Contains('%', StringComparison.Ordinal)
            && !text.Any(char.IsControl);

    /// <summary>Whether a text is an e-mail as the language takes them.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at < text.Length - 1
            && text.Length <= 254
            && text.AsSpan(0, at).IndexOfAnyExcept(LocalPartCharacters) < 0
            && text.AsSpan(at + 1).IndexOfAnyExcept(DomainCharacters) < 0;
    }

    /// <summary>Reports a declared name that is not spelled as names are.</summary>
    public static bool Check(WordSyntax name, DiagnosticBag diagnostics)
    {
        if (IsValid(name.Text))
        {
            return true;
        }

        diagnostics.Report(
            SemanticDiagnostics.InvalidName,
            name.Location,
            name.Text.Length > GreatestLength ? $"the name `{name.Text}` is longer than {GreatestLength} characters" : $"`{name.Text}` cannot be a name",
            "names are lower-case letters, digits and single hyphens, start with a letter and do not end in a hyphen");
        return false;
    }

    private static readonly System.Buffers.SearchValues<char> LocalPartCharacters
        = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-");

    private static readonly System.Buffers.SearchValues<char> DomainCharacters
        = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
}
