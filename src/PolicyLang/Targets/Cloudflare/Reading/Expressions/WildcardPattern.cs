namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>A text with <c>*</c> for any number of bytes; <c>\*</c> and <c>\\</c> stand for themselves.</summary>
internal sealed class WildcardPattern
{
    private const char Any = '\uFFFF';

    private readonly string _units;

    private WildcardPattern(string units) => _units = units;

    /// <summary>The pattern, or nothing when an escape is none, or when two stars follow each other.</summary>
    public static WildcardPattern? Parse(string bytes)
    {
        var units = new char[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var unit = bytes[i];
            if (unit == '*')
            {
                if (length > 0 && units[length - 1] == Any)
                {
                    return null;
                }

                unit = Any;
            }
            else if (unit == '\\')
            {
                i++;
                if (i == bytes.Length || bytes[i] is not ('*' or '\\'))
                {
                    return null;
                }

                unit = bytes[i];
            }

            units[length++] = unit;
        }

        return new WildcardPattern(new string(units, 0, length));
    }

    public bool IsMatch(string bytes, bool isStrict)
    {
        var (at, unit, star, retry) = (0, 0, -1, 0);
        while (at < bytes.Length)
        {
            if (unit < _units.Length && _units[unit] == Any)
            {
                (star, retry) = (unit++, at);
            }
            else if (unit < _units.Length && AreEqual(_units[unit], bytes[at], isStrict))
            {
                unit++;
                at++;
            }
            else if (star >= 0)
            {
                unit = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (unit < _units.Length && _units[unit] == Any)
        {
            unit++;
        }

        return unit == _units.Length;
    }

    private static bool AreEqual(char a, char b, bool isStrict) => isStrict ? a == b : ByteStrings.ToLowerAscii(a) == ByteStrings.ToLowerAscii(b);
}
