using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>A place as programs count: lines and columns from one, columns in UTF-16 units, the end behind the last one.</summary>
/// <param name="Path">The file, with forward slashes.</param>
/// <param name="StartLine">The first line.</param>
/// <param name="StartColumn">The first column.</param>
/// <param name="EndLine">The last line.</param>
/// <param name="EndColumn">The column behind the last one.</param>
internal readonly record struct FindingPlace(string Path, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The place of a location.</summary>
    public static FindingPlace Of(SourceLocation location)
    {
        var (startLine, startColumn) = location.Source.GetLineAndColumn(location.Span.Start);
        var (endLine, endColumn) = location.Source.GetLineAndColumn(location.Span.End);
        return new FindingPlace(location.Source.Path, startLine + 1, startColumn + 1, endLine + 1, endColumn + 1);
    }
}
