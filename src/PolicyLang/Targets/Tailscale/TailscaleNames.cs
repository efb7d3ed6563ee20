using System.Buffers;
using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale;

/// <summary>The names that stand in a policy file, as narrow as Tailscale documents them (targets and selectors, policy file syntax).</summary>
internal static class TailscaleNames
{
    /// <summary>The groups of people by their role in the tailnet's administration, and all members.</summary>
    internal static readonly ImmutableArray<string> PeopleAutogroups =
    [
        "autogroup:admin", "autogroup:auditor", "autogroup:billing-admin", "autogroup:it-admin", "autogroup:member", "autogroup:network-admin", "autogroup:owner",
    ];

    // Whoever may own a tag may become what carries it, so only administrators are taken, never all members.
    internal static readonly ImmutableArray<string> OwnerAutogroups = ["autogroup:admin", "autogroup:it-admin", "autogroup:network-admin", "autogroup:owner"];

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // RFC 5322 atoms without `*` and `/`, which are selectors to Tailscale.
    private static readonly SearchValues<char> LoginCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'+=?^_`{|}~-");
    private static readonly SearchValues<char> SyncedGroupCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");

    /// <summary>Whether a text is a tag: the rule of <c>CheckTag</c> in tailscale.com/tailcfg.</summary>
    internal static bool IsTag(string text)
        => text.StartsWith("tag:", StringComparison.Ordinal) && text.Length > 4 && char.IsAsciiLetter(text[4]) && !text.AsSpan(4).ContainsAnyExcept(TagCharacters);

    /// <summary>Whether a text is a name as policyc declares them.</summary>
    internal static bool IsName(string text)
        => text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text[^1] != '-' && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>A login in the spelling of the policy file, or nothing when it is none. Upper case in a domain confuses the control plane, so all is small.</summary>
    internal static string? Login(string text)
    {
        // Only ASCII folds, so that no other letter can become part of a name that it is not.
        var login = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        });
        var at = login.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && !login.AsSpan(0, at).ContainsAnyExcept(LoginCharacters) && IsDomain(login.AsSpan(at + 1)) ? login : null;
    }

    /// <summary>Whether a text is a group that an identity provider keeps in step: <c>group:name@domain</c>.</summary>
    internal static bool IsSyncedGroup(string text)
    {
        if (!text.StartsWith("group:", StringComparison.Ordinal))
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 6 && !text.AsSpan(6, at - 6).ContainsAnyExcept(SyncedGroupCharacters) && IsDomain(text.AsSpan(at + 1));
    }

    /// <summary>The name of the group that a subject becomes.</summary>
    internal static string GroupOf(string subject) => "group:" + subject;

    private static bool IsDomain(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(NameCharacters))
            {
                return false;
            }
        }

        return true;
    }
}
