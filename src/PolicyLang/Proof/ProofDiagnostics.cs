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
}
