using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>Finds numbers and addresses that do not mean what they look like.</summary>
internal static partial class NumberLook
{
    /// <summary>What a word means though it does not look like it, and how to write what it looks like; nothing where it means what it shows.</summary>
    public static (string Message, string Help)? Explain(ExpressionWord word)
    {
        if (Octal().IsMatch(word.Text))
        {
            var value = word.Text.Aggregate(0L, (sum, digit) => (sum * 8) + (digit - '0'));
            return ($"`{word.Text}` is octal, and means `{value.ToString(CultureInfo.InvariantCulture)}`", "leave the zero in front out");
        }

        if (word.IsInSet && Dashed().Match(word.Text) is { Success: true } dashed)
        {
            return ($"`{word.Text}` is no range: it means `{dashed.Groups[1].Value}` and `-{dashed.Groups[2].Value}`", $"write `{dashed.Groups[1].Value}..{dashed.Groups[2].Value}`");
        }

        return word.IsInSet && Short().IsMatch(word.Text)
            ? ($"`{word.Text}` is one address, `{word.Text}.0`", $"write all four parts; the network is `{word.Text}.0/24`")
            : null;
    }

    [GeneratedRegex("^0[0-7]{1,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex("^([0-9]{1,6})-([0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Dashed();

    [GeneratedRegex("^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
