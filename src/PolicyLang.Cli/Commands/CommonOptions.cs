using System.CommandLine;
using System.Globalization;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary>Options that several commands take in one spelling.</summary>
internal static class CommonOptions
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary><c>--as-of DAY</c>.</summary>
    public static Option<string?> AsOf()
    {
        var asOf = new Option<string?>("--as-of") { HelpName = "YYYY-MM-DD", Description = "Take this day instead of today (UTC)" };
        asOf.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !DateOnly.TryParseExact(token.Value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"`--as-of` takes a day such as `2026-12-31`, not `{token.Value}`");
            }
        });
        return asOf;
    }

    /// <summary>The day of <c>--as-of</c>, or today.</summary>
    public static DateOnly DayOf(string? asOf, CliContext context)
        => asOf is null ? DayOf((DateOnly?)null, context) : DateOnly.ParseExact(asOf, DateFormat, CultureInfo.InvariantCulture);

    /// <summary>A day that was given, or today.</summary>
    public static DateOnly DayOf(DateOnly? asOf, CliContext context) => asOf ?? DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime);

    /// <summary><c>--color WHEN</c>.</summary>
    public static ChoiceOption Color() => new("--color", "auto", "always", "never") { Description = "When to colour; auto means on a terminal, unless NO_COLOR is set" };

    /// <summary>The mode of <c>--color</c>.</summary>
    public static ColorMode ModeOf(string? color) => color switch
    {
        "always" => ColorMode.Always,
        "never" => ColorMode.Never,
        _ => ColorMode.Auto,
    };
}
