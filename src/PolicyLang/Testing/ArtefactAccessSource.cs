using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Testing;

/// <summary>
/// Answers from artefacts, whoever wrote them: what the models of the real systems say that each subject of the policy has, and everybody else of whom the artefacts speak.
/// A subject has what each of its names in the path's system has; conditions are those that the policy knows.
/// </summary>
/// <remarks>Clusters are read as they are asked for: an object serves one thread.</remarks>
public sealed class ArtefactAccessSource : IAccessSource
{
    private readonly PolicyModel _policy;
    private readonly ProjectSettings _settings;
    private readonly ArtefactReadings _readings;
    private readonly ArtefactSet _artefacts;
    private readonly IdentityResolver _identities;
    private readonly ImmutableArray<Condition> _conditions;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, ImmutableArray<Entitlement>> _entitlements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);

    /// <summary>Creates the source.</summary>
    /// <param name="policy">The policy, whose words questions are asked in.</param>
    /// <param name="access">Its access model.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="targets">The targets, whose readers are used.</param>
    /// <param name="artefacts">The artefacts.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ArtefactAccessSource(PolicyModel policy, AccessModel access, ProjectSettings settings, ImmutableArray<ITarget> targets, ArtefactSet artefacts, CancellationToken cancellation)
    {
        (_policy, _settings, _artefacts, _cancellation) = (policy, settings, artefacts, cancellation);
        _readings = ArtefactReadings.Read(access, targets, artefacts, cancellation);
        _identities = new IdentityResolver(settings.IdentityProviders);
        _conditions = [Condition.Always, .. policy.Allows.Select(allow => allow.Condition).Where(condition => !condition.IsAlways).Distinct().OrderBy(condition => condition.Key, StringComparer.Ordinal)];
        Relations = new SubjectRelations(policy.Subjects.Values, access.Overlaps);
    }

    /// <inheritdoc/>
    public SubjectRelations Relations { get; }

    /// <summary>What was met in the artefacts of the paths that is refused or not understood.</summary>
    public ImmutableArray<ReadingProblem> Problems => [.. _readings.Paths.SelectMany(side => side.Evidence.Problems)];

    /// <inheritdoc/>
    public ImmutableArray<Entitlement> On(Cluster cluster)
    {
        if (!_entitlements.TryGetValue(cluster.Name, out var entitlements))
        {
            _entitlements.Add(cluster.Name, entitlements = Read(cluster));
        }

        return entitlements;
    }

    private ImmutableArray<Entitlement> Read(Cluster cluster)
    {
        var reading = _readings.Read(cluster, _cancellation);
        var names = new KubernetesNames(cluster, _settings.IdentityProviders, reading);
        var rights = new RightSet(reading, []);
        var found = ImmutableArray.CreateBuilder<Entitlement>();
        foreach (var side in _readings.Paths.Where(side => cluster.Paths.ContainsKey(side.Path.Name) && !_artefacts.Of(side.Path).IsEmpty))
        {
            var leaves = LeavesOf(side);
            var natives = leaves.Values.SelectMany(of => of).GroupBy(leaf => leaf.Atom).ToDictionary(group => group.Key, group => group.First().Principal);
            foreach (var endpoint in side.Evidence.EndpointsOf(cluster))
            {
                _cancellation.ThrowIfCancellationRequested();
                var world = new WorldReader(names, rights, side.Path, endpoint, natives);
                foreach (var holder in HoldersOf(side, leaves, world))
                {
                    Add(cluster, side, rights, world, holder, found);
                }
            }
        }

        return [.. WithoutRepetitions(found).OrderBy(e => e.Holder.Name, StringComparer.Ordinal).ThenBy(e => e.RoleName, StringComparer.Ordinal).ThenBy(e => e.Paths[0].Name, StringComparer.Ordinal).ThenBy(e => e.Condition.Key, StringComparer.Ordinal)];
    }

    // Two endpoints of a path may give the same, and what a group has its members need not be told to have.
    private IEnumerable<Entitlement> WithoutRepetitions(ImmutableArray<Entitlement>.Builder found)
    {
        var seen = found.Select(KeyOf).ToHashSet();
        var told = new HashSet<(Subject, string, string, AccessPath, string, bool)>();
        return found.Where(e => told.Add(KeyOf(e)) && !Relations.MembershipsOf(e.Holder).Any(group => group != e.Holder && seen.Contains(KeyOf(e with { Holder = group }))));

        static (Subject, string, string, AccessPath, string, bool) KeyOf(Entitlement e)
            => (e.Holder, e.RoleName, e.Namespaces is { } names ? string.Join(',', names) : "*", e.Paths[0], e.Condition.Key, e.IsCertain);
    }

    private Dictionary<Subject, ImmutableArray<Leaf>> LeavesOf(PathSide side)
    {
        var leaves = new Dictionary<Subject, ImmutableArray<Leaf>>();
        foreach (var subject in _policy.Subjects.Values)
        {
            var resolution = _identities.Resolve(subject, side.Path.Name, side.Path.People);
            if (resolution.Missing is null && !resolution.Principals.IsEmpty && resolution.Principals.All(p => side.Path.Kind.Accepts.Contains(p.Kind)))
            {
                leaves.Add(subject, [.. resolution.Principals.Select(p => new Leaf(Caller.Principal(side.Evidence.AtomOf(p)), p))]);
            }
        }

        return leaves;
    }

    // The policy's subjects, and whoever else the artefacts name.
    private IEnumerable<(Subject Subject, ImmutableArray<Atom> Atoms)> HoldersOf(PathSide side, Dictionary<Subject, ImmutableArray<Leaf>> leaves, WorldReader world)
    {
        foreach (var (subject, of) in leaves.OrderBy(l => l.Key.Name, StringComparer.Ordinal))
        {
            yield return (subject, [.. of.Select(leaf => leaf.Atom).Distinct()]);
        }

        var known = leaves.Values.SelectMany(of => of.Select(leaf => leaf.Atom)).ToHashSet();
        foreach (var atom in world.Principals.Append(Caller.SomePerson).Append(Caller.SomeMachine).Where(atom => !known.Contains(atom)).Distinct().OrderBy(atom => atom.ToString(), StringComparer.Ordinal))
        {
            yield return (Stranger(atom, side.Path), [atom]);
        }
    }

    private Subject Stranger(Atom atom, AccessPath path)
    {
        var location = path.Location ?? _policy.Clusters.Values.First().Location;
        var (kind, name) = atom.Kind switch
        {
            AtomKind.AnyPerson => (SubjectKind.User, $"anybody who comes via `{path.Name}`"),
            AtomKind.AnyMachine => (SubjectKind.User, $"any machine that comes via `{path.Name}`"),
            AtomKind.Group => (SubjectKind.Group, $"{atom.Value} (no subject of the policy)"),
            AtomKind.Machine => (SubjectKind.Machine, $"{atom.Value} (no subject of the policy)"),
            _ => (SubjectKind.User, $"{atom.Value} (no subject of the policy)"),
        };
        return new Subject(kind, name, location) { Identities = ImmutableDictionary<string, ImmutableArray<Data.SettingText>>.Empty.Add(path.Name, [new Data.SettingText(atom.Value, location)]) };
    }

    private void Add(Cluster cluster, PathSide side, RightSet rights, WorldReader world, (Subject Subject, ImmutableArray<Atom> Atoms) holder, ImmutableArray<Entitlement>.Builder found)
    {
        // A condition adds what holds without it too, which is not told again.
        var told = new HashSet<(int Right, bool IsCertain)>();
        foreach (var condition in _conditions)
        {
            HashSet<Atom> checks = [.. condition.Postures.SelectMany(posture => side.Evidence.ChecksOf(posture))];
            if (!condition.IsAlways && checks.Count == 0)
            {
                continue;
            }

            var common = CommonRights(world, holder.Atoms, checks);
            foreach (var group in common.Where(right => told.Add((right.Number, right.IsCertain)) && (right.IsCertain || !told.Contains((right.Number, true)))).GroupBy(right => (rights.ContentOf(right.Number).Role, right.IsCertain)))
            {
                var (role, rules, ns) = rights.ContentOf(group.First().Number);
                var evidence = group.First();
                found.Add(new Entitlement(
                    cluster,
                    holder.Subject,
                    role,
                    rules is { } content ? new OwnClusterRole(role, content) : new ExistingClusterRole(role),
                    group.Any(right => rights.ContentOf(right.Number).Namespace is null) ? null : [.. group.Select(right => rights.ContentOf(right.Number).Namespace!).Order(StringComparer.Ordinal)],
                    [side.Path],
                    condition,
                    new AllowRule(LocationOf(evidence.Binding), null, null))
                {
                    IsCertain = group.Key.IsCertain,
                    Evidence = EvidenceOf(side.Path, evidence),
                });
            }
        }
    }

    // What every one of some principals has.
    private static List<HeldInArtefacts> CommonRights(WorldReader world, ImmutableArray<Atom> atoms, HashSet<Atom> checks)
    {
        Dictionary<int, HeldInArtefacts>? common = null;
        foreach (var atom in atoms)
        {
            world.Read(Caller.Of([atom], checks));
            var held = new Dictionary<int, ArtefactPlace>();
            world.AddRights(held);
            var ofAtom = held.ToDictionary(h => h.Key, h => new HeldInArtefacts(h.Key, world.IsCertain, h.Value, [.. world.GatePlaces.Take(1)], [.. world.Asserted.Places.Where(place => place.Line > 0)], world.Asserted.Shown));
            common = common is null ? ofAtom : common.Where(h => ofAtom.ContainsKey(h.Key)).ToDictionary(h => h.Key, h => h.Value with { IsCertain = h.Value.IsCertain && ofAtom[h.Key].IsCertain });
        }

        return [.. (common ?? []).Values.OrderBy(h => h.Number)];
    }

    private ImmutableArray<ChainLink> EvidenceOf(AccessPath path, HeldInArtefacts held)
    {
        var links = ImmutableArray.CreateBuilder<ChainLink>();
        foreach (var place in held.Gate)
        {
            links.Add(new ChainLink("path", $"`{path.Name}` lets them through: {ExcerptOf(place)}", place.ToString()));
        }

        foreach (var place in held.Identities.Except(held.Gate).Take(1))
        {
            links.Add(new ChainLink("identity", ExcerptOf(place), place.ToString()));
        }

        if (held.Names.Length > 0)
        {
            links.Add(new ChainLink("group", $"the API server knows them as {held.Names}", null));
        }

        links.Add(new ChainLink("binding", ExcerptOf(held.Binding), held.Binding.ToString()));
        return links.ToImmutable();
    }

    // The rest of the line at a place.
    private SourceLocation LocationOf(ArtefactPlace place) => place.RestOfLine(TextOf(place));

    private string ExcerptOf(ArtefactPlace place) => ArtefactExcerpt.Of(TextOf(place), place);

    private SourceText TextOf(ArtefactPlace place)
    {
        if (!_texts.TryGetValue(place.Path, out var text))
        {
            _texts.Add(place.Path, text = _artefacts.TextOf(place.Path));
        }

        return text;
    }

    private sealed record HeldInArtefacts(int Number, bool IsCertain, ArtefactPlace Binding, ImmutableArray<ArtefactPlace> Gate, ImmutableArray<ArtefactPlace> Identities, string Names);
}
