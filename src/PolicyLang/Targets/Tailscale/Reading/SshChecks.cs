using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Why the control plane refuses a rule of Tailscale SSH.</summary>
internal static class SshChecks
{
    private const string LocalPart = "localpart:*@";
    private static readonly TimeSpan GreatestCheckPeriod = TimeSpan.FromHours(168);

    public static void Check(TailnetFile file, Selectors selectors, TailnetTopology? topology)
    {
        foreach (var rule in file.Ssh)
        {
            CheckAction(file, rule);
            CheckUsers(file, rule, topology);
            CheckEnds(file, rule, selectors, topology);
        }
    }

    /// <summary>The reason against a domain that is not the tailnet's. Upper-case letters end in the name of another kind of login, as recorded.</summary>
    public static string ForeignDomain(string domain)
        => $"{(domain.AsSpan().ContainsAnyInRange('A', 'Z') ? "PASSKEY" : domain)} is not associated with this Tailnet and cannot be used in user:*@<domain> expressions";

    private static void CheckAction(TailnetFile file, SshRule rule)
    {
        var action = rule.Action.Text.Trim();
        if (action.Length == 0)
        {
            file.Refuse("action must be specified", rule.Action.Offset);
        }
        else if (action is not ("accept" or "check"))
        {
            file.Refuse($"\"{action}\" is not a valid action", rule.Action.Offset);
        }

        if (rule.CheckPeriod is not { } period || string.Equals(period.Text, "always", StringComparison.Ordinal))
        {
            return;
        }

        if (GoDuration.TryParse(period.Text) is not { } duration)
        {
            file.Refuse($"time: invalid duration \"{period.Text}\"", period.Offset);
        }
        else if (duration <= TimeSpan.Zero)
        {
            file.Refuse($"checkPeriod {GoDuration.Format(duration)} must be a positive duration", period.Offset);
        }
        else if (duration > GreatestCheckPeriod)
        {
            file.Refuse($"checkPeriod {GoDuration.Format(duration)} is above the max (168h)", period.Offset);
        }
    }

    private static void CheckUsers(TailnetFile file, SshRule rule, TailnetTopology? topology)
    {
        if (rule.Users.IsEmpty)
        {
            file.Refuse("users must be specified", rule.Offset);
        }

        foreach (var user in rule.Users)
        {
            if (user.Text is "" or "*")
            {
                file.Refuse($"user \"{user.Text}\" is not valid", user.Offset);
            }
            else if (user.Text.StartsWith(LocalPart, StringComparison.Ordinal) && topology is not null && !topology.Domains.Contains(user.Text[LocalPart.Length..]))
            {
                file.Refuse(ForeignDomain(user.Text[LocalPart.Length..]), user.Offset);
            }
        }

        foreach (var variable in rule.AcceptEnv)
        {
            if (variable.Text.Length == 0)
            {
                file.Refuse("acceptEnv values cannot be empty", variable.Offset);
            }
        }
    }

    private static void CheckEnds(TailnetFile file, SshRule rule, Selectors selectors, TailnetTopology? topology)
    {
        foreach (var src in rule.Sources)
        {
            var selector = selectors[src.Text.Trim()];
            if (selector.Kind == SelectorKind.UserDomain && topology is not null && !topology.Domains.Contains(selector.Text[Selector.DomainPrefix.Length..]))
            {
                file.Refuse($"[ssh] {ForeignDomain(selector.Text[Selector.DomainPrefix.Length..])}", src.Offset);
            }
            else if (selector.Kind == SelectorKind.Tag && !selector.IsDefined)
            {
                file.Refuse($"src=tag not found: \"{selector.Text}\"", src.Offset);
            }
        }

        foreach (var dst in rule.Destinations)
        {
            var selector = selectors[dst.Text.Trim()];
            if (selector.Range is { IsSingle: false })
            {
                file.Refuse($"invalid dst \"{dst.Text}\"", dst.Offset);
            }
            else if (selector.Kind == SelectorKind.Tag && !selector.IsDefined)
            {
                file.Refuse($"tag not found: \"{selector.Text}\"", dst.Offset);
            }
        }
    }
}

/// <summary>Durations as Go writes them, such as <c>1h30m</c> (https://pkg.go.dev/time#ParseDuration).</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", 10), ("µs", 10), ("μs", 10), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static TimeSpan? TryParse(string text)
    {
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        rest = rest.StartsWith("-") || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest.SequenceEqual("0"))
        {
            return TimeSpan.Zero;
        }

        var ticks = 0.0;
        if (rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept(Digits);
            if (length <= 0 || !double.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[length..];
            var unitLength = rest.IndexOfAny(Digits);
            var unit = unitLength < 0 ? rest : rest[..unitLength];
            var factor = 0.0;
            foreach (var (name, unitTicks) in Units)
            {
                factor = unit.SequenceEqual(name) ? unitTicks : factor;
            }

            if (factor == 0)
            {
                return null;
            }

            ticks += number * factor;
            rest = rest[unit.Length..];
        }

        // Go counts nanoseconds in 63 bits: 292 years.
        return ticks * 100 < long.MaxValue ? TimeSpan.FromTicks((long)(isNegative ? -ticks : ticks)) : null;
    }

    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        if (duration < TimeSpan.Zero)
        {
            text.Append('-');
            duration = duration.Negate();
        }

        var hours = (long)duration.TotalHours;
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }

        if (hours > 0 || duration.Minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{duration.Minutes}m");
        }

        var seconds = duration.Seconds + ((duration.Ticks % TimeSpan.TicksPerSecond) / (decimal)TimeSpan.TicksPerSecond);
        return text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#########}s").ToString();
    }
}
