using PolicyLang.Diagnostics;

namespace PolicyLang.Verifying;

/// <summary>The diagnostics of <c>verify</c>.</summary>
public static class VerifyDiagnostics
{
    /// <summary>An export of group members of another shape.</summary>
    public static readonly DiagnosticDescriptor InvalidMembers = new("invalid-members", DiagnosticSeverity.Error, "an export of group members must be lists of names by group")
    {
        Explanation =
            "The file that says who is in which group has another shape than policyc reads: lists of names by group, as in `acme/sre: [alice, bob]`, or a list of "
            + "groups that each have a name and `members`. Guessing could leave people out of the comparison. Correct the export.",
    };
}
