using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Collects assumptions; the same kind and topic is one assumption.</summary>
internal sealed class AssumptionCollector
{
    private readonly SortedDictionary<(AssumptionKind Kind, string Topic), Assumption> _assumptions
        = new(Comparer<(AssumptionKind Kind, string Topic)>.Create((a, b) => a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Topic, b.Topic)));

    private readonly HashSet<(Subject Group, string System)> _memberships = [];

    public ImmutableArray<Assumption> ToSortedArray() => [.. _assumptions.Values];

    public void Add(Assumption assumption) => _assumptions.TryAdd((assumption.Kind, assumption.Topic), assumption);

    public void AddRange(IEnumerable<Assumption> assumptions)
    {
        foreach (var assumption in assumptions)
        {
            Add(assumption);
        }
    }

    public void AddMembership(ImmutableArray<Subject> groups, string system)
    {
        foreach (var group in groups.Where(group => _memberships.Add((group, system))))
        {
            Add(new Assumption(AssumptionKind.Membership, $"{group.Name} {system}", $"`{system}` lists nobody in `{group.Name}` beyond the members that the policy lists", group.Location));
        }
    }

    public void AddOverride(Cluster cluster, Subject subject, string group)
    {
        if (subject.KubernetesGroup is not null)
        {
            Add(new Assumption(AssumptionKind.NoOtherAuthenticator, $"{cluster.Name}/{group}", $"nothing but the declared proxies asserts the group `{group}` in cluster `{cluster.Name}`", subject.KubernetesGroup.Location));
        }
    }

    /// <summary>A gate and an API server that know a subject by names of different systems must mean the same people by them.</summary>
    public void AddSameMembers(Subject subject, AccessPath path, ImmutableArray<NativePrincipal> gate, Authenticator authenticator, ImmutableArray<NativePrincipal> names)
    {
        foreach (var group in gate.Concat(names).Where(p => p.Kind == PrincipalKind.Group).Select(p => p.Origin).Distinct())
        {
            var atGate = gate.Where(p => p.Origin == group).Select(p => (p.Provider, p.Value)).ToHashSet();
            if (!atGate.SetEquals(names.Where(p => p.Origin == group).Select(p => (p.Provider, p.Value))))
            {
                Add(new Assumption(
                    AssumptionKind.Membership,
                    $"{group.Name} {path.Name} {authenticator.People}",
                    $"path `{path.Name}` and `{authenticator.People}`, which know `{subject.Name}` by different names, mean the same people",
                    group.Location));
            }
        }
    }

    public void AddDisjoint(ImmutableArray<DisjointAssumption> disjoint)
    {
        foreach (var assumption in disjoint)
        {
            var names = assumption.Subjects.Select(s => s.Name).Order(StringComparer.Ordinal).ToArray();
            Add(new Assumption(AssumptionKind.Disjoint, string.Join(' ', names), $"nobody is in two of {string.Join(", ", names.Select(n => $"`{n}`"))}: {assumption.Because}", assumption.Location));
        }
    }

    public void AddRule(BoundAllow allow)
    {
        if (allow.Rule.Until is { } until)
        {
            var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Add(new Assumption(AssumptionKind.RebuiltDaily, day, $"the outputs are rebuilt and applied after {day}, so that the rules that end then end", allow.Rule.Location));
        }

        foreach (var posture in allow.Condition.Postures.Where(p => p.Assertions.Count > 1))
        {
            Add(new Assumption(AssumptionKind.PostureMeansTheSame, posture.Name, $"what {string.Join(" and ", posture.Assertions.Keys.Select(p => $"`{p}`"))} check for posture `{posture.Name}` means the same", posture.Location));
        }
    }
}
