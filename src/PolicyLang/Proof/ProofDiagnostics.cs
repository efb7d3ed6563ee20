using PolicyLang.Diagnostics;

namespace PolicyLang.Proof;

/// <summary>The diagnostics of the proof.</summary>
public static class ProofDiagnostics
{
    /// <summary>Policy and outputs differ in a world.</summary>
    public static readonly DiagnosticDescriptor Difference = new("proof-difference", DiagnosticSeverity.Error, "the outputs, read back, do not give what the policy gives")
    {
        Explanation =
            "Before it writes, policyc reads its own outputs back with models of the real systems and compares what they give with what the rules give. They differ "
            + "for the caller that the finding names, so nothing is written. Either a file was changed on its way, or this is a defect of policyc: please report it "
            + "with the policy.",
    };

    /// <summary>An output could not be understood when it was read back.</summary>
    public static readonly DiagnosticDescriptor NotUnderstood = new("proof-not-understood", DiagnosticSeverity.Error, "an output, read back, holds something that its reader does not understand or that its system would refuse")
    {
        Explanation =
            "An output, read back before it is written, holds something that its reader does not know or that its system would refuse, so it cannot be shown to "
            + "give what the policy gives. What is not understood never counts as agreement. Either a file was changed on its way, or this is a defect of policyc: "
            + "please report it with the policy.",
    };

    /// <summary>An output does something beyond access to clusters.</summary>
    public static readonly DiagnosticDescriptor OtherEffect = new("proof-other-effect", DiagnosticSeverity.Error, "an output, read back, does something beyond what the policy says")
    {
        Explanation =
            "An output, read back before it is written, does something beyond access to the policy's clusters, such as a proxy that may assert any group. Either a "
            + "file was changed on its way, or this is a defect of policyc: please report it with the policy.",
    };

    /// <summary>A base reaches a cluster beyond the policy.</summary>
    public static readonly DiagnosticDescriptor BaseReachesCluster = new("base-reaches-cluster", DiagnosticSeverity.Error, "a file of `base` gives access to a cluster that no rule of the policy gives")
    {
        Explanation =
            "A file of `base`, which says what a system holds already, gives somebody access to a cluster, or may, that no rule of the policy gives. With it in "
            + "force the policy would not say the truth. Take the line out of the system, write a rule that gives the access, or, on a Tailscale path, name it in "
            + "`exceptions` of `policyc.yaml`.",
    };

    /// <summary>A base takes away what the policy gives.</summary>
    public static readonly DiagnosticDescriptor BaseBreaksAccess = new("base-breaks-access", DiagnosticSeverity.Error, "a file of `base` keeps somebody from what a rule of the policy gives")
    {
        Explanation =
            "A file of `base` keeps somebody from what a rule of the policy gives, for example by a recorder that it enforces for the same people. The policy would "
            + "promise what does not happen. Take the line out of the file, or the rule out of the policy.",
    };

    /// <summary>A base that its system would refuse.</summary>
    public static readonly DiagnosticDescriptor BaseRefused = new("base-refused", DiagnosticSeverity.Error, "a file of `base` holds something that its system would refuse, and with it the whole output")
    {
        Explanation =
            "A file of `base` holds something that its system would refuse. The output carries this text, so the system would refuse the output as a whole and keep "
            + "what it had, and no change of the policy would arrive. Correct the file.",
    };

    /// <summary>Something in a base that is not understood and touches no cluster.</summary>
    public static readonly DiagnosticDescriptor BaseNotUnderstood = new("base-not-understood", DiagnosticSeverity.Info, "a file of `base` holds something that its reader does not understand; where that could reach a cluster, there is an error besides")
    {
        Explanation =
            "A file of `base` holds something that its reader does not know. That may be harmless, and then this note is all. Where it could reach a cluster of the "
            + "policy there is an error besides, because what is not understood counts as access that may be there.",
    };

    /// <summary>An exception that nothing needs.</summary>
    public static readonly DiagnosticDescriptor UnusedException = new("unused-exception", DiagnosticSeverity.Warning, "an exception excuses nothing that a file of `base` gives")
    {
        Explanation =
            "An exception excuses nothing: by the `base` of its path, the people that it names have no access on those clusters that the policy does not give. "
            + "Probably it has been taken away since. Remove the exception, so that access that comes back later is decided anew.",
    };
}
