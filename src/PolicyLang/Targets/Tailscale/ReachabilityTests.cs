using System.Collections.Immutable;
using System.Numerics;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>
/// Writes the tests that the control plane runs before it takes the file. They can speak of the network alone: no test can say which
/// Kubernetes group somebody becomes. A test that fails makes the whole file unusable, so there are only tests that must pass.
/// </summary>
internal sealed class ReachabilityTests
{
    /// <summary>The greatest number of clusters that one subject's test denies. It keeps the file linear in the number of subjects.</summary>
    internal const int MostDeniedClusters = 40;

    private readonly Func<Cluster, bool> _isOpenToOthers;
    private readonly SubjectOverlaps _overlaps;
    private readonly ImmutableArray<(Cluster Cluster, ImmutableArray<TailscaleEndpoint> Endpoints)> _clusters;
    private readonly ImmutableArray<ImmutableArray<string>> _ports;
    private readonly SortedDictionary<string, Reach> _reach = new(StringComparer.Ordinal);

    /// <summary>Creates the tests of a file.</summary>
    /// <param name="overlaps">Which subjects may share a member.</param>
    /// <param name="clusters">The clusters, with their proxies.</param>
    /// <param name="isOpenToOthers">Whether a cluster may be reached by what the policy does not say, so that nothing there can be denied to anybody for sure.</param>
    internal ReachabilityTests(SubjectOverlaps overlaps, ImmutableArray<(Cluster Cluster, ImmutableArray<TailscaleEndpoint> Endpoints)> clusters, Func<Cluster, bool> isOpenToOthers)
    {
        _isOpenToOthers = isOpenToOthers;
        _overlaps = overlaps;
        _clusters = clusters;
        _ports = [.. clusters.Select(cluster => cluster.Endpoints.Select(endpoint => $"{endpoint.Tag}:{endpoint.TestPort}").ToImmutableArray())];
    }

    /// <summary>Notes that a subject reaches a cluster.</summary>
    internal void Add(TailnetSubject subject, int cluster, Condition condition)
    {
        if (!_reach.TryGetValue(subject.Subject.Name, out var reach))
        {
            _reach.Add(subject.Subject.Name, reach = new Reach(subject, new BitSet(_clusters.Length), new BitSet(_clusters.Length)));
        }

        reach.Ever.Add(cluster);
        if (condition.IsAlways)
        {
            reach.Always.Add(cluster);
        }
    }

    /// <summary>The tests, by source.</summary>
    internal ImmutableArray<ReachabilityTest> Build(CancellationToken cancellation)
    {
        var byPerson = new Dictionary<string, BitSet>(StringComparer.Ordinal);
        foreach (var reach in _reach.Values)
        {
            foreach (var person in reach.Subject.People)
            {
                if (!byPerson.TryGetValue(person, out var clusters))
                {
                    byPerson.Add(person, clusters = new BitSet(_clusters.Length));
                }

                clusters.AddAll(reach.Ever);
            }
        }

        Reach[] open = [.. _reach.Values.Where(reach => !reach.Subject.OuterGroups.IsEmpty)];
        var tests = ImmutableArray.CreateBuilder<ReachabilityTest>();
        foreach (var reach in _reach.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            var accept = PortsOf(reach.Always.Members());
            if (reach.Subject.Group is { } group)
            {
                AddTest(group, accept, PortsOf(Denied(reach, byPerson, open)));
            }

            // A tag's devices may carry other tags too, so nothing can be denied to it for sure. A single person may have no device,
            // and a synced group no member; a test on them would then fail.
            foreach (var tag in reach.Subject.Tags)
            {
                AddTest(tag, accept, []);
            }
        }

        return [.. tests.OrderBy(test => test.Source, StringComparer.Ordinal)];

        void AddTest(string source, ImmutableArray<string> accept, ImmutableArray<string> deny)
        {
            if (!accept.IsEmpty || !deny.IsEmpty)
            {
                tests.Add(new ReachabilityTest(source, accept, deny));
            }
        }
    }

    // Only people whom the file itself lists stand behind a group that it defines. What none of them reaches by any rule is denied to it.
    private IEnumerable<int> Denied(Reach reach, Dictionary<string, BitSet> byPerson, Reach[] open)
    {
        var reached = new BitSet(_clusters.Length);
        reached.AddAll(reach.Ever);
        foreach (var person in reach.Subject.People)
        {
            reached.AddAll(byPerson[person]);
        }

        foreach (var other in open)
        {
            if (_overlaps.MayShareMember(reach.Subject.Subject, other.Subject.Subject))
            {
                reached.AddAll(other.Ever);
            }
        }

        int[] denied = [.. Enumerable.Range(0, _clusters.Length).Where(cluster => !reached.Contains(cluster) && !_isOpenToOthers(_clusters[cluster].Cluster))];
        if (denied.Length <= MostDeniedClusters)
        {
            return denied;
        }

        // The choice depends on the two names alone, so that a new cluster displaces at most one other, and each cluster is somebody's.
        var weights = new ulong[denied.Length];
        for (var i = 0; i < denied.Length; i++)
        {
            weights[i] = Hash(reach.Subject.Subject.Name, _clusters[denied[i]].Cluster.Name);
        }

        Array.Sort(weights, denied);
        return denied.Take(MostDeniedClusters).Order();
    }

    private ImmutableArray<string> PortsOf(IEnumerable<int> clusters)
        => [.. clusters.SelectMany(cluster => _ports[cluster])];

    // FNV-1a, finished so that names that differ in one letter scatter.
    private static ulong Hash(string first, string second)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in first)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ '/') * 1099511628211UL;
        foreach (var c in second)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    private sealed record Reach(TailnetSubject Subject, BitSet Always, BitSet Ever);

    private sealed class BitSet(int size)
    {
        private readonly ulong[] _words = new ulong[(size + 63) / 64];

        public void Add(int index) => _words[index >> 6] |= 1UL << index;

        public bool Contains(int index) => (_words[index >> 6] & (1UL << index)) != 0;

        public void AddAll(BitSet other)
        {
            for (var i = 0; i < _words.Length; i++)
            {
                _words[i] |= other._words[i];
            }
        }

        public IEnumerable<int> Members()
        {
            for (var i = 0; i < _words.Length; i++)
            {
                for (var word = _words[i]; word != 0; word &= word - 1)
                {
                    yield return (i << 6) + BitOperations.TrailingZeroCount(word);
                }
            }
        }
    }
}
