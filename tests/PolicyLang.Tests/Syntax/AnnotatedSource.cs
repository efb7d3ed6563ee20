using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Tests.Syntax;

/// <summary>
/// A source text with its diagnostics written into it: <c>⟦code|the place⟧</c> around each place, and below the text a line
/// <c>&gt; message / help</c> for each, in source order.
/// </summary>
internal static class AnnotatedSource
{
    private const char Open = '⟦';
    private const char Middle = '|';
    private const char Close = '⟧';

    /// <summary>The text without what was written into it.</summary>
    public static string Strip(string annotated)
    {
        var text = new StringBuilder();
        foreach (var line in annotated.Split('\n'))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                break;
            }

            var rest = line;
            for (var open = rest.IndexOf(Open); open >= 0; open = rest.IndexOf(Open))
            {
                var middle = rest.IndexOf(Middle, open);
                text.Append(rest, 0, open);
                rest = rest[(middle + 1)..];
            }

            text.Append(rest).Append('\n');
        }

        return text.Replace(Close.ToString(), "").ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>Writes diagnostics into a text.</summary>
    public static string Annotate(string text, IReadOnlyList<Diagnostic> diagnostics)
    {
        var result = new StringBuilder(text);
        foreach (var diagnostic in diagnostics.OrderByDescending(d => d.Location?.Span.Start))
        {
            var span = diagnostic.Location?.Span ?? default;
            result.Insert(span.End, Close).Insert(span.Start, $"{Open}{diagnostic.Code}{Middle}");
        }

        foreach (var diagnostic in diagnostics)
        {
            result.Append("> ").Append(diagnostic.Message).Append(diagnostic.Help is null ? "" : " / " + diagnostic.Help).Append('\n');
        }

        return result.ToString();
    }
}
