using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>Compares what the rules give with what the artefacts give, for everybody who may come by one path to one endpoint of one cluster.</summary>
internal sealed class PathProof
{
    // Beyond this many sets of checks for one principal, unions of more than two are left out; a statement that needs three sets at once would then be needed too.
    private const int MostCheckSets = 6;
    private const int MostDifferences = 20;

    private readonly ClusterAccess _access;
    private readonly AccessPath _path;
    private readonly ReadEndpoint _endpoint;
    private readonly RightSet _rights;
    private readonly KubernetesNames _names;
    private readonly List<ProofDifference> _differences;
    private readonly FormulaIndex<ReadGate> _gates = new();
    private readonly FormulaIndex<ReadIdentity> _identities = new();
    private readonly Dictionary<Atom, List<PolicyGrant>> _grants = [];
    private readonly Dictionary<Atom, NativePrincipal> _leaves = [];
    private readonly HashSet<string> _agreed = new(StringComparer.Ordinal);

    private PathProof(ClusterAccess access, AccessPath path, ReadEndpoint endpoint, RightSet rights, KubernetesNames names, List<ProofDifference> differences)
    {
        _access = access;
        _path = path;
        _endpoint = endpoint;
        _rights = rights;
        _names = names;
        _differences = differences;
    }

    /// <summary>Compares every world at one endpoint.</summary>
    /// <param name="access">What the policy gives on the cluster.</param>
    /// <param name="path">The path.</param>
    /// <param name="evidence">What the path's artefacts say.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="principals">The names that the path's system has for each subject.</param>
    /// <param name="overlaps">Which subjects may share a member.</param>
    /// <param name="rights">What the cluster's artefacts give to Kubernetes names.</param>
    /// <param name="names">The names under which the API server knows a caller.</param>
    /// <param name="differences">Receives the differences.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Compare(
        ClusterAccess access,
        AccessPath path,
        PathEvidence evidence,
        ReadEndpoint endpoint,
        IReadOnlyDictionary<Subject, ImmutableArray<NativePrincipal>> principals,
        SubjectOverlaps overlaps,
        RightSet rights,
        KubernetesNames names,
        List<ProofDifference> differences,
        CancellationToken cancellation)
    {
        var proof = new PathProof(access, path, endpoint, rights, names, differences);
        proof.Collect(evidence, principals);
        proof.CompareAll(overlaps, cancellation);
    }

    private void Collect(PathEvidence evidence, IReadOnlyDictionary<Subject, ImmutableArray<NativePrincipal>> principals)
    {
        var checks = new Dictionary<Condition, ImmutableArray<Atom>>();
        for (var i = 0; i < _access.Grants.Length; i++)
        {
            var grant = _access.Grants[i];
            if (!grant.Paths.Contains(_path) || !principals.TryGetValue(grant.Subject, out var ofSubject))
            {
                continue;
            }

            if (!checks.TryGetValue(grant.Condition, out var demanded))
            {
                checks.Add(grant.Condition, demanded = [.. grant.Condition.Postures.SelectMany(posture => evidence.ChecksOf(posture)).Distinct()]);
            }

            foreach (var principal in ofSubject)
            {
                var atom = Caller.Principal(evidence.AtomOf(principal));
                if (!_grants.TryGetValue(atom, out var grants))
                {
                    _grants.Add(atom, grants = []);
                    _leaves.Add(atom, principal);
                }

                grants.Add(new PolicyGrant(i, grant, demanded));
            }
        }

        _gates.Add(_endpoint.Gate.Opens, _endpoint.Gate);
        foreach (var identity in _endpoint.Identities)
        {
            _identities.Add(identity.Who, identity);
        }
    }

    private void CompareAll(SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        Compare([], []);
        var principals = _grants.Keys.Concat(_gates.Principals).Concat(_identities.Principals).Append(Caller.SomePerson).Append(Caller.SomeMachine).Distinct()
            .OrderBy(atom => atom.Kind).ThenBy(atom => atom.Vocabulary, StringComparer.Ordinal).ThenBy(atom => atom.Value, StringComparer.Ordinal).ToArray();
        var irregular = new HashSet<Atom>(_gates.Restrained.Concat(_identities.Restrained));
        foreach (var principal in principals)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var checks in CheckSets([principal]))
            {
                if (Compare([principal], checks))
                {
                    irregular.Add(principal);
                }
            }
        }

        ComparePairs(principals, irregular, overlaps, cancellation);
    }

    // Where every right comes through a gate that the same principal opens, somebody who is two principals has what both have. Only the others need a look as pairs,
    // and behind a gate that asserts nothing all of them do, because the API server adds up a caller's names whatever opened the gate.
    private void ComparePairs(Atom[] principals, HashSet<Atom> irregular, SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        var carriesReach = _path.Kind.Carries == PathCarries.Reach;
        for (var i = 0; i < principals.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = i + 1; j < principals.Length; j++)
            {
                if ((carriesReach || irregular.Contains(principals[i]) || irregular.Contains(principals[j])) && MayMeet(principals[i], principals[j], overlaps))
                {
                    foreach (var checks in CheckSets([principals[i], principals[j]]))
                    {
                        Compare([principals[i], principals[j]], checks);
                    }
                }
            }
        }
    }

    private bool MayMeet(Atom first, Atom second, SubjectOverlaps overlaps)
    {
        var isMachine = first.Kind is AtomKind.Machine or AtomKind.AnyMachine;
        if (isMachine != second.Kind is AtomKind.Machine or AtomKind.AnyMachine || (first.Kind == AtomKind.Person && second.Kind == AtomKind.Person) || isMachine)
        {
            return false;
        }

        return !_leaves.TryGetValue(first, out var a) || !_leaves.TryGetValue(second, out var b) || a.Origin == b.Origin || overlaps.MayShareMember(a.Origin, b.Origin);
    }

    // Both sides give more when more checks pass, so the worlds that can differ are those in which just what some statements ask for passes.
    private IEnumerable<HashSet<Atom>> CheckSets(Atom[] principals)
    {
        yield return [];
        var sets = new List<IReadOnlySet<Atom>>();
        foreach (var principal in principals.Append(principals[0].Kind is AtomKind.Machine or AtomKind.AnyMachine ? Caller.SomeMachine : Caller.SomePerson))
        {
            sets.AddRange(_gates.CheckSetsOf(principal));
            sets.AddRange(_identities.CheckSetsOf(principal));
            sets.AddRange((_grants.GetValueOrDefault(principal) ?? []).Where(g => g.Checks.Length > 0).Select(g => (IReadOnlySet<Atom>)g.Checks.ToHashSet()));
        }

        var distinct = new List<HashSet<Atom>>();
        foreach (var set in sets.SelectMany(set => set.Count > 1 ? set.Select(atom => (IEnumerable<Atom>)[atom]).Append(set) : [set]))
        {
            AddDistinct(distinct, [.. set]);
        }

        foreach (var set in distinct)
        {
            yield return set;
        }

        if (distinct.Count < 2)
        {
            yield break;
        }

        var known = distinct.ToList();
        for (var rounds = distinct.Count <= MostCheckSets ? distinct.Count - 1 : 1; rounds > 0; rounds--)
        {
            foreach (var union in known.ToArray().SelectMany(a => distinct.Select(b => a.Union(b).ToHashSet())))
            {
                if (AddDistinct(known, union))
                {
                    yield return union;
                }
            }
        }

        var all = distinct.SelectMany(set => set).ToHashSet();
        if (AddDistinct(known, all))
        {
            yield return all;
        }
    }

    private static bool AddDistinct(List<HashSet<Atom>> sets, HashSet<Atom> set)
    {
        if (sets.Exists(known => known.SetEquals(set)))
        {
            return false;
        }

        sets.Add(set);
        return true;
    }

    /// <summary>Compares one world.</summary>
    /// <returns>Whether the artefacts name an identity that no gate of the same principals lets in.</returns>
    private bool Compare(Atom[] principals, HashSet<Atom> checks)
    {
        // One mistake shows in many worlds.
        if (_differences.Count >= MostDifferences)
        {
            return false;
        }

        var caller = Caller.Of(principals, checks);
        var gate = Truth.False;
        foreach (var (_, truth) in _gates.HoldingOf(caller))
        {
            gate = gate.Or(truth);
        }

        var asserted = new AssertedNames(_names, _endpoint);
        foreach (var (identity, truth) in _identities.HoldingOf(caller))
        {
            asserted.Add(identity, truth, caller);
        }

        if (_path.Kind.Carries == PathCarries.Reach)
        {
            asserted.AddNative(principals.Select(p => _leaves.GetValueOrDefault(p)).OfType<NativePrincipal>());
        }

        var given = caller.Principals.SelectMany(p => _grants.GetValueOrDefault(p) ?? []).Where(g => g.Checks.All(checks.Contains)).DistinctBy(g => g.Index).OrderBy(g => g.Index).ToArray();
        var key = KeyOf(gate, asserted, given);
        if (!_agreed.Contains(key) && Agrees(caller, gate, asserted, given))
        {
            _agreed.Add(key);
        }

        return gate != Truth.True && asserted.HasNames;
    }

    // Many callers have the same names and the same grants; what was compared once need not be again.
    private static string KeyOf(Truth gate, AssertedNames asserted, PolicyGrant[] given)
        => string.Create(CultureInfo.InvariantCulture, $"{gate}\n{asserted.Key}\n{string.Join(' ', given.Select(g => g.Index))}");

    private bool Agrees(Caller caller, Truth gate, AssertedNames asserted, PolicyGrant[] given)
    {
        var expected = new Dictionary<GivenRight, AccessGrant>();
        foreach (var (_, grant, _) in given)
        {
            foreach (var component in grant.Role.Components)
            {
                foreach (var ns in grant.Namespaces?.AsEnumerable<string?>() ?? [null])
                {
                    expected.TryAdd(RightSet.Of(component, ns), grant);
                }
            }
        }

        var (actual, isCertain) = gate == Truth.False ? ([], true) : asserted.Rights(_rights);
        isCertain &= gate != Truth.Unknown;
        if (gate != Truth.False && given.Length == 0)
        {
            Report(caller, GivenRight.Connection, isGiven: true, isCertain ? "" : "whether it does cannot be decided", [.. _endpoint.Gate.Places.Take(2)], []);
            return false;
        }

        foreach (var (right, place) in actual)
        {
            if (!expected.ContainsKey(right) && !expected.ContainsKey(right with { Namespace = null }))
            {
                Report(caller, right, isGiven: true, isCertain ? "" : "not all of it can be decided", [place, .. asserted.Places, .. _endpoint.Gate.Places.Take(1)], []);
                return false;
            }
        }

        foreach (var (right, grant) in expected)
        {
            var isActual = actual.ContainsKey(right) || actual.ContainsKey(right with { Namespace = null });
            if (!isActual || !isCertain)
            {
                var reason = gate == Truth.False ? "no artefact lets them through to the cluster"
                    : asserted.Refusal ?? (isActual ? "whether it does cannot be decided" : asserted.HasNames ? $"nothing binds it to {asserted.Shown}" : "no artefact gives them a Kubernetes group");
                Report(caller, right, isGiven: false, reason, [.. asserted.Places], [grant.Rule]);
                return false;
            }
        }

        return true;
    }

    private void Report(Caller caller, GivenRight right, bool isGiven, string reason, ImmutableArray<ArtefactPlace> places, ImmutableArray<AllowRule> rules)
        => _differences.Add(new ProofDifference(_access.Cluster, _path, _endpoint.Name, caller.ToString(), right.ToString(), isGiven, reason, [.. places.Distinct()], rules));

    private sealed record PolicyGrant(int Index, AccessGrant Grant, ImmutableArray<Atom> Checks);
}
