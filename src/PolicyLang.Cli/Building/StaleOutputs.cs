using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Building;

/// <summary>Says why outputs on disk are not those of the policy.</summary>
internal static class StaleOutputs
{
    // Each day costs a compilation; beyond this, outputs have not been rebuilt for so long that the plain list says enough.
    private const int MostDays = 50;

    private const string Help = "run `policyc build` and commit the result";

    /// <summary>One diagnostic a file.</summary>
    public static void Report(ImmutableArray<OutputChange> changes, DiagnosticBag diagnostics)
    {
        foreach (var change in changes)
        {
            var (descriptor, message) = change.Kind switch
            {
                OutputChangeKind.Create => (OutputDiagnostics.Missing, $"`{change.Path}` is missing"),
                OutputChangeKind.Update => (OutputDiagnostics.Stale, $"`{change.Path}` differs from what the policy compiles to"),
                _ => (OutputDiagnostics.Extra, $"`{change.Path}` is left over: the policy does not compile to it any more"),
            };
            diagnostics.Report(descriptor, null, message, Help);
        }
    }

    /// <summary>
    /// The rules that explain the difference, if ended rules are all there is to it: as of an earlier day, which was the last day of some of them, the policy compiles to
    /// exactly what is on disk. Nothing when there is another difference.
    /// </summary>
    /// <param name="expired">The rules that have ended.</param>
    /// <param name="isUpToDateAsOf">Whether the outputs on disk are those of the policy as of a day.</param>
    public static ImmutableArray<Access.AllowRule> FindExpired(ImmutableArray<Access.AllowRule> expired, Func<DateOnly, bool> isUpToDateAsOf)
    {
        foreach (var day in expired.Select(rule => rule.Until).OfType<DateOnly>().Distinct().OrderDescending().Take(MostDays))
        {
            if (isUpToDateAsOf(day))
            {
                return [.. expired.Where(rule => rule.Until >= day)];
            }
        }

        return [];
    }

    /// <summary>One diagnostic a rule.</summary>
    public static void ReportExpired(ImmutableArray<Access.AllowRule> rules, DiagnosticBag diagnostics)
    {
        foreach (var rule in rules)
        {
            diagnostics.Report(
                BuildDiagnostics.ExpiredAccess,
                rule.Location,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"this rule ended with {rule.Until:yyyy-MM-dd}, and the outputs on disk still give its access"),
                Help);
        }
    }
}
