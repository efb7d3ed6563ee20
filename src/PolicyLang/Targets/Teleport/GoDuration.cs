using System.Globalization;

namespace PolicyLang.Targets.Teleport;

/// <summary>Durations as the Go language writes them (Go documentation, package time): <c>8h0m0s</c>.</summary>
internal static class GoDuration
{
    /// <summary>Reads whole hours, minutes and seconds such as <c>8h</c>, <c>1h30m</c> or <c>90s</c>, largest unit first, each at most once.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        long seconds = 0;
        var lastUnit = long.MaxValue;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var unit = text[i] switch { 'h' => 3600L, 'm' => 60L, 's' => 1L, _ => 0L };
            if (unit == 0 || unit >= lastUnit || i == start || i - start > 6)
            {
                return false;
            }

            seconds += unit * long.Parse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture);
            lastUnit = unit;
            start = i + 1;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return text.Length > 0 && start == text.Length;
    }

    /// <summary>The text that Go itself prints for a duration of at least a minute.</summary>
    public static string Format(TimeSpan duration)
    {
        var hours = (long)duration.TotalHours;
        return hours > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hours}h{duration.Minutes}m{duration.Seconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m{duration.Seconds}s");
    }
}
