using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Rendering;

/// <summary>Prints changes of files as a unified diff.</summary>
internal static class DiffLines
{
    /// <summary>Prints changes.</summary>
    public static void Write(IEnumerable<OutputChange> changes, TextStyle style, TextWriter output)
    {
        foreach (var line in changes.SelectMany(UnifiedDiff.Write))
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
