using PolicyLang.Diagnostics;

namespace PolicyLang.Formatting;

/// <summary>Formats a file as its name asks for.</summary>
public static class FileFormatter
{
    /// <summary>The end of the name of a policy file.</summary>
    public const string PolicyExtension = ".policy";

    /// <summary>The end of the name of a HuJSON file.</summary>
    public const string HuJsonExtension = ".hujson";

    /// <summary>Whether a file of that name can be formatted.</summary>
    public static bool Knows(string path) => IsPolicy(path) || path.EndsWith(HuJsonExtension, StringComparison.Ordinal);

    /// <summary>Whether a file of that name is a policy file.</summary>
    public static bool IsPolicy(string path) => path.EndsWith(PolicyExtension, StringComparison.Ordinal);

    /// <summary>Formats a file. Pure, and never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static FormattedText Format(SourceText source, CancellationToken cancellation = default)
        => IsPolicy(source.Path) ? PolicyFormatter.Format(source, cancellation)
            : Knows(source.Path) ? HuJsonFileFormatter.Format(source, cancellation)
            : FormattedText.Refused(new Diagnostic(FormattingDiagnostics.UnknownKind, $"`{source.Path}` is neither a `{PolicyExtension}` nor a `{HuJsonExtension}` file", null));
}
