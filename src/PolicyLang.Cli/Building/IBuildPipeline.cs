using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Building;

/// <summary>A project that was read from disk.</summary>
/// <param name="Settings">What <c>policyc.yaml</c> says.</param>
/// <param name="Policies">The policy files.</param>
/// <param name="Files">Reads the files that the policy names.</param>
internal sealed record LoadedProject(ProjectSettings Settings, ImmutableArray<SourceText> Policies, IProjectFiles Files)
{
    /// <summary>Whether outputs are read back and compared with the policy.</summary>
    public bool Proves { get; init; } = true;
}

/// <summary>From a project folder to outputs, in two steps, so that one project can be compiled for several days.</summary>
internal interface IBuildPipeline
{
    /// <summary>The names of the targets, sorted.</summary>
    ImmutableArray<string> TargetNames { get; }

    /// <summary>Reads a project.</summary>
    /// <param name="folder">The full path of the project's folder.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    /// <returns>The project; nothing when it cannot be compiled at all.</returns>
    LoadedProject? Load(string folder, DiagnosticBag diagnostics);

    /// <summary>Reads the settings of a project alone.</summary>
    /// <param name="folder">The full path of the project's folder.</param>
    /// <param name="diagnostics">Receives what is wrong with them.</param>
    ProjectSettings LoadSettings(string folder, DiagnosticBag diagnostics);

    /// <summary>Compiles a project as it is on a day.</summary>
    Compilation Compile(LoadedProject project, DateOnly asOf, CancellationToken cancellation);

    /// <summary>Works out what a project gives on a day, without outputs.</summary>
    /// <param name="project">The project.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="question">A text that is read beside the policy's files, or nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    PolicyAnalysis Analyse(LoadedProject project, DateOnly asOf, SourceText? question, CancellationToken cancellation);

    /// <summary>What a compiler takes for a project as it is on a day.</summary>
    CompilationInput InputOf(LoadedProject project, DateOnly asOf);
}
