using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>The document that all commands write their findings as; it obeys <c>schemas/diagnostics.schema.json</c>.</summary>
internal sealed class JsonFindings : IFindingReport
{
    /// <inheritdoc/>
    public void Write(ImmutableArray<Diagnostic> findings, TextWriter output) => JsonReport.Write(findings, null, withDiffs: false, output);
}
