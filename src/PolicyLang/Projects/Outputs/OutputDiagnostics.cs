using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>The diagnostics of the output folder.</summary>
public static class OutputDiagnostics
{
    /// <summary>A path that cannot be written safely on every platform.</summary>
    public static readonly DiagnosticDescriptor UnsafePath = new("unsafe-output-path", DiagnosticSeverity.Error, "an output file has a path that leaves the output folder, is reserved, or is not possible on every platform");

    /// <summary>Two files that would be one.</summary>
    public static readonly DiagnosticDescriptor PathCollision = new("output-path-collision", DiagnosticSeverity.Error, "two outputs have the same path, paths that differ only in case, or one is the folder of the other");

    /// <summary>Something that policyc did not write stands where it would write.</summary>
    public static readonly DiagnosticDescriptor ForeignFile = new("foreign-file", DiagnosticSeverity.Error, "a file that policyc does not own stands in the way of an output");

    /// <summary>A symbolic link on the way to an output.</summary>
    public static readonly DiagnosticDescriptor ThroughLink = new("output-through-link", DiagnosticSeverity.Error, "an output would be written or removed through a symbolic link");

    /// <summary>A cluster with outputs that the policy does not know any more.</summary>
    public static readonly DiagnosticDescriptor ClusterVanished = new("cluster-vanished", DiagnosticSeverity.Error, "a cluster has committed outputs, and the policy neither declares nor retires it");

    /// <summary>The record of owned files cannot be understood.</summary>
    public static readonly DiagnosticDescriptor DamagedManifest = new("damaged-manifest", DiagnosticSeverity.Error, "the manifest in the output folder cannot be read, so nobody knows which files policyc owns");

    /// <summary>The manifest comes from a later policyc.</summary>
    public static readonly DiagnosticDescriptor UnknownManifestFormat = new("unknown-manifest-format", DiagnosticSeverity.Error, "the manifest in the output folder was written by a later version of policyc");

    /// <summary>A build stopped between two renames.</summary>
    public static readonly DiagnosticDescriptor InterruptedBuild = new("interrupted-build", DiagnosticSeverity.Error, "an earlier build was interrupted while it put files in place, or its journal is damaged");

    /// <summary>Somebody else is writing.</summary>
    public static readonly DiagnosticDescriptor Locked = new("outputs-locked", DiagnosticSeverity.Error, "another build is writing to the same output folder");

    /// <summary>The file system refused.</summary>
    public static readonly DiagnosticDescriptor NotAccessible = new("outputs-not-accessible", DiagnosticSeverity.Error, "the output folder could not be read or written");

    /// <summary>Only some targets were to be written while others are out of date.</summary>
    public static readonly DiagnosticDescriptor MixedTargets = new("mixed-targets", DiagnosticSeverity.Error, "only some targets were to be written while the outputs of others are out of date");

    /// <summary>A file on disk differs from what the policy compiles to.</summary>
    public static readonly DiagnosticDescriptor Stale = new("stale-output", DiagnosticSeverity.Error, "a generated file differs from what the policy compiles to");

    /// <summary>A file is not on disk.</summary>
    public static readonly DiagnosticDescriptor Missing = new("missing-output", DiagnosticSeverity.Error, "a file that the policy compiles to does not exist");

    /// <summary>A file that policyc wrote earlier and the policy does not produce any more.</summary>
    public static readonly DiagnosticDescriptor Extra = new("extra-output", DiagnosticSeverity.Error, "a generated file is left over from an earlier policy");
}
