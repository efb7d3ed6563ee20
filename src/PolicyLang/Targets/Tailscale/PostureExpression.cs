using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>
/// A posture expression in canonical spelling. The grammar is the one that Tailscale documents (device posture management): an attribute,
/// one of <c>== != IN, NOT IN, IS SET, NOT SET, &lt; &lt;= &gt;= &gt;</c>, and a value. What is not documented is not understood.
/// </summary>
internal static class PostureExpression
{
    private static readonly SearchValues<char> AttributeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+_");

    // Whose attributes a device management or endpoint service writes, by the name before the colon.
    private static readonly ImmutableArray<string> Vendors = ["custom", "falcon", "fleet", "fleetPolicy", "huntress", "intune", "jamfPro", "kandji", "kolide", "sentinelOne"];
    private static readonly ImmutableArray<string> Own = ["node:os", "node:osVersion", "node:tsAutoUpdate", "node:tsReleaseTrack", "node:tsStateEncrypted", "node:tsVersion", "ip:country"];
    private static readonly ImmutableArray<string> OperatingSystems = ["android", "freebsd", "illumos", "ios", "js", "linux", "macos", "openbsd", "windows"];
    private static readonly ImmutableArray<string> ReleaseTracks = ["stable", "unstable"];
    private static readonly ImmutableArray<string> Symbols = ["==", "!=", "<=", ">=", "<", ">"];

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="reason">Why it is not understood, or what to write instead.</param>
    /// <returns>The canonical spelling, or nothing.</returns>
    internal static string? Canonical(string text, out string? reason)
    {
        var rest = text.AsSpan().Trim(' ');
        var end = rest.IndexOfAny(' ', '=', '!') is var stop and >= 0 ? stop : rest.Length;
        end = rest[..end].IndexOfAny('<', '>') is var angle and >= 0 ? angle : end;
        var attribute = rest[..end].ToString();
        rest = rest[end..].TrimStart(' ');
        reason = ReasonAgainstAttribute(attribute);
        if (reason is not null)
        {
            return null;
        }

        if (rest.IsEmpty)
        {
            reason = $"say what `{attribute}` must be, such as `{attribute} == true`";
            return null;
        }

        var isSet = TakeWords(ref rest, "IS", "SET");
        if (isSet || TakeWords(ref rest, "NOT", "SET"))
        {
            reason = rest.IsEmpty ? null : "nothing may follow `SET`";
            return reason is null ? $"{attribute} {(isSet ? "IS SET" : "NOT SET")}" : null;
        }

        var isNot = TakeWords(ref rest, "NOT", "IN");
        if (isNot || TakeWords(ref rest, "IN", null))
        {
            return List(attribute, isNot ? "NOT IN" : "IN", rest, out reason);
        }

        foreach (var symbol in Symbols)
        {
            if (!rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                continue;
            }

            rest = rest[symbol.Length..].TrimStart(' ');
            var value = TakeValue(ref rest, out var kind, out reason);
            reason ??= rest.IsEmpty ? ReasonAgainstValue(attribute, kind, value, symbol[0] is '<' or '>') : $"nothing may follow `{value}`";
            return reason is null ? $"{attribute} {symbol} {value}" : null;
        }

        reason = "the operators are `==`, `!=`, `IN`, `NOT IN`, `IS SET`, `NOT SET`, `<`, `<=`, `>=` and `>`";
        return null;
    }

    private static string? List(string attribute, string operatorText, ReadOnlySpan<char> rest, out string? reason)
    {
        if (!rest.StartsWith("[") || !rest.EndsWith("]"))
        {
            reason = $"`{operatorText}` takes a list, such as `['a', 'b']`";
            return null;
        }

        rest = rest[1..^1].Trim(' ');
        var values = new List<string>();
        while (true)
        {
            var value = TakeValue(ref rest, out var kind, out reason);
            reason ??= ReasonAgainstValue(attribute, kind, value, false);
            if (reason is not null)
            {
                return null;
            }

            values.Add(value);
            if (rest.IsEmpty)
            {
                return $"{attribute} {operatorText} [{string.Join(", ", values)}]";
            }

            if (rest[0] != ',')
            {
                reason = "values in a list are separated by commas";
                return null;
            }

            rest = rest[1..].TrimStart(' ');
        }
    }

    private static string? ReasonAgainstAttribute(string attribute)
    {
        if (Own.Contains(attribute, StringComparer.Ordinal))
        {
            return null;
        }

        var colon = attribute.IndexOf(':', StringComparison.Ordinal);
        var name = attribute.AsSpan(colon + 1);
        if (colon > 0 && Vendors.Contains(attribute[..colon], StringComparer.Ordinal) && !name.IsEmpty && !name.ContainsAnyExcept(AttributeCharacters))
        {
            return null;
        }

        return Suggestions.DidYouMean(attribute, Own)
            ?? $"the attributes are {string.Join(", ", Own.Select(a => $"`{a}`"))} and those that begin with {string.Join(", ", Vendors.Select(v => $"`{v}:`"))}";
    }

    private static string? ReasonAgainstValue(string attribute, ValueKind kind, string value, bool isOrdered)
    {
        var inner = value.AsSpan().Trim('\'');
        switch (attribute)
        {
            case "node:os":
                return isOrdered || kind != ValueKind.Text ? "an operating system is compared with `==`, `!=`, `IN` or `NOT IN` and a text" : OneOf(inner, OperatingSystems);
            case "node:tsReleaseTrack":
                return isOrdered || kind != ValueKind.Text ? "a release track is compared with `==`, `!=`, `IN` or `NOT IN` and a text" : OneOf(inner, ReleaseTracks);
            case "node:osVersion" or "node:tsVersion":
                return kind != ValueKind.Text || inner.IsEmpty || inner.ContainsAnyExcept(VersionCharacters) ? "a version is a text such as `'1.84'`" : null;
            case "node:tsAutoUpdate" or "node:tsStateEncrypted":
                return kind != ValueKind.Flag || isOrdered ? "the value is `true` or `false`" : null;
            case "ip:country":
                return isOrdered || kind != ValueKind.Text || inner.Length != 2 || !char.IsAsciiLetterUpper(inner[0]) || !char.IsAsciiLetterUpper(inner[1])
                    ? "a country is a text of two capital letters, such as `'JP'`"
                    : null;
            default:
                return isOrdered && kind != ValueKind.Number ? "only numbers and versions can be smaller or greater" : null;
        }
    }

    private static string? OneOf(ReadOnlySpan<char> value, ImmutableArray<string> values)
    {
        var text = value.ToString();
        return values.Contains(text, StringComparer.Ordinal) ? null
            : Suggestions.DidYouMean(text, values) ?? $"the values are {string.Join(", ", values.Select(v => $"`{v}`"))}";
    }

    private static string TakeValue(ref ReadOnlySpan<char> rest, out ValueKind kind, out string? reason)
    {
        reason = null;
        kind = ValueKind.Text;
        if (!rest.IsEmpty && rest[0] == '\'')
        {
            var close = rest[1..].IndexOf('\'');
            var inner = close < 0 ? rest[1..] : rest.Slice(1, close);
            if (close < 0 || inner.ContainsAnyExceptInRange(' ', '~') || inner.ContainsAny('\\', '"'))
            {
                reason = "a text stands between two `'` and holds printable ASCII characters without quotes and backslashes";
                return "";
            }

            var text = $"'{inner}'";
            rest = rest[(close + 2)..].TrimStart(' ');
            return text;
        }

        var end = rest.IndexOfAny(" ,]") is var stop and >= 0 ? stop : rest.Length;
        var bare = rest[..end].ToString();
        rest = rest[end..].TrimStart(' ');
        kind = bare is "true" or "false" ? ValueKind.Flag : ValueKind.Number;
        if (kind == ValueKind.Number
            && !(double.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && char.IsAsciiDigit(bare[^1]) && bare[0] != '+'))
        {
            reason = bare.Length == 0 ? "a value is missing" : $"write `'{bare}'` for a text; the other values are numbers, `true` and `false`";
        }

        return bare;
    }

    // Tailscale's own examples write the words in capitals and, once, in small letters.
    private static bool TakeWords(ref ReadOnlySpan<char> rest, string first, string? second)
    {
        var left = rest;
        if (!TakeWord(ref left, first) || (second is not null && !TakeWord(ref left, second)))
        {
            return false;
        }

        rest = left;
        return true;
    }

    private static bool TakeWord(ref ReadOnlySpan<char> rest, string word)
    {
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || (rest.Length > word.Length && rest[word.Length] is not (' ' or '[')))
        {
            return false;
        }

        rest = rest[word.Length..].TrimStart(' ');
        return true;
    }

    private enum ValueKind
    {
        Text,
        Number,
        Flag,
    }
}
