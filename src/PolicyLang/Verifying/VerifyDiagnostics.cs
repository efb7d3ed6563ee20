using PolicyLang.Diagnostics;

namespace PolicyLang.Verifying;

/// <summary>The diagnostics of <c>verify</c>.</summary>
public static class VerifyDiagnostics
{
    /// <summary>An export of group members of another shape.</summary>
    public static readonly DiagnosticDescriptor InvalidMembers = new("invalid-members", DiagnosticSeverity.Error, "an export of group members must be lists of names by group");
}
