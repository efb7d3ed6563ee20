using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Formatting;

/// <summary>
/// Writes a policy file in the one layout of the language. Words, strings and comments stay as they are, and so does the order of everything but a rule's clauses.
/// </summary>
public static class PolicyFormatter
{
    /// <summary>Formats a policy file. Pure, and never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The text, read back and found to say the same; or the mistakes of the file, or why its text cannot be trusted.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static FormattedText Format(SourceText source, CancellationToken cancellation = default)
    {
        var before = ParsedFile.Read(source, cancellation);
        if (!before.Tree.Diagnostics.IsEmpty)
        {
            return FormattedText.Refused(before.Tree.Diagnostics);
        }

        var text = before.Layout(cancellation);
        return string.Equals(text, source.Text, StringComparison.Ordinal)
            ? FormattedText.Of(text)
            : Verify(before, text, cancellation);
    }

    /// <summary>Accepts a new text of a file only when it says the same and is in the layout already.</summary>
    internal static FormattedText Verify(SourceText source, string text, CancellationToken cancellation)
        => Verify(ParsedFile.Read(source, cancellation), text, cancellation);

    private static FormattedText Verify(ParsedFile before, string text, CancellationToken cancellation)
    {
        var source = before.Tokens.Source;
        var after = ParsedFile.Read(new SourceText(source.Path, text), cancellation);
        return !after.Tree.Diagnostics.IsEmpty ? FormattedText.Unsafe(source, $"has a mistake at {after.Tree.Diagnostics[0].Location}")
            : !SameSyntax.Compare(before.Tree, after.Tree) ? FormattedText.Unsafe(source, "does not say the same")
            : !SameSyntax.CompareTokens(before.Tokens, after.Tokens) ? FormattedText.Unsafe(source, "has other words or comments")
            : !string.Equals(after.Layout(cancellation), text, StringComparison.Ordinal) ? FormattedText.Unsafe(source, "would be formatted again in another way")
            : FormattedText.Of(text);
    }

    private sealed record ParsedFile(PolicyTokens Tokens, SyntaxTree Tree)
    {
        public static ParsedFile Read(SourceText source, CancellationToken cancellation)
        {
            var tokens = PolicyTokens.Read(source, cancellation);
            return new ParsedFile(tokens, SyntaxTree.Parse(tokens, cancellation));
        }

        public string Layout(CancellationToken cancellation) => LayoutWriter.Write(LayoutTokens.Read(Tokens, Tree), cancellation);
    }
}
