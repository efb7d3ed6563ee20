using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Building;

/// <summary>The library's own pipeline on the disk.</summary>
internal sealed class CompilerPipeline : IBuildPipeline
{
    /// <inheritdoc/>
    public ImmutableArray<string> TargetNames => [.. TargetRegistry.All.Select(target => target.Name).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public LoadedProject? Load(string folder, DiagnosticBag diagnostics)
    {
        var files = new DiskProjectFiles(folder);
        var project = ProjectLoader.Load(files, TargetRegistry.All, ToolVersion.Number, diagnostics);
        return new LoadedProject(project.Settings, project.Policies, files);
    }

    /// <inheritdoc/>
    public ProjectSettings LoadSettings(string folder, DiagnosticBag diagnostics)
        => ProjectLoader.ReadSettings(new DiskProjectFiles(folder), TargetRegistry.All, ToolVersion.Number, diagnostics);

    /// <inheritdoc/>
    public Compilation Compile(LoadedProject project, DateOnly asOf, CancellationToken cancellation)
        => PolicyCompiler.Compile(InputOf(project, asOf), cancellation);

    /// <inheritdoc/>
    public PolicyAnalysis Analyse(LoadedProject project, DateOnly asOf, SourceText? question, CancellationToken cancellation)
        => PolicyAnalysis.Analyse(InputOf(project, asOf), question, cancellation);

    /// <inheritdoc/>
    public CompilationInput InputOf(LoadedProject project, DateOnly asOf) => new(project.Settings, project.Policies, project.Files, TargetRegistry.All, asOf) { Proves = project.Proves };
}
