using PolicyLang.Diagnostics;

namespace PolicyLang.Formatting;

/// <summary>The diagnostics of the formatter.</summary>
public static class FormattingDiagnostics
{
    /// <summary>A file in another layout.</summary>
    public static readonly DiagnosticDescriptor NotFormatted = new("not-formatted", DiagnosticSeverity.Error, "a file is not in the layout that `policyc fmt` gives it");

    /// <summary>The formatter's own check failed.</summary>
    public static readonly DiagnosticDescriptor NotSafe = new("format-not-safe", DiagnosticSeverity.Error, "formatting would have changed what a file says, so it was left alone; this is a defect of policyc");

    /// <summary>A tailnet policy file that cannot be read.</summary>
    public static readonly DiagnosticDescriptor HuJsonSyntax = new("hujson-syntax", DiagnosticSeverity.Error, "a file is no HuJSON (JSON with comments and trailing commas)");

    /// <summary>A file of another kind.</summary>
    public static readonly DiagnosticDescriptor UnknownKind = new("unknown-file-kind", DiagnosticSeverity.Error, "a file is neither a policy nor HuJSON, by its name");

    /// <summary>A file that could not be replaced.</summary>
    public static readonly DiagnosticDescriptor NotWritten = new("file-not-written", DiagnosticSeverity.Error, "a file could not be rewritten and is as it was");
}
