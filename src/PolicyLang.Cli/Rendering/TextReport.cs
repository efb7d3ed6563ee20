using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes diagnostics for people: code frames with the reason and what to do.</summary>
/// <param name="style">Colours.</param>
/// <param name="width">The width of the terminal in columns.</param>
internal sealed class TextReport(TextStyle style, int width) : IFindingReport
{
    private const int MostDiagnostics = 200;
    private const int GutterWidth = 10;
    private const int WidestFrame = 160;

    private readonly CodeFrame _frame = new(style, Math.Min(width, WidestFrame) - GutterWidth);

    /// <summary>Writes diagnostics and a line with their numbers; nothing when there are none.</summary>
    public void Write(ImmutableArray<Diagnostic> diagnostics, TextWriter output)
    {
        // A list of files with one remedy says it once.
        string? lastHelp = null;
        foreach (var diagnostic in diagnostics.Take(MostDiagnostics))
        {
            var isBlock = diagnostic.Location is not null || !diagnostic.Related.IsEmpty;
            var showsHelp = isBlock || !string.Equals(diagnostic.Help, lastHelp, StringComparison.Ordinal);
            Write(showsHelp ? diagnostic : diagnostic with { Help = null }, output);
            lastHelp = isBlock ? null : diagnostic.Help;
            if (isBlock)
            {
                output.WriteLine();
            }
        }

        if (diagnostics.Length > MostDiagnostics)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {diagnostics.Length - MostDiagnostics} more"));
        }

        if (!diagnostics.IsEmpty)
        {
            output.WriteLine(style.Strong(Summarize(diagnostics)));
        }
    }

    /// <summary>The numbers of errors, warnings and notes: <c>3 errors, 1 warning</c>.</summary>
    public static string Summarize(ImmutableArray<Diagnostic> diagnostics)
    {
        var parts = new List<string>();
        AddCount(parts, diagnostics, DiagnosticSeverity.Error, "error");
        AddCount(parts, diagnostics, DiagnosticSeverity.Warning, "warning");
        AddCount(parts, diagnostics, DiagnosticSeverity.Info, "note");
        return string.Join(", ", parts);
    }

    private static void AddCount(List<string> parts, ImmutableArray<Diagnostic> diagnostics, DiagnosticSeverity severity, string noun)
    {
        var count = diagnostics.Count(diagnostic => diagnostic.Severity == severity);
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}"));
        }
    }

    private void Write(Diagnostic diagnostic, TextWriter output)
    {
        var (word, paint) = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => ("error", (Func<string, string>)style.Error),
            DiagnosticSeverity.Warning => ("warning", style.Warning),
            _ => ("note", style.Note),
        };
        output.WriteLine(paint($"{word}[{diagnostic.Code}]") + style.Strong($": {TerminalText.Escape(diagnostic.Message)}"));
        if (diagnostic.Location is { } location)
        {
            _frame.Write(location, paint, output);
        }

        foreach (var related in diagnostic.Related)
        {
            output.WriteLine(style.Note("note") + $": {TerminalText.Escape(related.Message)}");
            _frame.Write(related.Location, style.Note, output);
        }

        if (diagnostic.Help is { } help)
        {
            output.WriteLine(style.Note("help") + $": {TerminalText.Escape(help)}");
        }
    }
}
