using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>The diagnostics of the output folder.</summary>
public static class OutputDiagnostics
{
    /// <summary>A path that cannot be written safely on every platform.</summary>
    public static readonly DiagnosticDescriptor UnsafePath = new("unsafe-output-path", DiagnosticSeverity.Error, "an output file has a path that leaves the output folder, is reserved, or is not possible on every platform")
    {
        Explanation =
            "An output file would leave the output folder, have a name that Windows reserves, or have a path that is too long or impossible on some platform. "
            + "Outputs are committed, and a repository must be usable on every machine. Correct the output setting or the name that is part of the path.",
    };

    /// <summary>Two files that would be one.</summary>
    public static readonly DiagnosticDescriptor PathCollision = new("output-path-collision", DiagnosticSeverity.Error, "two outputs have the same path, paths that differ only in case, or one is the folder of the other")
    {
        Explanation =
            "Two outputs would have one path, paths that differ only in case, or one would be the folder of the other. On some file systems one file would replace "
            + "the other, and access would be missing or too much. Give them names that differ on every file system.",
    };

    /// <summary>Something that policyc did not write stands where it would write.</summary>
    public static readonly DiagnosticDescriptor ForeignFile = new("foreign-file", DiagnosticSeverity.Error, "a file that policyc does not own stands in the way of an output")
    {
        Explanation =
            "A file that policyc did not write, or that is no file any more, stands where an output is to be written or removed. policyc never overwrites or "
            + "removes what it does not own. Look at what it is, move or remove it, or choose another output folder.",
    };

    /// <summary>A symbolic link on the way to an output.</summary>
    public static readonly DiagnosticDescriptor ThroughLink = new("output-through-link", DiagnosticSeverity.Error, "an output would be written or removed through a symbolic link")
    {
        Explanation =
            "An output would be written or removed through a symbolic link, and so in a place that the project does not name. Replace the link by a folder or file, "
            + "or name the place that it leads to as the output folder.",
    };

    /// <summary>A cluster with outputs that the policy does not know any more.</summary>
    public static readonly DiagnosticDescriptor ClusterVanished = new("cluster-vanished", DiagnosticSeverity.Error, "a cluster has committed outputs, and the policy neither declares nor retires it")
    {
        Explanation =
            "The output folder holds files of a cluster that the policy does not declare any more. Removing them would take nothing away: a controller that finds "
            + "nothing to apply leaves what it applied. Declare the cluster as `cluster NAME { retired }`, build and apply that once, and remove it then.",
    };

    /// <summary>The record of owned files cannot be understood.</summary>
    public static readonly DiagnosticDescriptor DamagedManifest = new("damaged-manifest", DiagnosticSeverity.Error, "the manifest in the output folder cannot be read, so nobody knows which files policyc owns")
    {
        Explanation =
            "`policyc.manifest.json` in the output folder says which files policyc owns, and it cannot be read. Without it policyc could overwrite or leave behind "
            + "files, so it touches none. Put it back from version control; after a merge conflict, take either side and build again.",
    };

    /// <summary>The manifest comes from a later policyc.</summary>
    public static readonly DiagnosticDescriptor UnknownManifestFormat = new("unknown-manifest-format", DiagnosticSeverity.Error, "the manifest in the output folder was written by a later version of policyc")
    {
        Explanation =
            "The manifest in the output folder was written by a later version of policyc, in a form that this one does not know. An older version could lose what "
            + "the later one recorded. Use the version that wrote it, or a later one.",
    };

    /// <summary>A build stopped between two renames.</summary>
    public static readonly DiagnosticDescriptor InterruptedBuild = new("interrupted-build", DiagnosticSeverity.Error, "an earlier build was interrupted while it put files in place, or its journal is damaged")
    {
        Explanation =
            "An earlier build was stopped while it put files in place, so the outputs are of two states of the policy. Run `policyc build`, which finishes it. If "
            + "the journal itself is damaged, put the output folder back from version control first.",
    };

    /// <summary>Somebody else is writing.</summary>
    public static readonly DiagnosticDescriptor Locked = new("outputs-locked", DiagnosticSeverity.Error, "another build is writing to the same output folder")
    {
        Explanation = "Another build is writing to the same output folder, and two at once could mix their files. Wait until it is done, and build again.",
    };

    /// <summary>The file system refused.</summary>
    public static readonly DiagnosticDescriptor NotAccessible = new("outputs-not-accessible", DiagnosticSeverity.Error, "the output folder could not be read or written")
    {
        Explanation =
            "The output folder could not be read or written: permission is lacking, the disk is full, or something else stands in its place. The outputs are as "
            + "they were, or the next build puts them right. Remove the cause and build again.",
    };

    /// <summary>Only some targets were to be written while others are out of date.</summary>
    public static readonly DiagnosticDescriptor MixedTargets = new("mixed-targets", DiagnosticSeverity.Error, "only some targets were to be written while the outputs of others are out of date")
    {
        Explanation =
            "Only some targets were to be written by `--target`, and the outputs of others are out of date too. Gates and bindings of two states of the policy "
            + "together can give what neither gives. Leave `--target` out, or add `--allow-mixed` if that is meant.",
    };

    /// <summary>A file on disk differs from what the policy compiles to.</summary>
    public static readonly DiagnosticDescriptor Stale = new("stale-output", DiagnosticSeverity.Error, "a generated file differs from what the policy compiles to")
    {
        Explanation =
            "A generated file differs from what the policy compiles to: it was edited by hand, or the policy changed without a build. What is applied would not be "
            + "what was reviewed. Run `policyc build` and commit the result; edit the policy and never the output.",
    };

    /// <summary>A file is not on disk.</summary>
    public static readonly DiagnosticDescriptor Missing = new("missing-output", DiagnosticSeverity.Error, "a file that the policy compiles to does not exist")
    {
        Explanation = "A file that the policy compiles to is not there. Run `policyc build` and commit the result.",
    };

    /// <summary>A file that policyc wrote earlier and the policy does not produce any more.</summary>
    public static readonly DiagnosticDescriptor Extra = new("extra-output", DiagnosticSeverity.Error, "a generated file is left over from an earlier policy")
    {
        Explanation =
            "A file of an earlier build is left over that the policy does not compile to any more. As long as it is applied, it gives what the policy has taken "
            + "away. Run `policyc build`, which removes it, and commit the result.",
    };
}
