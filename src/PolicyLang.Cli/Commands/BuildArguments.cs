using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary>What <c>policyc build</c> is asked for.</summary>
/// <param name="Project">The project folder; absent for the one around the working directory.</param>
/// <param name="Check">Whether to compare with the outputs on disk and write nothing.</param>
/// <param name="DryRun">Whether to show the differences and write nothing.</param>
/// <param name="IgnoresExpired">Whether outputs that differ only because rules have ended are fine for <paramref name="Check"/>.</param>
/// <param name="Targets">The targets to show or write; empty for all.</param>
/// <param name="AllowsMixed">Whether some targets may be written while others are out of date.</param>
/// <param name="AsOf">The day to compile for; absent for today, UTC.</param>
/// <param name="Out">The output root that replaces the project's.</param>
/// <param name="Proves">Whether outputs are read back and compared with the policy before they are written.</param>
/// <param name="Quiet">Whether to leave out the closing line.</param>
/// <param name="Json">Whether findings are one JSON document.</param>
/// <param name="Color">When to colour.</param>
internal sealed record BuildArguments(
    string? Project,
    bool Check,
    bool DryRun,
    bool IgnoresExpired,
    ImmutableSortedSet<string> Targets,
    bool AllowsMixed,
    DateOnly? AsOf,
    string? Out,
    bool Proves,
    bool Quiet,
    bool Json,
    ColorMode Color);
