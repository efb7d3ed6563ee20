using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>The diagnostics of a policy file's syntax.</summary>
public static class SyntaxDiagnostics
{
    /// <summary>A clause given twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedClause = new("repeated-clause", DiagnosticSeverity.Error, "a statement has the same clause twice");

    /// <summary>An escape that strings do not have.</summary>
    public static readonly DiagnosticDescriptor UnknownEscape = new("unknown-escape", DiagnosticSeverity.Error, "a string holds an escape that the language does not have");

    /// <summary>Something that does not belong where it stands.</summary>
    public static readonly DiagnosticDescriptor Unexpected = new("unexpected-text", DiagnosticSeverity.Error, "something stands where it does not belong");
}
