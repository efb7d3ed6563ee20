using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>Says in plain words what a YAML parser found wrong.</summary>
internal static class YamlSyntaxErrors
{
    // What the parser's message holds, what it means to people, and what to do.
    private static readonly (string Needle, string Message, string Help)[] Meanings =
    [
        ("unexpected end of stream", "the quote that begins here has no end", "close it, on the same line if it is short"),
        ("unexpected document indicator", "the quote that begins here has no end", "close it, on the same line if it is short"),
        ("unknown escape character", "this text holds a backslash that begins no known escape", "write `\\\\` for a backslash, or use single quotes"),
        ("invalid Unicode", "this text holds an escape that is no character", "write the character itself"),
        ("found invalid mapping", "a `:` with a space makes a second key here", "put a text that holds `: ` in quotes, and a nested block on its own line"),
        ("mapping values are not allowed", "a `:` makes a key where none can stand", "put a text that holds `: ` in quotes, and check the indentation"),
        ("cannot start any token", "a value cannot begin with this character", "put the text in quotes"),
        ("expected node content", "a value is missing here, or a bracket is not closed", "check brackets and commas near here"),
        ("expected ',' or ']'", "a list in brackets lacks a comma or its `]`", "check brackets and commas near here"),
        ("expected ',' or '}'", "a block in braces lacks a comma or its `}`", "check braces and commas near here"),
        ("expected key", "a line of a block does not begin with a key", "indent all keys of one block alike"),
        ("could not find expected ':'", "a key has no `:` behind it", "write `key: value`"),
        ("'-' indicator", "a list does not line up with its items", "indent all items of one list alike"),
        ("block sequence entries are not allowed", "a list cannot begin here", "put each item on a line of its own"),
    ];

    /// <summary>Reports an error.</summary>
    /// <param name="parserMessage">What the parser says.</param>
    /// <param name="at">Where the parser says it is.</param>
    /// <param name="source">The file.</param>
    /// <param name="reached">The offset behind the last thing that was read.</param>
    /// <param name="diagnostics">Receives the error.</param>
    public static void Report(string parserMessage, int at, SourceText source, int reached, DiagnosticBag diagnostics)
    {
        if (parserMessage.Contains("tab", StringComparison.OrdinalIgnoreCase) && FindTab(source.Text, reached) is { } tab)
        {
            diagnostics.Report(DataDiagnostics.InvalidYaml, new SourceLocation(source, new TextSpan(tab, 1)), "a tab indents this line; YAML takes only spaces", "replace the tab by spaces");
            return;
        }

        var (_, message, help) = Array.Find(Meanings, m => parserMessage.Contains(m.Needle, StringComparison.OrdinalIgnoreCase));
        var start = Math.Clamp(at, 0, source.Text.Length);
        diagnostics.Report(
            DataDiagnostics.InvalidYaml,
            new SourceLocation(source, new TextSpan(start, start < source.Text.Length ? 1 : 0)),
            message ?? "this cannot be read as YAML",
            help ?? "check indentation, quotes and brackets near here");
    }

    // The parser reports a tab without saying where, so the first tab in an indentation behind the last thing read is meant.
    private static int? FindTab(string text, int reached)
    {
        for (var position = Math.Clamp(reached, 0, text.Length); position < text.Length; position++)
        {
            if (text[position] == '\t')
            {
                var line = text.LastIndexOf('\n', Math.Max(0, position - 1)) + 1;
                if (text.AsSpan(line, position - line).IsWhiteSpace())
                {
                    return position;
                }
            }
        }

        return null;
    }
}
