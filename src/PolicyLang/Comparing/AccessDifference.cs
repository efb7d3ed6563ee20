using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Comparing;

/// <summary>Something that a grant of one policy gives and the other policy does not.</summary>
/// <param name="Cluster">The cluster, as the policy that gives it has it.</param>
/// <param name="Grant">The grant.</param>
/// <param name="Way">How people come.</param>
/// <param name="Principals">Who gets it.</param>
/// <param name="IsEverybody">Whether that is everybody whom the grant's subject stands for.</param>
/// <param name="Namespace">The namespace; absent for the whole cluster.</param>
/// <param name="Rights">What of the role.</param>
internal sealed record UncoveredGrant(
    Cluster Cluster,
    AccessGrant Grant,
    AccessWay Way,
    ImmutableArray<ComparedPrincipal> Principals,
    bool IsEverybody,
    string? Namespace,
    UncoveredRights Rights);

/// <summary>
/// Finds what one policy gives in some world and the other does not. Rights only add up: over groups that somebody is in, postures that hold and days that pass. So a grant
/// gives more than another policy in some world just when it does in its own least world: one principal, its condition alone, its last day.
/// </summary>
internal sealed class AccessDifference(PolicySide more, PolicySide less)
{
    private readonly RoleContents _roles = new(ResourceTable.With(more.Compared.Settings.CustomResources.AddRange(less.Compared.Settings.CustomResources)));
    private readonly RoleCoverage _coverage = new();
    private readonly Dictionary<(string Path, string Posture, bool IsMore), ImmutableArray<string>> _texts = [];

    /// <summary>What the first policy gives beyond the second.</summary>
    public IEnumerable<UncoveredGrant> Find(CancellationToken cancellation)
    {
        foreach (var access in more.Access.Clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            var offered = EntriesOf(more, access, true);
            var held = less.Clusters.TryGetValue(access.Cluster.Name, out var other) ? EntriesOf(less, other, false) : [];
            var known = held.Select(h => h.Signature).ToHashSet();
            var candidates = offered.Where(o => !known.Contains(o.Signature)).ToList();
            if (candidates.Count == 0)
            {
                continue;
            }

            var index = IndexOf(held);
            foreach (var entry in candidates)
            {
                foreach (var uncovered in Find(access.Cluster, entry, index))
                {
                    yield return uncovered;
                }
            }
        }
    }

    private IEnumerable<UncoveredGrant> Find(Cluster cluster, Entry entry, Dictionary<(string Way, string Principal), List<Entry>> index)
    {
        var isInNamespaces = entry.Grant.Namespaces is not null;
        var content = _roles.Of(entry.Grant.Role, isInNamespaces);
        foreach (var ns in entry.Grant.Namespaces?.AsEnumerable<string?>() ?? [null])
        {
            var groups = new List<(UncoveredRights Rights, ImmutableArray<ComparedPrincipal>.Builder Principals)>();
            foreach (var principal in entry.Principals)
            {
                List<RoleContent> owners = [.. index.GetValueOrDefault((entry.Way.Key, principal.Key), []).Where(h => h.Reaches(ns) && h.HoldsWhenever(entry)).Select(h => _roles.Of(h.Grant.Role, h.Grant.Namespaces is not null))];
                var rights = content.IsEmpty ? UncoveredRights.None : _coverage.Uncovered(owners, content);
                if (rights.IsNone)
                {
                    continue;
                }

                var at = groups.FindIndex(g => ReferenceEquals(g.Rights, rights));
                if (at < 0)
                {
                    at = groups.Count;
                    groups.Add((rights, ImmutableArray.CreateBuilder<ComparedPrincipal>()));
                }

                groups[at].Principals.Add(principal);
            }

            foreach (var (rights, principals) in groups)
            {
                yield return new UncoveredGrant(cluster, entry.Grant, entry.Way, principals.ToImmutable(), principals.Count == entry.Principals.Length, ns, rights);
            }
        }
    }

    private List<Entry> EntriesOf(PolicySide side, ClusterAccess access, bool isMore)
    {
        var entries = new List<Entry>();
        foreach (var grant in access.Grants)
        {
            foreach (var path in grant.Paths)
            {
                ImmutableArray<string> texts = [.. grant.Condition.Postures.SelectMany(p => TextsOf(path, p, isMore)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                foreach (var way in PolicySide.WaysOf(access.Cluster, path))
                {
                    var principals = side.Principals.Of(grant.Subject, way);
                    if (!principals.All.IsEmpty)
                    {
                        var signature = (
                            way.Key,
                            principals.Key,
                            _roles.Of(grant.Role, grant.Namespaces is not null).Id,
                            grant.Namespaces is { } namespaces ? string.Join('\n', namespaces) : null,
                            string.Join('\n', texts),
                            grant.Rule.Until);
                        entries.Add(new Entry(grant, way, principals.All, texts, signature));
                    }
                }
            }
        }

        return entries;
    }

    private ImmutableArray<string> TextsOf(AccessPath path, Posture posture, bool isMore)
    {
        if (!_texts.TryGetValue((path.Name, posture.Name, isMore), out var texts))
        {
            texts = posture.Assertions.TryGetValue(path.Name, out var assertions) ? [.. assertions.Select(a => a.Text)] : [];
            _texts.Add((path.Name, posture.Name, isMore), texts);
        }

        return texts;
    }

    private static Dictionary<(string, string), List<Entry>> IndexOf(List<Entry> entries)
    {
        var index = new Dictionary<(string, string), List<Entry>>();
        foreach (var entry in entries)
        {
            foreach (var principal in entry.Principals)
            {
                if (!index.TryGetValue((entry.Way.Key, principal.Key), out var list))
                {
                    index.Add((entry.Way.Key, principal.Key), list = []);
                }

                list.Add(entry);
            }
        }

        return index;
    }

    /// <summary>A grant by one way.</summary>
    private sealed record Entry(
        AccessGrant Grant,
        AccessWay Way,
        ImmutableArray<ComparedPrincipal> Principals,
        ImmutableArray<string> Texts,
        (string Way, string Principals, int Role, string? Namespaces, string Texts, DateOnly? Until) Signature)
    {
        /// <summary>Whether the grant reaches a namespace, or the whole cluster.</summary>
        public bool Reaches(string? ns) => Grant.Namespaces is not { } namespaces || (ns is not null && namespaces.Contains(ns, StringComparer.Ordinal));

        /// <summary>Whether the grant holds whenever another one does: fewer checks, as many days.</summary>
        public bool HoldsWhenever(Entry other)
            => Texts.All(t => other.Texts.Contains(t, StringComparer.Ordinal)) && (Grant.Rule.Until is not { } until || (other.Grant.Rule.Until is { } last && last <= until));
    }
}
