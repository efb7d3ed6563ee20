using PolicyLang.Diagnostics;

namespace PolicyLang.Tests.Support;

/// <summary>Findings as short lines: <c>line:column code [text at the place]</c>.</summary>
internal static class Findings
{
    public static string[] Lines(this DiagnosticBag diagnostics) => [.. diagnostics.ToSortedArray().Select(Line)];

    public static string Line(Diagnostic diagnostic)
    {
        if (diagnostic.Location is not { } location)
        {
            return $"- {diagnostic.Code}";
        }

        var (line, column) = location.Source.GetLineAndColumn(location.Span.Start);
        return FormattableString.Invariant($"{line + 1}:{column + 1} {diagnostic.Code} [{location.Text}]");
    }
}
