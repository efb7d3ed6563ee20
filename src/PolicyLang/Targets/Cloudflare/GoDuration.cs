using System.Globalization;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Durations as the Gateway API writes them: Go's format, in which a day is <c>24h0m0s</c>.</summary>
internal static class GoDuration
{
    private const long LongestSeconds = 365L * 24 * 3600;

    /// <summary>Reads whole hours, minutes and seconds such as <c>24h</c> or <c>1h30m</c>, and gives the spelling that the API stores.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="canonical">The stored spelling.</param>
    public static bool TryNormalize(string text, out string canonical)
    {
        canonical = "";
        var remainingUnits = "hms";
        long seconds = 0;
        var position = 0;
        while (position < text.Length)
        {
            var digits = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            var unit = position < text.Length ? remainingUnits.IndexOf(text[position], StringComparison.Ordinal) : -1;
            if (unit < 0 || !int.TryParse(text.AsSpan(digits, position - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            seconds += number * (text[position] switch { 'h' => 3600L, 'm' => 60L, _ => 1L });
            remainingUnits = remainingUnits[(unit + 1)..];
            position++;
        }

        if (seconds is 0 or > LongestSeconds)
        {
            return false;
        }

        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        canonical = hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}h{minutes}m{rest}s")
            : minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes}m{rest}s")
            : string.Create(CultureInfo.InvariantCulture, $"{rest}s");
        return true;
    }
}
