using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>A way to write findings.</summary>
internal interface IFindingReport
{
    /// <summary>Writes findings.</summary>
    /// <param name="findings">The findings, sorted.</param>
    /// <param name="output">Where to write.</param>
    void Write(ImmutableArray<Diagnostic> findings, TextWriter output);
}
