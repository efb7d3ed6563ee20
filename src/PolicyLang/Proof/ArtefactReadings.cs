using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>What artefacts say, asked in the words of a policy: what each path says, and on demand what each cluster says.</summary>
internal sealed class ArtefactReadings
{
    private readonly ArtefactSet _artefacts;

    private ArtefactReadings(ArtefactSet artefacts, ImmutableArray<PathSide> paths) => (_artefacts, Paths) = (artefacts, paths);

    /// <summary>What each path says that the artefacts speak of.</summary>
    public ImmutableArray<PathSide> Paths { get; }

    /// <summary>Reads the artefacts of all paths.</summary>
    public static ArtefactReadings Read(AccessModel access, ImmutableArray<ITarget> targets, ArtefactSet artefacts, CancellationToken cancellation)
    {
        var paths = access.Paths.Select(path => (Path: path, Target: targets.FirstOrDefault(target => target.PathKind?.Name == path.Kind.Name))).ToArray();
        var evidence = new PathEvidence?[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var (path, target) = paths[i];
            var (written, exported) = artefacts.Of(path);

            // Without written files an export is all there is, and nothing replaces a part of it.
            evidence[i] = written.IsEmpty ? target?.ReadBack(path, exported, []) : target?.ReadBack(path, written, exported);
        });

        var principals = PrincipalsByPath(access);
        var groups = access.Paths.ToDictionary(path => path, path => access.Clusters.SelectMany(c => c.Identities).Where(link => link.Path == path).SelectMany(link => link.KubernetesGroups).ToHashSet(StringComparer.Ordinal));
        return new ArtefactReadings(artefacts, [.. paths.Select((path, i) => evidence[i] is { } read ? new PathSide(path.Path, read, LeavesOf(read, principals[path.Path]), groups[path.Path]) : null).OfType<PathSide>()]);
    }

    /// <summary>Reads the artefacts of a cluster. What they say fills more memory than they do, so nobody keeps it.</summary>
    public ClusterReading Read(Cluster cluster, CancellationToken cancellation)
    {
        var (written, exported) = _artefacts.Of(cluster);
        return ClusterReading.Read(written, exported, cancellation);
    }

    private static Dictionary<Subject, ImmutableArray<Leaf>> LeavesOf(PathEvidence evidence, Dictionary<Subject, ImmutableArray<NativePrincipal>> principals)
        => principals.ToDictionary(p => p.Key, p => p.Value.Select(principal => new Leaf(Caller.Principal(evidence.AtomOf(principal)), principal)).ToImmutableArray());

    private static Dictionary<AccessPath, Dictionary<Subject, ImmutableArray<NativePrincipal>>> PrincipalsByPath(AccessModel access)
    {
        var principals = access.Paths.ToDictionary(path => path, _ => new Dictionary<Subject, ImmutableArray<NativePrincipal>>());
        foreach (var cluster in access.Clusters)
        {
            foreach (var link in cluster.Identities.Where(link => principals.ContainsKey(link.Path)))
            {
                principals[link.Path].TryAdd(link.Subject, link.Principals);
            }

            foreach (var link in cluster.Gates.Where(link => principals.ContainsKey(link.Path)))
            {
                principals[link.Path].TryAdd(link.Subject, link.Principals);
            }
        }

        return principals;
    }
}
