using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>The artefacts of one path or of one cluster.</summary>
/// <param name="Written">Files in the form that policyc writes, which replace what the system holds under the same names.</param>
/// <param name="Exported">What the system holds, as its own tools print it.</param>
public sealed record PlacedArtefacts(ImmutableArray<Artefact> Written, ImmutableArray<Artefact> Exported)
{
    /// <summary>Nothing.</summary>
    public static PlacedArtefacts None { get; } = new([], []);

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => Written.IsEmpty && Exported.IsEmpty;
}

/// <summary>Artefacts by what they are of, so that they can be compared with a policy whoever wrote them.</summary>
public sealed class ArtefactSet
{
    private readonly Dictionary<string, PlacedArtefacts> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlacedArtefacts> _byCluster = new(StringComparer.Ordinal);

    /// <summary>The written files that belong to no path and no cluster of the policy.</summary>
    public ImmutableArray<Artefact> Strays { get; private init; } = [];

    /// <summary>The artefacts of a path.</summary>
    public PlacedArtefacts Of(AccessPath path) => _byPath.GetValueOrDefault(path.Name, PlacedArtefacts.None);

    /// <summary>The artefacts of a cluster.</summary>
    public PlacedArtefacts Of(Cluster cluster) => _byCluster.GetValueOrDefault(cluster.Name, PlacedArtefacts.None);

    /// <summary>The text of an artefact; empty for one that is not among them.</summary>
    public SourceText TextOf(string path)
        => new(path, All.FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal)) is { } file ? Encoding.UTF8.GetString(file.Content.Span) : "");

    /// <summary>The files in the form that policyc writes, in ordinal order of paths.</summary>
    public IEnumerable<Artefact> Written => InOrder(placed => placed.Written);

    /// <summary>Every artefact, in ordinal order of paths.</summary>
    public IEnumerable<Artefact> All => InOrder(placed => placed.Written.AddRange(placed.Exported));

    private IEnumerable<Artefact> InOrder(Func<PlacedArtefacts, ImmutableArray<Artefact>> choose)
        => _byPath.Values.Concat(_byCluster.Values).SelectMany(placed => choose(placed)).DistinctBy(file => file.Path, StringComparer.Ordinal).OrderBy(file => file.Path, StringComparer.Ordinal);

    /// <summary>Tells by their paths what written files are of.</summary>
    /// <param name="access">The policy's paths and clusters.</param>
    /// <param name="settings">The project's settings, which say where files stand.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="files">The files, by target.</param>
    /// <param name="exported">What the systems hold beside them.</param>
    public static ArtefactSet FromOutputs(
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        IReadOnlyDictionary<string, ImmutableArray<Artefact>> files,
        ExistingArtefacts exported)
    {
        var folders = new ClusterFolders(settings.TargetSettings.GetValueOrDefault(KubernetesTarget.TargetName, SettingBlock.Empty), access.Clusters.Select(c => c.Cluster));
        var manifests = folders.Split(files.GetValueOrDefault(KubernetesTarget.TargetName, []));
        var set = new ArtefactSet { Strays = [.. manifests.GetValueOrDefault("", [])] };
        foreach (var path in access.Paths)
        {
            if (targets.FirstOrDefault(target => target.PathKind?.Name == path.Kind.Name) is { } target)
            {
                set._byPath.Add(path.Name, new PlacedArtefacts([.. target.FilesOf(path, files.GetValueOrDefault(target.Name, []))], exported.Of(path)));
            }
        }

        foreach (var cluster in access.Clusters)
        {
            set._byCluster.Add(cluster.Cluster.Name, new PlacedArtefacts([.. manifests.GetValueOrDefault(cluster.Cluster.Name, [])], exported.Of(cluster.Cluster)));
        }

        return set;
    }

    /// <summary>The same, but for the paths and clusters of which there are exports: of them the exports count alone.</summary>
    public ArtefactSet With(ExistingArtefacts exports)
    {
        var set = new ArtefactSet { Strays = Strays };
        foreach (var (name, placed) in _byPath)
        {
            set._byPath[name] = placed;
        }

        foreach (var (name, placed) in _byCluster)
        {
            set._byCluster[name] = placed;
        }

        foreach (var (name, files) in exports.ByPath)
        {
            set._byPath[name] = new PlacedArtefacts([], files);
        }

        foreach (var (name, files) in exports.ByCluster)
        {
            set._byCluster[name] = new PlacedArtefacts([], files);
        }

        return set;
    }
}
