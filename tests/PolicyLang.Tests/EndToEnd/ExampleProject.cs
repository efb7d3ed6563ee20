using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;
using PolicyLang.Targets;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>A folder below <c>examples/</c> that holds a <c>policyc.yaml</c>.</summary>
internal sealed class ExampleProject(string name)
{
    /// <summary>The names of the examples: their folders relative to <c>examples/</c>, with forward slashes.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Path("examples"), "policyc.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Path("examples"), Path.GetDirectoryName(file) ?? "").Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public string Folder { get; } = Repository.Path("examples", name);

    public string OutputFolder => Path.Combine(Folder, "out");

    /// <summary>The committed outputs by path, without policyc's own manifest.</summary>
    public SortedDictionary<string, string> Committed()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(OutputFolder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(OutputFolder, file).Replace('\\', '/');
            if (path != "policyc.manifest.json")
            {
                files.Add(path, Bytes(File.ReadAllBytes(file)));
            }
        }

        return files;
    }

    /// <summary>Compiles the example.</summary>
    /// <param name="reorder">Puts the policy files into another order.</param>
    public Compilation Compile(Func<IEnumerable<SourceText>, IEnumerable<SourceText>>? reorder = null)
    {
        var diagnostics = new DiagnosticBag();
        var files = new DiskProjectFiles(Folder);
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        Assert.Empty(diagnostics.ToSortedArray());
        var policies = reorder is null ? project.Policies : [.. reorder(project.Policies)];
        return PolicyCompiler.Compile(new CompilationInput(project.Settings, policies, files, TargetRegistry.All, DesignSample.Today));
    }

    /// <summary>The outputs by path. Bytes are shown as Latin-1, one character each, so that nothing is hidden by a decoder.</summary>
    public static SortedDictionary<string, string> OutputsOf(Compilation compilation)
    {
        Assert.True(!compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in compilation.Outputs.Values.SelectMany(target => target))
        {
            files.Add(file.Path, Bytes(file.Content.Span));
        }

        return files;
    }

    /// <summary>The manifest that a build of the example writes.</summary>
    public static string ManifestOf(Compilation compilation)
    {
        // A target without files leaves no trace.
        var files = compilation.Outputs.Where(o => !o.Value.IsEmpty).ToImmutableSortedDictionary(o => o.Key, o => o.Value.Select(f => f.Path).ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var clusters = (compilation.Access?.Clusters ?? []).ToImmutableSortedDictionary(c => c.Cluster.Name, c => new OutputCluster(c.Cluster.Name, c.Cluster.IsRetired), StringComparer.Ordinal);
        return Bytes(new OutputManifest(files, clusters).ToBytes());
    }

    private static string Bytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
