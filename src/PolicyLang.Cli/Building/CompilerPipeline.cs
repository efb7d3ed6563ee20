using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Targets;
#if PROJECT_LOADER
using PolicyLang.Projects;
#endif

namespace PolicyLang.Cli.Building;

/// <summary>The library's own pipeline on the disk.</summary>
internal sealed class CompilerPipeline : IBuildPipeline
{
    /// <inheritdoc/>
    public ImmutableArray<string> TargetNames => [.. TargetRegistry.All.Select(target => target.Name).Order(StringComparer.Ordinal)];

#if PROJECT_LOADER
    /// <inheritdoc/>
    public LoadedProject? Load(string folder, DiagnosticBag diagnostics)
    {
        var files = new DiskProjectFiles(folder);
        var project = ProjectLoader.Load(files, TargetRegistry.All, ToolVersion.Number, diagnostics);
        return new LoadedProject(project.Settings, project.Policies, files);
    }
#else
    /// <inheritdoc/>
    public LoadedProject? Load(string folder, DiagnosticBag diagnostics) => throw new NotSupportedException("this build of policyc has no project loader");
#endif

    /// <inheritdoc/>
    public Compilation Compile(LoadedProject project, DateOnly asOf, CancellationToken cancellation)
        => PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, project.Files, TargetRegistry.All, asOf), cancellation);
}
