using PolicyLang.Diagnostics;

namespace PolicyLang.Testing;

/// <summary>The diagnostics of guards and tests.</summary>
public static class TestingDiagnostics
{
    /// <summary>A guard that the policy breaks.</summary>
    public static readonly DiagnosticDescriptor GuardBroken = Error("guard-broken", "a rule gives somebody a right that a guard denies them");

    /// <summary>A guard that hinges on who is in two groups.</summary>
    public static readonly DiagnosticDescriptor GuardUnproved = Error("guard-unproved", "whether a guard holds hinges on whether two subjects share a member, which nothing says");

    /// <summary>A statement that no rule could decide.</summary>
    public static readonly DiagnosticDescriptor NothingToDecide = Error("nothing-to-decide", "a guard or expectation would hold, or fail, whatever the rules say");

    /// <summary>An expectation that is not fulfilled. <c>policyc test</c> reports it, a build does not.</summary>
    public static readonly DiagnosticDescriptor ExpectationFailed = Error("expectation-failed", "a test expects something else than what the rules give");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
