using PolicyLang.Diagnostics;

namespace PolicyLang.Formatting;

/// <summary>The diagnostics of the formatter.</summary>
public static class FormattingDiagnostics
{
    /// <summary>A file in another layout.</summary>
    public static readonly DiagnosticDescriptor NotFormatted = new("not-formatted", DiagnosticSeverity.Error, "a file is not in the layout that `policyc fmt` gives it")
    {
        Explanation =
            "`policyc fmt --check` asks whether files are in the one layout that `policyc fmt` gives them, so that reviews show changes of meaning and none of "
            + "taste. This file is in another layout; what it says is not affected. Run `policyc fmt` and commit the result.",
    };

    /// <summary>The formatter's own check failed.</summary>
    public static readonly DiagnosticDescriptor NotSafe = new("format-not-safe", DiagnosticSeverity.Error, "formatting would have changed what a file says, so it was left alone; this is a defect of policyc")
    {
        Explanation =
            "The formatter looks at its own result before it writes: a file must say the same as before, and a policy must give the same access. Here it would not, "
            + "so the file was left alone. This is a defect of policyc: please report it with the file.",
    };

    /// <summary>A tailnet policy file that cannot be read.</summary>
    public static readonly DiagnosticDescriptor HuJsonSyntax = new("hujson-syntax", DiagnosticSeverity.Error, "a file is no HuJSON (JSON with comments and trailing commas)")
    {
        Explanation =
            "A file that ends in `.hujson` cannot be read as HuJSON, which is JSON with comments and with commas behind last items. The formatter never changes "
            + "what it cannot read. Correct the file; Tailscale would refuse it too.",
    };

    /// <summary>A file of another kind.</summary>
    public static readonly DiagnosticDescriptor UnknownKind = new("unknown-file-kind", DiagnosticSeverity.Error, "a file is neither a policy nor HuJSON, by its name")
    {
        Explanation = "`policyc fmt` formats files that end in `.policy` or `.hujson`, and this is neither by its name. Leave it out, or rename it if it is one of them.",
    };

    /// <summary>A file that could not be replaced.</summary>
    public static readonly DiagnosticDescriptor NotWritten = new("file-not-written", DiagnosticSeverity.Error, "a file could not be rewritten and is as it was")
    {
        Explanation =
            "The file could not be replaced by its formatted text, for lack of permission or because the disk is full, and is as it was. Remove the cause and run "
            + "`policyc fmt` again.",
    };
}
