using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;

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
    public Compilation Compile(LoadedProject project, DateOnly asOf, CancellationToken cancellation)
        => PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, project.Files, TargetRegistry.All, asOf) { Proves = project.Proves }, cancellation);
}
