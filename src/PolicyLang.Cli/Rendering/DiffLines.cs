using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Rendering;

/// <summary>Prints unified diffs, coloured.</summary>
internal static class DiffLines
{
    /// <summary>Prints the diff of a change.</summary>
    public static void Write(OutputChange change, TextStyle style, TextWriter output)
    {
        foreach (var line in UnifiedDiff.Write(change))
        {
            var text = TerminalText.Escape(line);
            output.WriteLine(line switch
            {
                ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] => style.Strong(text),
                ['@', '@', ..] => style.Note(text),
                ['+', ..] => style.Added(text),
                ['-', ..] => style.Removed(text),
                _ => text,
            });
        }
    }
}
