// Made from the code: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Building;

/// <summary>All kinds of diagnostics of this part of the program, in ordinal order of their codes.</summary>
internal static class CommandDiagnostics
{
    /// <summary>The kinds, each with the area of the program that reports it.</summary>
    public static ImmutableArray<(string Area, DiagnosticDescriptor Descriptor)> All =>
    [
        ("Outputs", PolicyLang.Cli.Building.BuildDiagnostics.ExpiredAccess),
        ("Outputs", PolicyLang.Cli.Building.BuildDiagnostics.RolloutGain),
    ];
}
