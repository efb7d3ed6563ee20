using System.Globalization;

namespace PolicyLang.Linting.Rules.Tailscale;

/// <summary>Lists of the user's words in messages.</summary>
internal static class Words
{
    // Nobody reads more names in one sentence.
    private const int Most = 4;

    /// <summary>Names in back-ticks, the first few of many.</summary>
    public static string Several(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToArray();
        var first = string.Join(", ", all.Take(Most).Select(name => $"`{name}`"));
        return all.Length <= Most ? first : string.Create(CultureInfo.InvariantCulture, $"{first} and {all.Length - Most} more");
    }
}
