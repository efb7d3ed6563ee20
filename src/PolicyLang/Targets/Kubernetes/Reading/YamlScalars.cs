using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// Says what a plain scalar is to the YAML 1.1 library that kubectl, kustomize and the API server use (go-yaml v2, resolve.go, behind sigs.k8s.io/yaml):
/// <c>y</c> and <c>on</c> are booleans, <c>007</c> and <c>1_000</c> are numbers, and dates and numbers to base 60 stay texts.
/// </summary>
internal static class YamlScalars
{
    private static readonly FrozenDictionary<string, ManifestScalarKind> Words = new Dictionary<string, ManifestScalarKind>(StringComparer.Ordinal)
    {
        ["y"] = ManifestScalarKind.Boolean,
        ["Y"] = ManifestScalarKind.Boolean,
        ["yes"] = ManifestScalarKind.Boolean,
        ["Yes"] = ManifestScalarKind.Boolean,
        ["YES"] = ManifestScalarKind.Boolean,
        ["true"] = ManifestScalarKind.Boolean,
        ["True"] = ManifestScalarKind.Boolean,
        ["TRUE"] = ManifestScalarKind.Boolean,
        ["on"] = ManifestScalarKind.Boolean,
        ["On"] = ManifestScalarKind.Boolean,
        ["ON"] = ManifestScalarKind.Boolean,
        ["n"] = ManifestScalarKind.Boolean,
        ["N"] = ManifestScalarKind.Boolean,
        ["no"] = ManifestScalarKind.Boolean,
        ["No"] = ManifestScalarKind.Boolean,
        ["NO"] = ManifestScalarKind.Boolean,
        ["false"] = ManifestScalarKind.Boolean,
        ["False"] = ManifestScalarKind.Boolean,
        ["FALSE"] = ManifestScalarKind.Boolean,
        ["off"] = ManifestScalarKind.Boolean,
        ["Off"] = ManifestScalarKind.Boolean,
        ["OFF"] = ManifestScalarKind.Boolean,
        [""] = ManifestScalarKind.Null,
        ["~"] = ManifestScalarKind.Null,
        ["null"] = ManifestScalarKind.Null,
        ["Null"] = ManifestScalarKind.Null,
        ["NULL"] = ManifestScalarKind.Null,
        [".nan"] = ManifestScalarKind.Number,
        [".NaN"] = ManifestScalarKind.Number,
        [".NAN"] = ManifestScalarKind.Number,
        [".inf"] = ManifestScalarKind.Number,
        [".Inf"] = ManifestScalarKind.Number,
        [".INF"] = ManifestScalarKind.Number,
        ["+.inf"] = ManifestScalarKind.Number,
        ["+.Inf"] = ManifestScalarKind.Number,
        ["+.INF"] = ManifestScalarKind.Number,
        ["-.inf"] = ManifestScalarKind.Number,
        ["-.Inf"] = ManifestScalarKind.Number,
        ["-.INF"] = ManifestScalarKind.Number,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a plain scalar is.</summary>
    public static ManifestScalarKind KindOf(string text)
    {
        if (Words.TryGetValue(text, out var kind))
        {
            return kind;
        }

        return text[0] switch
        {
            '.' => IsGoFloat(text) ? ManifestScalarKind.Number : ManifestScalarKind.Text,
            '+' or '-' or (>= '0' and <= '9') => IsNumber(text.Replace("_", "", StringComparison.Ordinal)) ? ManifestScalarKind.Number : ManifestScalarKind.Text,
            _ => ManifestScalarKind.Text,
        };
    }

    /// <summary>The text that a key becomes, since JSON knows only texts as keys; nothing for a key that is refused.</summary>
    public static string? KeyText(string text) => KindOf(text) switch
    {
        ManifestScalarKind.Boolean => text[0] is 'y' or 'Y' or 't' or 'T' || text is "on" or "On" or "ON" ? "true" : "false",
        ManifestScalarKind.Null => null,
        _ => text,
    };

    private static bool IsNumber(string text) => IsInteger(text) || IsYamlFloat(text);

    // strconv.ParseInt and ParseUint with base 0, after underscores went.
    private static bool IsInteger(string text)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        var hasSign = isNegative || (text.Length > 0 && text[0] == '+');
        var digits = text.AsSpan(hasSign ? 1 : 0);
        var (start, style) = digits switch
        {
            ['0', 'x' or 'X', ..] => (2, 16),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', 'o' or 'O', ..] => (2, 8),
            ['0', _, ..] => (1, 8),
            _ => (0, 10),
        };
        digits = digits[start..];
        if (digits.IsEmpty || digits.Length > 70)
        {
            return false;
        }

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : style;
            if (digit >= style)
            {
                return false;
            }

            value = (value * style) + digit;
        }

        return hasSign ? value <= (isNegative ? (BigInteger)long.MaxValue + 1 : long.MaxValue) : value <= ulong.MaxValue;
    }

    // ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$, and a value that a double holds.
    private static bool IsYamlFloat(string text)
    {
        var rest = text.AsSpan();
        rest = rest.IsEmpty || rest[0] is not ('-' or '+') ? rest : rest[1..];
        var whole = DigitsIn(ref rest);
        var fraction = 0;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = DigitsIn(ref rest);
            if (whole == 0 && fraction == 0)
            {
                return false;
            }
        }

        if (whole == 0 && fraction == 0)
        {
            return false;
        }

        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            rest = rest.IsEmpty || rest[0] is not ('-' or '+') ? rest : rest[1..];
            if (DigitsIn(ref rest) == 0)
            {
                return false;
            }
        }

        return rest.IsEmpty && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
    }

    // strconv.ParseFloat of a text that begins with a point.
    private static bool IsGoFloat(string text)
    {
        // An underscore is taken by ParseFloat only with a base prefix, which cannot follow a point.
        return !text.Contains('_', StringComparison.Ordinal) && IsYamlFloat(text);
    }

    private static int DigitsIn(ref ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        text = text[count..];
        return count;
    }
}
