using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Building;

/// <summary>The diagnostics of the build command.</summary>
internal static class BuildDiagnostics
{
    /// <summary>While a change is rolled out somebody has what neither the old outputs give nor the new ones.</summary>
    public static readonly DiagnosticDescriptor RolloutGain = new("rollout-gain", DiagnosticSeverity.Warning, "while systems take the new outputs one after the other, somebody has a right that neither the old outputs give nor the new ones");

    /// <summary>The outputs still give what a rule gave until its last day.</summary>
    public static readonly DiagnosticDescriptor ExpiredAccess = new("expired-access", DiagnosticSeverity.Error, "the outputs on disk still give the access of a rule whose last day is over");
}
