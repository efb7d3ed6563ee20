using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Cli.Building;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Testing;
using PolicyLang.Tests.Support;

namespace PolicyLang.Tests.Cli;

/// <summary>A compiler whose result a test decides.</summary>
internal sealed class FakePipeline : IBuildPipeline
{
    /// <summary>The files by target; may depend on the day.</summary>
    public Func<DateOnly, (string Target, string Path, string Text)[]> Files { get; set; } = _ => [("kubernetes", "prod/rbac.yaml", "bound\n"), ("teleport", "teleport.yaml", "roles\n")];

    public List<Diagnostic> LoadDiagnostics { get; } = [];

    public List<Diagnostic> CompileDiagnostics { get; } = [];

    public List<AllowRule> Rules { get; } = [];

    public List<Cluster> Clusters { get; } = [TestModels.Cluster("prod")];

    public Action OnCompile { get; set; } = () => { };

    public string? LoadedFolder { get; private set; }

    public List<DateOnly> CompiledDays { get; } = [];

    public ImmutableArray<string> TargetNames => ["kubernetes", "teleport"];

    public LoadedProject? Load(string folder, DiagnosticBag diagnostics)
    {
        LoadedFolder = folder;
        diagnostics.AddRange(LoadDiagnostics);
        var settings = new ProjectSettings(
            ["**/*.policy"],
            "out",
            false,
            ImmutableSortedDictionary<string, IdentityProvider>.Empty,
            ImmutableSortedDictionary<string, AccessPath>.Empty,
            false,
            33,
            [],
            ImmutableSortedDictionary<string, SettingBlock>.Empty);
        return new LoadedProject(settings, [], new NoFiles());
    }

    public Compilation Compile(LoadedProject project, DateOnly asOf, CancellationToken cancellation)
    {
        CompiledDays.Add(asOf);
        OnCompile();
        cancellation.ThrowIfCancellationRequested();
        if (CompileDiagnostics.Exists(d => d.Severity == DiagnosticSeverity.Error))
        {
            return new Compilation([.. CompileDiagnostics], null, ImmutableSortedDictionary<string, ImmutableArray<OutputFile>>.Empty, [], []);
        }

        var outputs = Files(asOf).GroupBy(f => f.Target, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(g => g.Key, g => g.Select(f => new OutputFile(f.Path, System.Text.Encoding.UTF8.GetBytes(f.Text))).ToImmutableArray(), StringComparer.Ordinal);
        return new Compilation([.. CompileDiagnostics], TestModels.Model([], Clusters.Select(c => TestModels.Access(c))), outputs, [], [.. Rules.Where(r => r.Until < asOf)]);
    }

    public PolicyAnalysis Analyse(LoadedProject project, DateOnly asOf, SourceText? question, CancellationToken cancellation)
        => throw new InvalidOperationException("tests of questions use the library's own pipeline");

    public ProjectSettings LoadSettings(string folder, DiagnosticBag diagnostics)
        => throw new InvalidOperationException("tests of linting use the library's own pipeline");

    public CompilationInput InputOf(LoadedProject project, DateOnly asOf)
        => throw new InvalidOperationException("tests of linting use the library's own pipeline");

    private sealed class NoFiles : IProjectFiles
    {
        public ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics) => [];

        public SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics) => null;
    }
}
