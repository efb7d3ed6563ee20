using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary>How the differences are printed.</summary>
internal enum DiffFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For a comment on a pull request.</summary>
    Markdown,

    /// <summary>For programs.</summary>
    Json,
}

/// <summary>What makes <c>policyc diff</c> fail.</summary>
internal enum DiffFailure
{
    /// <summary>Nothing.</summary>
    Never,

    /// <summary>Somebody gains something, or a guard is weaker.</summary>
    Wider,

    /// <summary>Somebody loses something.</summary>
    Narrower,

    /// <summary>A guard is weaker.</summary>
    WeakerGuard,

    /// <summary>Any of these.</summary>
    Any,
}

/// <summary>What <c>policyc diff</c> is asked for.</summary>
/// <param name="Operands">What is compared, as it was written.</param>
/// <param name="FailOn">What makes it fail.</param>
/// <param name="AsOf">The day to compile both for; absent for today, UTC.</param>
/// <param name="Format">How the differences are printed.</param>
/// <param name="Color">When to colour.</param>
internal sealed record DiffArguments(ImmutableArray<string> Operands, DiffFailure FailOn, DateOnly? AsOf, DiffFormat Format, ColorMode Color)
{
    /// <summary>Which artefacts the policy is compared with, if any.</summary>
    public ArtefactArguments Artefacts { get; init; } = ArtefactArguments.None;
}
