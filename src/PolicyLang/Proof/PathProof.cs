using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>What every path of a cluster is compared with.</summary>
/// <param name="Access">What the policy gives on the cluster.</param>
/// <param name="Rights">What the cluster's artefacts give to Kubernetes names.</param>
/// <param name="Names">The names under which the API server knows a caller.</param>
/// <param name="Findings">Receives the differences.</param>
internal sealed record ClusterSide(ClusterAccess Access, RightSet Rights, KubernetesNames Names, DifferenceLog Findings);

/// <summary>A principal of a path with what holds of whoever is it.</summary>
/// <param name="Atom">What holds.</param>
/// <param name="Principal">The principal.</param>
internal readonly record struct Leaf(Atom Atom, NativePrincipal Principal);

/// <summary>One path with what its artefacts say.</summary>
/// <param name="Path">The path.</param>
/// <param name="Evidence">What its artefacts say.</param>
/// <param name="Leaves">The principals that each subject consists of.</param>
/// <param name="Groups">The Kubernetes groups that the policy gives by the path, on any cluster.</param>
internal sealed record PathSide(AccessPath Path, PathEvidence Evidence, IReadOnlyDictionary<Subject, ImmutableArray<Leaf>> Leaves, IReadOnlySet<string> Groups);

/// <summary>Compares what the rules give with what the artefacts give, for everybody who may come by one path to one endpoint of one cluster.</summary>
internal sealed class PathProof
{
    /// <summary>The right of whoever gets through and has no other.</summary>
    public const string Connection = "a connection to the API server";

    // No number of a right: getting a connection, which comes before any.
    private const int ConnectionNumber = -1;

    private static readonly HashSet<Atom> NoChecks = [];

    private readonly ClusterSide _cluster;
    private readonly AccessPath _path;
    private readonly ReadEndpoint _endpoint;
    private readonly CheckSets _checkSets = new();

    // The grants of each subject that a principal belongs to. Lists are shared by all members of a subject.
    private readonly Dictionary<Atom, List<List<PolicyGrant>>> _grants = [];
    private readonly Dictionary<Atom, NativePrincipal> _leaves = [];
    private readonly WorldReader _world;
    private readonly HashSet<WorldKey> _agreed = [];
    private readonly List<PolicyGrant> _given = [];
    private readonly Dictionary<int, ArtefactPlace> _actual = [];
    private readonly HashSet<int> _expected = [];
    private readonly List<int> _key = [];
    private readonly Dictionary<(int Right, bool IsGiven), List<(ImmutableArray<Atom> Principals, HashSet<Atom> Checks)>> _reported = [];
    private bool _hasChecks;

    private PathProof(ClusterSide cluster, AccessPath path, ReadEndpoint endpoint)
    {
        _cluster = cluster;
        _path = path;
        _endpoint = endpoint;
        _world = new WorldReader(cluster.Names, cluster.Rights, path, endpoint, _leaves);
    }

    private bool CarriesReach => _path.Kind.Carries == PathCarries.Reach;

    /// <summary>Compares every world at one endpoint.</summary>
    /// <param name="cluster">What the path is compared with.</param>
    /// <param name="path">The path.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="overlaps">Which subjects may share a member.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Compare(ClusterSide cluster, PathSide path, ReadEndpoint endpoint, SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        var proof = new PathProof(cluster, path.Path, endpoint);
        proof.Collect(path);
        proof.CompareAll(overlaps, cancellation);
    }

    private void Collect(PathSide path)
    {
        var checks = new Dictionary<Condition, HashSet<Atom>>();
        var bySubject = new Dictionary<Subject, List<PolicyGrant>>();
        var grants = _cluster.Access.Grants;
        for (var i = 0; i < grants.Length; i++)
        {
            var grant = grants[i];
            if (!grant.Paths.Contains(_path))
            {
                continue;
            }

            if (!checks.TryGetValue(grant.Condition, out var demanded))
            {
                checks.Add(grant.Condition, demanded = [.. grant.Condition.Postures.SelectMany(posture => path.Evidence.ChecksOf(posture))]);
                _hasChecks |= demanded.Count > 0;
            }

            if (!bySubject.TryGetValue(grant.Subject, out var ofSubject))
            {
                bySubject.Add(grant.Subject, ofSubject = []);
            }

            ofSubject.Add(new PolicyGrant(i, grant, demanded, _cluster.Rights.Of(grant)));
        }

        foreach (var (subject, ofSubject) in bySubject)
        {
            foreach (var (atom, principal) in path.Leaves[subject])
            {
                if (!_grants.TryGetValue(atom, out var ofPrincipal))
                {
                    _grants.Add(atom, ofPrincipal = []);
                    _leaves.Add(atom, principal);
                }

                ofPrincipal.Add(ofSubject);
            }
        }

        _hasChecks |= _world.HasChecks;
    }

    private void CompareAll(SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        Compare([], NoChecks);
        var others = new HashSet<Atom>(_grants.Keys);
        others.UnionWith(_world.Principals);
        others.Remove(Caller.SomePerson);
        others.Remove(Caller.SomeMachine);
        Atom[] principals = [Caller.SomePerson, Caller.SomeMachine, .. others];
        principals.AsSpan(2).Sort(Order);
        var irregular = _world.Restrained.ToHashSet();
        foreach (var principal in principals)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var checks in CheckSetsOf([principal]))
            {
                if (Compare([principal], checks))
                {
                    irregular.Add(principal);
                }
            }
        }

        // Where every right comes through a gate that the same principal opens, somebody who is two principals has what both have. Only the others need a look as pairs,
        // and behind a gate that asserts nothing all of them do, because the API server adds up a caller's names whatever opened the gate.
        foreach (var first in CarriesReach ? principals : principals.Where(irregular.Contains))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var second in principals)
            {
                if (second != first && MayMeet(first, second, overlaps))
                {
                    foreach (var checks in CheckSetsOf([first, second]))
                    {
                        Compare([first, second], checks);
                    }
                }
            }
        }
    }

    private static int Order(Atom a, Atom b)
    {
        var order = a.Kind.CompareTo(b.Kind);
        order = order != 0 ? order : string.CompareOrdinal(a.Vocabulary, b.Vocabulary);
        return order != 0 ? order : string.CompareOrdinal(a.Value, b.Value);
    }

    private bool MayMeet(Atom first, Atom second, SubjectOverlaps overlaps)
    {
        if (first.Kind is AtomKind.Machine or AtomKind.AnyMachine || second.Kind is AtomKind.Machine or AtomKind.AnyMachine || (first.Kind == AtomKind.Person && second.Kind == AtomKind.Person))
        {
            return false;
        }

        return !_leaves.TryGetValue(first, out var a) || !_leaves.TryGetValue(second, out var b) || a.Origin == b.Origin || overlaps.MayShareMember(a.Origin, b.Origin);
    }

    private List<HashSet<Atom>> CheckSetsOf(Atom[] principals)
    {
        _checkSets.Clear();
        if (_hasChecks)
        {
            AddCheckSets(principals[0].Kind is AtomKind.Machine or AtomKind.AnyMachine ? Caller.SomeMachine : Caller.SomePerson);
            foreach (var principal in principals)
            {
                AddCheckSets(principal);
            }
        }

        return _checkSets.Unions();
    }

    private void AddCheckSets(Atom principal)
    {
        _world.AddCheckSets(principal, _checkSets);
        foreach (var grants in _grants.GetValueOrDefault(principal) ?? [])
        {
            foreach (var grant in grants)
            {
                if (grant.Checks.Count > 0)
                {
                    _checkSets.Add(grant.Checks);
                }
            }
        }
    }

    /// <summary>Compares one world.</summary>
    /// <returns>Whether the artefacts name an identity that no gate of the same principals lets in.</returns>
    private bool Compare(Atom[] principals, HashSet<Atom> checks)
    {
        if (_cluster.Findings.IsFull)
        {
            return false;
        }

        var caller = Caller.Of(principals, checks);
        _world.Read(caller);
        _key.Clear();
        _key.Add((int)_world.Gate);
        _key.AddRange(_world.Asserting);
        _given.Clear();
        foreach (var principal in caller.Principals)
        {
            foreach (var grants in _grants.GetValueOrDefault(principal) ?? [])
            {
                foreach (var grant in grants)
                {
                    if (grant.Checks.Count == 0 || grant.Checks.IsSubsetOf(checks))
                    {
                        _given.Add(grant);
                        _key.Add(-1 - grant.Index);
                    }
                }
            }
        }

        // Many callers have the same names and the same grants; what was compared once need not be again.
        var key = new WorldKey([.. _key]);
        var isPersonal = _world.Asserted.IsPersonal;
        if ((isPersonal || !_agreed.Contains(key)) && Agrees(caller, checks) && !isPersonal)
        {
            _agreed.Add(key);
        }

        return _world.Gate != Truth.True && _world.Asserted.HasNames;
    }

    private bool Agrees(Caller caller, HashSet<Atom> checks)
    {
        var before = _cluster.Findings.Count;
        var isCertain = _world.IsCertain;
        if (_world.Gate != Truth.False && _given.Count == 0 && IsNew(ConnectionNumber, isGiven: true, caller, checks))
        {
            Report(caller, Connection, isGiven: true, isCertain ? "" : "whether it does cannot be decided", [.. _world.Asserted.Places.Where(place => place.Line > 0), .. _world.GatePlaces], []);
        }

        _actual.Clear();
        _world.AddRights(_actual);
        _expected.Clear();
        foreach (var grant in _given)
        {
            _expected.UnionWith(grant.Rights);
        }

        foreach (var (right, place) in _actual)
        {
            if (GoesOn(before) && !_expected.Contains(right) && !_expected.Contains(_cluster.Rights.ClusterWide(right)) && IsNew(right, isGiven: true, caller, checks))
            {
                Report(caller, _cluster.Rights.Describe(right), isGiven: true, isCertain ? "" : "not all of it can be decided", [place, .. _world.Asserted.Places, .. _world.GatePlaces.Take(1)], []);
            }
        }

        foreach (var grant in _given)
        {
            foreach (var right in grant.Rights)
            {
                var isActual = _actual.ContainsKey(right) || _actual.ContainsKey(_cluster.Rights.ClusterWide(right));
                if ((!isActual || !isCertain) && GoesOn(before) && IsNew(right, isGiven: false, caller, checks))
                {
                    Report(caller, _cluster.Rights.Describe(right), isGiven: false, WhyNot(isActual), [.. _world.Asserted.Places], [grant.Grant.Rule]);
                }
            }
        }

        return _cluster.Findings.Count == before;
    }

    private string WhyNot(bool isActual)
        => _world.Gate == Truth.False ? "no artefact lets them through to the cluster"
            : _world.Asserted.Refusal
            ?? (isActual ? "whether it does cannot be decided"
                : _world.Asserted.HasNames || CarriesReach ? $"nothing binds it to {(_world.Asserted.Shown is { Length: > 0 } shown ? shown : "a name of theirs")}"
                : "no artefact gives them a Kubernetes group");

    // One mistake shows in many rights of a world; a proof needs one of them, and whoever looks for drift needs all.
    private bool GoesOn(int before) => _cluster.Findings.FindsAll || _cluster.Findings.Count == before;

    // What differs for somebody differs for whoever is that and more, which is no news.
    private bool IsNew(int right, bool isGiven, Caller caller, HashSet<Atom> checks)
    {
        if (!_cluster.Findings.FindsAll)
        {
            return true;
        }

        if (!_reported.TryGetValue((right, isGiven), out var worlds))
        {
            _reported.Add((right, isGiven), worlds = []);
        }

        if (worlds.Exists(world => world.Principals.All(caller.Principals.Contains) && world.Checks.IsSubsetOf(checks)))
        {
            return false;
        }

        worlds.Add((caller.Principals, checks));
        return true;
    }

    private void Report(Caller caller, string right, bool isGiven, string reason, ImmutableArray<ArtefactPlace> places, ImmutableArray<AllowRule> rules)
        => _cluster.Findings.Add(new ProofDifference(_cluster.Access.Cluster, _path, _endpoint.Name, caller.ToString(), right, isGiven, reason, [.. places.Distinct()], rules)
        {
            IsCertain = _world.IsCertain,
            Principals = caller.Principals,
        });

    private sealed record PolicyGrant(int Index, AccessGrant Grant, HashSet<Atom> Checks, ImmutableArray<int> Rights);

    /// <summary>The gate, the identities and the grants of a world, as numbers.</summary>
    private readonly struct WorldKey(int[] numbers) : IEquatable<WorldKey>
    {
        private readonly int[] _numbers = numbers;

        public bool Equals(WorldKey other) => _numbers.AsSpan().SequenceEqual(other._numbers);

        public override bool Equals(object? obj) => obj is WorldKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var number in _numbers)
            {
                hash.Add(number);
            }

            return hash.ToHashCode();
        }
    }
}
