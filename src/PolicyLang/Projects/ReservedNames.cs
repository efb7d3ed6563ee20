using System.Collections.Frozen;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Projects;

/// <summary>The rules for names that <c>policyc.yaml</c> declares: paths and identity providers, which policies then use as block keys and after <c>via</c>.</summary>
public static class ReservedNames
{
    /// <summary>The greatest length of a name.</summary>
    public const int MaxLength = 40;

    private static readonly FrozenSet<string> LanguageWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "allow", "all", "and", "anyone", "approved", "as", "assume", "because", "can", "cannot", "cluster", "clusterrole", "clusters", "default", "disjoint",
        "emergency", "except", "expect", "fleet", "formerly", "from", "group", "has", "in", "include", "machine", "named", "namespaces", "never", "not", "on", "only",
        "or", "posture", "reach", "role", "test", "to", "until", "user", "via", "when", "where", "with", "within", "cluster-wide");

    private static readonly FrozenSet<string> BlockKeys = FrozenSet.Create(
        StringComparer.Ordinal, "authentication", "kubernetes", "labels", "members", "namespaces", "retired", "title");

    /// <summary>Checks a declared name; false after a report.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it names, such as <c>a path</c>.</param>
    /// <param name="diagnostics">Receives the reason.</param>
    public static bool Check(SettingText name, string what, DiagnosticBag diagnostics)
    {
        if (LanguageWords.Contains(name.Text) || BlockKeys.Contains(name.Text))
        {
            var reason = LanguageWords.Contains(name.Text) ? "a word of the language" : "a key of the blocks in a policy";
            diagnostics.Report(SemanticDiagnostics.InvalidName, name.Location, $"{what} cannot be called `{name.Text}`, which is {reason}", $"choose another name, such as `my-{name.Text}`");
            return false;
        }

        if (!HasNameForm(name.Text))
        {
            diagnostics.Report(
                SemanticDiagnostics.InvalidName,
                name.Location,
                $"{what} cannot be called `{name.Text}`",
                "a name begins with a small letter, holds small letters, digits and single dashes, ends in a letter or digit, and has at most 40 characters");
            return false;
        }

        return true;
    }

    /// <summary>Whether a text has the form of a declared name: <c>[a-z][a-z0-9-]{0,39}</c> without <c>--</c> and without <c>-</c> at the end.</summary>
    public static bool HasNameForm(string name)
    {
        if (name.Length is 0 or > MaxLength || !char.IsAsciiLetterLower(name[0]) || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
