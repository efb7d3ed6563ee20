using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Targets;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Proof;

/// <summary>A compiled policy whose outputs can be tampered with before they are read back.</summary>
internal sealed class ProofCase
{
    private readonly AccessModel _access;
    private readonly ProjectSettings _settings;
    private readonly ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> _outputs;

    public ProofCase(ProjectSettings settings, Compilation compilation)
    {
        Assert.False(compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        _access = Assert.IsType<AccessModel>(compilation.Access);
        _settings = settings;
        _outputs = compilation.Outputs;
    }

    /// <summary>The paths of the outputs.</summary>
    public IEnumerable<string> Paths => _outputs.Values.SelectMany(files => files).Select(file => file.Path);

    /// <summary>An example as it is committed.</summary>
    public static ProofCase Example(string name)
    {
        var diagnostics = new DiagnosticBag();
        var files = new DiskProjectFiles(Repository.Path("examples", name));
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        return new ProofCase(project.Settings, PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, files, TargetRegistry.All, DesignSample.Today)));
    }

    /// <summary>The text of an output.</summary>
    public string TextOf(string path) => Encoding.UTF8.GetString(_outputs.Values.SelectMany(files => files).Single(file => file.Path == path).Content.Span);

    /// <summary>Reads the outputs back after a change of some.</summary>
    public ProofOutcome Verify(params (string Path, string Text)[] changes)
    {
        var diagnostics = new DiagnosticBag();
        var differences = BuildProof.Compare(_access, _settings, TargetRegistry.All, Changed(changes), ExistingArtefacts.None, diagnostics, CancellationToken.None);
        return new ProofOutcome(differences, diagnostics.ToSortedArray());
    }

    /// <summary>What a build would report after a change of some outputs.</summary>
    public ImmutableArray<Diagnostic> Report(params (string Path, string Text)[] changes)
    {
        var diagnostics = new DiagnosticBag();
        BuildProof.Verify(_access, _settings, TargetRegistry.All, Changed(changes), ExistingArtefacts.None, diagnostics, CancellationToken.None);
        return diagnostics.ToSortedArray();
    }

    private ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> Changed((string Path, string Text)[] changes)
    {
        var changed = changes.ToDictionary(c => c.Path, c => c.Text, StringComparer.Ordinal);
        return _outputs.ToImmutableSortedDictionary(
            o => o.Key,
            o => o.Value.Select(file => changed.TryGetValue(file.Path, out var text) ? file with { Content = Encoding.UTF8.GetBytes(text) } : file).ToImmutableArray(),
            StringComparer.Ordinal);
    }

    /// <summary>Reads the outputs back after a text in one of them was replaced where it first stands.</summary>
    public ProofOutcome Replace(string path, string old, string replacement)
    {
        var text = TextOf(path);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not hold {old}");
        return Verify((path, string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + old.Length))));
    }
}

/// <summary>What reading back found.</summary>
internal sealed record ProofOutcome(ImmutableArray<ProofDifference> Differences, ImmutableArray<Diagnostic> Findings)
{
    public bool IsProved => Differences.IsEmpty && Findings.IsEmpty;

    public override string ToString()
        => string.Join('\n', Differences.Select(d => $"{(d.IsGiven ? "+" : "-")} {d.Who} via {d.Path.Name} on {d.Cluster.Name}: {d.Right} {d.Reason} {string.Join(' ', d.Places)}").Concat(Findings.Select(f => $"{f.Code}: {f.Message}")));
}
