using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>A right that somebody has only while some of the new outputs are in force and others are not yet.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Path">The path.</param>
/// <param name="IsPathFirst">Whether it is had while the path's new files meet the cluster's old ones; otherwise while the path's old files meet the cluster's new ones.</param>
/// <param name="Who">Who, as people read it.</param>
/// <param name="Right">The right.</param>
public sealed record RolloutGain(Cluster Cluster, AccessPath Path, bool IsPathFirst, string Who, string Right);

/// <summary>
/// Looks at the time in which a change is rolled out: systems take their new files one after the other, and somebody who is taken out of a group by one file may meanwhile get
/// what another file gives to that group. Neither the old outputs nor the new ones give that.
/// </summary>
public static class RolloutCheck
{
    private const int MostGains = 20;

    /// <summary>Finds what somebody would have that neither the old outputs give nor the new ones.</summary>
    /// <param name="access">What the policy gives by the new outputs.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="old">The files that are in force, by target.</param>
    /// <param name="new">The files that are to be in force, by target.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ImmutableArray<RolloutGain> Find(
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        IReadOnlyDictionary<string, ImmutableArray<Artefact>> old,
        IReadOnlyDictionary<string, ImmutableArray<Artefact>> @new,
        CancellationToken cancellation)
    {
        var before = ArtefactSet.FromOutputs(access, settings, targets, old, ExistingArtefacts.None);
        var after = ArtefactSet.FromOutputs(access, settings, targets, @new, ExistingArtefacts.None);
        ImmutableArray<AccessPath> paths = [.. access.Paths.Where(path => IsChanged(before.Of(path), after.Of(path)))];
        ImmutableArray<ClusterAccess> clusters = [.. access.Clusters.Where(cluster => IsChanged(before.Of(cluster.Cluster), after.Of(cluster.Cluster)) && paths.Any(path => cluster.Cluster.Paths.ContainsKey(path.Name)))];
        var gains = ImmutableArray.CreateBuilder<RolloutGain>();
        if (clusters.IsEmpty)
        {
            return [];
        }

        var pathsOnly = access with { Paths = paths };
        var oldReadings = ArtefactReadings.Read(pathsOnly, targets, before, cancellation);
        var newReadings = ArtefactReadings.Read(pathsOnly, targets, after, cancellation);
        foreach (var cluster in clusters)
        {
            var oldCluster = new Side(cluster.Cluster, settings, oldReadings.Read(cluster.Cluster, cancellation));
            var newCluster = new Side(cluster.Cluster, settings, newReadings.Read(cluster.Cluster, cancellation));
            foreach (var path in paths.Where(path => cluster.Cluster.Paths.ContainsKey(path.Name)))
            {
                cancellation.ThrowIfCancellationRequested();
                var (oldPath, newPath) = (oldReadings.Paths.First(side => side.Path == path), newReadings.Paths.First(side => side.Path == path));
                foreach (var endpoint in newPath.Evidence.EndpointsOf(cluster.Cluster))
                {
                    if (oldPath.Evidence.EndpointsOf(cluster.Cluster).FirstOrDefault(e => e.Name == endpoint.Name) is { } oldEndpoint)
                    {
                        Compare(cluster.Cluster, newPath, oldEndpoint, endpoint, oldCluster, newCluster, gains);
                    }
                }
            }
        }

        return [.. gains.Distinct().Take(MostGains)];
    }

    // Where there were no files there is nothing that could meet the new ones.
    private static bool IsChanged(PlacedArtefacts before, PlacedArtefacts after)
        => !before.Written.IsEmpty && !(before.Written.Length == after.Written.Length && before.Written.Zip(after.Written).All(pair => pair.First.Path == pair.Second.Path && pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span)));

    private static void Compare(Cluster cluster, PathSide path, ReadEndpoint oldEndpoint, ReadEndpoint newEndpoint, Side oldCluster, Side newCluster, ImmutableArray<RolloutGain>.Builder gains)
    {
        var natives = path.Leaves.Values.SelectMany(leaves => leaves).GroupBy(leaf => leaf.Atom).ToDictionary(group => group.Key, group => group.First().Principal);
        WorldReader Reader(ReadEndpoint endpoint, Side side) => new(side.Names, side.Rights, path.Path, endpoint, natives);
        var (allOld, allNew) = (Reader(oldEndpoint, oldCluster), Reader(newEndpoint, newCluster));
        var (newPathFirst, newClusterFirst) = (Reader(newEndpoint, oldCluster), Reader(oldEndpoint, newCluster));
        Atom[] principals = [.. allOld.Principals.Concat(allNew.Principals).Append(Caller.SomePerson).Append(Caller.SomeMachine).Distinct().OrderBy(atom => atom.ToString(), StringComparer.Ordinal)];
        foreach (var atom in principals)
        {
            natives.TryAdd(atom, Stranger(atom, path.Path, cluster));
        }

        HashSet<Atom> allChecks = [.. allOld.Checks, .. allNew.Checks];
        foreach (var checks in allChecks.Count == 0 ? new[] { allChecks } : [[], allChecks])
        {
            foreach (var atom in principals)
            {
                var caller = Caller.Of([atom], checks);
                HeldRules[] known = [.. RulesOf(allOld, oldCluster, caller), .. RulesOf(allNew, newCluster, caller)];
                foreach (var (reader, side, isPathFirst) in new[] { (newPathFirst, oldCluster, true), (newClusterFirst, newCluster, false) })
                {
                    foreach (var held in RulesOf(reader, side, caller).Where(held => !IsCovered(held, known)))
                    {
                        gains.Add(new RolloutGain(cluster, path.Path, isPathFirst, caller.ToString(), held.Shown));
                    }
                }
            }
        }
    }

    // Somebody of whom only old files know, whom the API server may know by the same name.
    private static NativePrincipal Stranger(Atom atom, AccessPath path, Cluster cluster)
    {
        var kind = atom.Kind switch { AtomKind.Group => PrincipalKind.Group, AtomKind.Machine or AtomKind.AnyMachine => PrincipalKind.Machine, _ => PrincipalKind.Person };
        return new NativePrincipal(kind, path.People ?? path.Name, atom.Value, new Subject(SubjectKind.User, atom.Value, cluster.Location), cluster.Location);
    }

    private static IEnumerable<HeldRules> RulesOf(WorldReader reader, Side side, Caller caller)
    {
        reader.Read(caller);
        var held = new Dictionary<int, ArtefactPlace>();
        reader.AddRights(held);
        foreach (var right in held.Keys.Order())
        {
            var (role, rules, ns) = side.Rights.ContentOf(right);
            yield return new HeldRules(role, rules ?? BuiltInRoles.Default.RulesOf(role), ns);
        }
    }

    private static bool IsCovered(HeldRules held, HeldRules[] known)
    {
        HeldRules[] inScope = [.. known.Where(other => other.Namespace is null || other.Namespace == held.Namespace)];
        return Array.Exists(inScope, other => other.Role == held.Role && other.Rules is null && held.Rules is null)
            || (held.Rules is { } rules && RbacRules.Covers([.. inScope.SelectMany(other => other.Rules ?? [])], rules));
    }

    private sealed record HeldRules(string Role, ImmutableArray<RbacRule>? Rules, string? Namespace)
    {
        public string Shown => $"ClusterRole `{Role}` {(Namespace is null ? "in the whole cluster" : $"in namespace `{Namespace}`")}";
    }

    private sealed class Side(Cluster cluster, ProjectSettings settings, ClusterReading reading)
    {
        public KubernetesNames Names { get; } = new(cluster, settings.IdentityProviders, reading);

        public RightSet Rights { get; } = new(reading, []);
    }
}
