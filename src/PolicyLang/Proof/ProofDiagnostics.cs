using PolicyLang.Diagnostics;

namespace PolicyLang.Proof;

/// <summary>The diagnostics of the proof.</summary>
public static class ProofDiagnostics
{
    /// <summary>Policy and outputs differ in a world.</summary>
    public static readonly DiagnosticDescriptor Difference = new("proof-difference", DiagnosticSeverity.Error, "the outputs, read back, do not give what the policy gives");

    /// <summary>An output could not be understood when it was read back.</summary>
    public static readonly DiagnosticDescriptor NotUnderstood = new("proof-not-understood", DiagnosticSeverity.Error, "an output, read back, holds something that its reader does not understand or that its system would refuse");

    /// <summary>An output does something beyond access to clusters.</summary>
    public static readonly DiagnosticDescriptor OtherEffect = new("proof-other-effect", DiagnosticSeverity.Error, "an output, read back, does something beyond what the policy says");

    /// <summary>A base reaches a cluster beyond the policy.</summary>
    public static readonly DiagnosticDescriptor BaseReachesCluster = new("base-reaches-cluster", DiagnosticSeverity.Error, "a file of `base` gives access to a cluster that no rule of the policy gives");

    /// <summary>A base takes away what the policy gives.</summary>
    public static readonly DiagnosticDescriptor BaseBreaksAccess = new("base-breaks-access", DiagnosticSeverity.Error, "a file of `base` keeps somebody from what a rule of the policy gives");

    /// <summary>A base that its system would refuse.</summary>
    public static readonly DiagnosticDescriptor BaseRefused = new("base-refused", DiagnosticSeverity.Error, "a file of `base` holds something that its system would refuse, and with it the whole output");

    /// <summary>Something in a base that is not understood and touches no cluster.</summary>
    public static readonly DiagnosticDescriptor BaseNotUnderstood = new("base-not-understood", DiagnosticSeverity.Info, "a file of `base` holds something that its reader does not understand; where that could reach a cluster, there is an error besides");

    /// <summary>An exception that nothing needs.</summary>
    public static readonly DiagnosticDescriptor UnusedException = new("unused-exception", DiagnosticSeverity.Warning, "an exception excuses nothing that a file of `base` gives");
}
