using System.Buffers;

namespace PolicyLang.Data;

/// <summary>
/// Values without quotes that not every reader takes for the same thing. The forms are those of the YAML 1.1 types <c>bool</c>, <c>int</c>,
/// <c>float</c> and <c>null</c> and of the YAML 1.2 core schema; what both read alike, and as the text that stands there, is fine:
/// <c>true</c>, <c>false</c>, decimal numbers without a leading zero.
/// </summary>
internal static class PlainScalars
{
    private static readonly SearchValues<string> Nulls = SearchValues.Create(["null", "~"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Booleans = SearchValues.Create(["y", "n", "yes", "no", "on", "off", "true", "false"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> SexagesimalCharacters = SearchValues.Create("0123456789:_.");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789_.eE+-");
    private static readonly SearchValues<char> HexadecimalCharacters = SearchValues.Create("0123456789abcdefABCDEF_");
    private static readonly SearchValues<char> OctalCharacters = SearchValues.Create("01234567_");
    private static readonly SearchValues<char> BinaryCharacters = SearchValues.Create("01_");

    /// <summary>What is wrong with a plain value, to follow "without quotes is", or nothing.</summary>
    public static string? ProblemOf(string text)
    {
        if (text.Length == 0 || Nulls.Contains(text))
        {
            return "no value at all to YAML readers";
        }

        if (text is "true" or "false")
        {
            return null;
        }

        if (Booleans.Contains(text))
        {
            return "true or false to some YAML readers and a text to others";
        }

        return IsDoubtfulNumber(text) ? "a number to some YAML readers, and not the same one to all" : null;
    }

    /// <summary>What to do about it.</summary>
    public static string HelpFor(string text)
        => Booleans.Contains(text)
            ? $"quote it, `\"{text}\"`, if it is a text; write `true` or `false` if it is a flag"
            : Nulls.Contains(text) ? $"quote it, `\"{text}\"`, if it is a text; leave the key out if there is no value"
            : $"quote it, `\"{text}\"`, if it is a text; write a plain decimal number if it is a number";

    private static bool IsDoubtfulNumber(string text)
    {
        var signed = text[0] is '+' or '-';
        var digits = signed ? text.AsSpan(1) : text;
        if (digits.IsEmpty || (!char.IsAsciiDigit(digits[0]) && digits[0] != '.'))
        {
            return false;
        }

        if (digits.Equals(".inf", StringComparison.OrdinalIgnoreCase) || digits.Equals(".nan", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (digits.Length > 2 && digits[0] == '0' && char.IsAsciiLetter(digits[1]) && digits[1] is not ('e' or 'E'))
        {
            return digits[1] switch
            {
                'x' or 'X' => !digits[2..].ContainsAnyExcept(HexadecimalCharacters),
                'o' or 'O' => !digits[2..].ContainsAnyExcept(OctalCharacters),
                'b' or 'B' => !digits[2..].ContainsAnyExcept(BinaryCharacters),
                _ => false,
            };
        }

        if (digits.Contains(':'))
        {
            return char.IsAsciiDigit(digits[0]) && !digits.ContainsAnyExcept(SexagesimalCharacters) && !digits.Contains("::", StringComparison.Ordinal) && digits[^1] != ':';
        }

        if (digits.ContainsAnyExcept(NumberCharacters) || !digits.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        // Several points (addresses, versions) and several dashes (dates) are no number to anybody who resolves numbers.
        if (digits.Count('.') > 1 || !HasNumberShape(digits))
        {
            return false;
        }

        return text[0] == '+' || !IsPlainDecimal(digits);
    }

    private static bool IsPlainDecimal(ReadOnlySpan<char> digits)
    {
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        return !whole.IsEmpty && !fraction.IsEmpty
            && !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9')
            && (whole.Length == 1 || whole[0] != '0');
    }

    // Digits, underscores and a point, then perhaps an exponent with a sign and digits.
    private static bool HasNumberShape(ReadOnlySpan<char> digits)
    {
        var exponent = digits.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? digits : digits[..exponent];
        if (mantissa.ContainsAny('+', '-') || !mantissa.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        if (exponent < 0)
        {
            return true;
        }

        var power = digits[(exponent + 1)..];
        power = !power.IsEmpty && power[0] is '+' or '-' ? power[1..] : power;
        return !power.IsEmpty && !power.ContainsAnyExceptInRange('0', '9');
    }
}
