using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets;

/// <summary>
/// A system that policyc writes files for. A target reads the access model and nothing else: no syntax, no clock, no file system.
/// It checks that everything is expressible, reports an error that names the rule and the reason where it is not, and returns files only then.
/// </summary>
public interface ITarget
{
    /// <summary>The name of the target, as <c>--target</c> takes it.</summary>
    string Name { get; }

    /// <summary>The kind of path that the target writes, or nothing for a target that is no path.</summary>
    PathKind? PathKind { get; }

    /// <summary>What the section with the target's name takes in <c>policyc.yaml</c>; empty for a target whose settings belong to its paths.</summary>
    SettingSchema ProjectSettings { get; }

    /// <summary>Writes the target's files. What is returned is ignored when an error was reported.</summary>
    /// <param name="context">What to read and where to report.</param>
    /// <param name="cancellation">Stops the work.</param>
    TargetOutput Write(TargetContext context, CancellationToken cancellation);

    /// <summary>Finds the files that were written for a path among those of all the target's paths.</summary>
    /// <param name="path">The path.</param>
    /// <param name="files">The files of all the target's paths.</param>
    IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files) => [];

    /// <summary>Reads the artefacts of a path with a model of the real system that shares nothing with the writer; nothing for a target that is no path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="files">The files that were written for it, or an export of the live system.</param>
    /// <param name="existing">What the system holds beside them. Where both hold an object with one name, the written one counts, because applying it replaces the other.</param>
    PathEvidence? ReadBack(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing) => null;
}

/// <summary>What a target reads and where it reports.</summary>
/// <param name="Access">The access model.</param>
/// <param name="Settings">The section with the target's name in <c>policyc.yaml</c>, or an empty block.</param>
/// <param name="Diagnostics">Receives the target's findings.</param>
public sealed record TargetContext(AccessModel Access, SettingBlock Settings, DiagnosticBag Diagnostics)
{
    /// <summary>What the systems hold already, as far as the project names it.</summary>
    public ExistingArtefacts Existing { get; init; } = ExistingArtefacts.None;
}

/// <summary>What a target wrote.</summary>
/// <param name="Files">The files.</param>
/// <param name="Assumptions">What the target's files rest on beyond the model's own assumptions.</param>
public sealed record TargetOutput(ImmutableArray<OutputFile> Files, ImmutableArray<Assumption> Assumptions)
{
    /// <summary>Nothing.</summary>
    public static TargetOutput Empty { get; } = new([], []);

    /// <summary>Which of the files carry the text of files that people write, and where.</summary>
    public ImmutableArray<SplicedFile> Spliced { get; init; } = [];
}

/// <summary>A file to write.</summary>
/// <param name="Path">The path relative to the output root, with forward slashes.</param>
/// <param name="Content">The bytes: UTF-8 without byte order mark; line feeds and a final line feed, but for the text of a base, which stays as it is.</param>
public sealed record OutputFile(string Path, ReadOnlyMemory<byte> Content);
