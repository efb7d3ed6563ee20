using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Building;

/// <summary>The diagnostics of the build command.</summary>
internal static class BuildDiagnostics
{
    /// <summary>The outputs still give what a rule gave until its last day.</summary>
    public static readonly DiagnosticDescriptor ExpiredAccess = new("expired-access", DiagnosticSeverity.Error, "the outputs on disk still give the access of a rule whose last day is over");
}
