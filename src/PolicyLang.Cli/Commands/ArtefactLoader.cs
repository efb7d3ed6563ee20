using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Targets;
using PolicyLang.Verifying;

namespace PolicyLang.Cli.Commands;

/// <summary>Artefacts that were read from disk.</summary>
/// <param name="Set">The artefacts by what they are of.</param>
/// <param name="Memberships">Who is in which group, by identity provider.</param>
/// <param name="Exported">The names of which there are exports.</param>
internal sealed record LoadedArtefacts(ArtefactSet Set, ImmutableSortedDictionary<string, GroupMembers> Memberships, ImmutableArray<string> Exported);

/// <summary>Reads the artefacts that a command names.</summary>
internal sealed class ArtefactLoader(CliContext context, AnalysedProject project, DateOnly asOf, DiagnosticBag diagnostics)
{
    private readonly ExistingArtefacts _base = ExistingArtefacts.Read(project.Project.Settings, project.Policy.Paths.Values, project.Policy.Clusters.Values, project.Project.Files, diagnostics);

    /// <summary>Whether the project names what is there already.</summary>
    public bool HasBase => !_base.IsEmpty;

    /// <summary>Reads them.</summary>
    /// <param name="arguments">Which.</param>
    /// <returns>The artefacts; nothing after an error, which is reported.</returns>
    /// <exception cref="UsageException">A name belongs to nothing in the project, or a folder does not exist.</exception>
    public LoadedArtefacts? Load(ArtefactArguments arguments)
    {
        var written = arguments.From is { } folder ? ReadFolder(Path.GetFullPath(folder, context.WorkingDirectory), folder) : Compile();
        var byPath = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Artefact>>(StringComparer.Ordinal);
        var byCluster = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Artefact>>(StringComparer.Ordinal);
        var memberships = ImmutableSortedDictionary.CreateBuilder<string, GroupMembers>(StringComparer.Ordinal);
        foreach (var (name, file) in arguments.Exports)
        {
            var (kind, bare) = KindOf(name);
            if (ReadFile(file) is not { } source)
            {
                continue;
            }

            if (kind == "provider")
            {
                if (GroupMembers.Read(source, diagnostics) is { } members)
                {
                    memberships[bare] = memberships.TryGetValue(bare, out var known) ? new GroupMembers(known.Groups.SetItems(members.Groups)) : members;
                }

                continue;
            }

            var files = kind == "path" ? byPath : byCluster;
            files[bare] = files.GetValueOrDefault(bare, []).Add(new Artefact(source.Path, Encoding.UTF8.GetBytes(source.Text)));
        }

        return diagnostics.HasErrors || written is null
            ? null
            : new LoadedArtefacts(written.With(new ExistingArtefacts(byPath.ToImmutable(), byCluster.ToImmutable())), memberships.ToImmutable(), [.. arguments.Exports.Select(e => e.Name).Distinct()]);
    }

    private ArtefactSet? Compile()
    {
        var compilation = context.Pipeline.Value.Compile(project.Project with { Proves = false }, asOf, context.Cancellation);
        if (compilation.HasErrors)
        {
            diagnostics.AddRange(compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            return null;
        }

        var files = compilation.Outputs.ToDictionary(o => o.Key, o => o.Value.Select(file => new Artefact(file.Path, file.Content)).ToImmutableArray(), StringComparer.Ordinal);
        return ArtefactSet.FromOutputs(project.Access, project.Project.Settings, TargetRegistry.All, files, _base);
    }

    // The folder may hold much else, of which nothing is read.
    private ArtefactSet ReadFolder(string folder, string shown)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"there is no folder `{shown}`");
        }

        var disk = new DiskProjectFiles(folder);
        ImmutableArray<Artefact> names = [.. disk.Find(["**/*"], diagnostics).Select(path => new Artefact(path, default))];
        var wanted = SetOf(names).Written.Select(file => file.Path);
        var read = wanted.Select(path => disk.Read(path, null, diagnostics)).OfType<SourceText>().Select(source => new Artefact(source.Path, Encoding.UTF8.GetBytes(source.Text)));
        return SetOf([.. read]);

        ArtefactSet SetOf(ImmutableArray<Artefact> files)
            => ArtefactSet.FromOutputs(project.Access, project.Project.Settings, TargetRegistry.All, TargetRegistry.All.ToDictionary(target => target.Name, _ => files, StringComparer.Ordinal), _base);
    }

    private SourceText? ReadFile(string file)
    {
        var path = Path.GetFullPath(file, context.WorkingDirectory);
        if (Path.GetDirectoryName(path) is not { } folder || !File.Exists(path))
        {
            throw new UsageException($"there is no file `{file}`");
        }

        return new DiskProjectFiles(folder).Read(Path.GetFileName(path), null, diagnostics) is { } source ? new SourceText(file.Replace('\\', '/'), source.Text) : null;
    }

    // A name may be qualified where a path and a cluster share it.
    private (string Kind, string Name) KindOf(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var (asked, bare) = colon > 0 ? (name[..colon], name[(colon + 1)..]) : (null, name);
        var policy = project.Policy;
        (string Kind, IEnumerable<string> Names)[] kinds =
        [
            ("path", policy.Paths.Keys),
            ("cluster", policy.Clusters.Keys),
            ("provider", project.Project.Settings.IdentityProviders.Keys),
        ];
        string[] found = [.. kinds.Where(kind => (asked is null || asked == kind.Kind) && kind.Names.Contains(bare, StringComparer.Ordinal)).Select(kind => kind.Kind)];
        return found switch
        {
            [var only] => (only, bare),
            [] => throw new UsageException($"`{name}` is no path, cluster or identity provider of the project", Suggestions.DidYouMean(bare, kinds.SelectMany(kind => kind.Names))),
            _ => throw new UsageException($"`{name}` is a {string.Join(" and a ", found)}", $"write `{found[0]}:{bare}` or `{found[1]}:{bare}`"),
        };
    }
}
