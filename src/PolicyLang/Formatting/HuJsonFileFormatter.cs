using PolicyLang.Diagnostics;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Formatting;

/// <summary>Writes a HuJSON file, such as a tailnet policy file, in the layout of Tailscale's own tools, byte for byte.</summary>
public static class HuJsonFileFormatter
{
    /// <summary>Formats a HuJSON file. Pure, and never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The text, read back and found to hold the same data; or the mistake of the file, or why its text cannot be trusted.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static FormattedText Format(SourceText source, CancellationToken cancellation = default)
    {
        HuJsonValue before;
        try
        {
            before = HuJsonParser.Parse(source.Text);
        }
        catch (HuJsonException exception)
        {
            var start = Math.Min(exception.Offset, source.Text.Length);
            return FormattedText.Refused(new Diagnostic(
                FormattingDiagnostics.HuJsonSyntax,
                $"this is no HuJSON: {exception.Message}",
                new SourceLocation(source, new TextSpan(start, start < source.Text.Length ? 1 : 0))));
        }

        var text = HuJsonFormatter.Format(before, cancellation);
        return string.Equals(text, source.Text, StringComparison.Ordinal) ? FormattedText.Of(text) : Verify(source, before, text, cancellation);
    }

    private static FormattedText Verify(SourceText source, HuJsonValue before, string text, CancellationToken cancellation)
    {
        HuJsonValue after;
        try
        {
            after = HuJsonParser.Parse(text);
        }
        catch (HuJsonException exception)
        {
            return FormattedText.Unsafe(source, $"is no HuJSON: {exception.Message}");
        }

        return !Same(before, after) ? FormattedText.Unsafe(source, "does not say the same")
            : !string.Equals(HuJsonFormatter.Format(after, cancellation), text, StringComparison.Ordinal) ? FormattedText.Unsafe(source, "would be formatted again in another way")
            : FormattedText.Of(text);
    }

    private static bool Same(HuJsonValue first, HuJsonValue second) => (first.Body, second.Body) switch
    {
        (HuJsonLiteral a, HuJsonLiteral b) => a.IsText == b.IsText && string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (HuJsonArray a, HuJsonArray b) => a.Count == b.Count && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
        (HuJsonObject a, HuJsonObject b) => a.Count == b.Count
            && a.Members.Zip(b.Members).All(pair => string.Equals(pair.First.Key, pair.Second.Key, StringComparison.Ordinal) && Same(pair.First.Value, pair.Second.Value)),
        _ => false,
    };
}
