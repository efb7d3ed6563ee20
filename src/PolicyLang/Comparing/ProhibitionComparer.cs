using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Comparing;

/// <summary>
/// Compares what guards forbid: for each cluster, namespace, path and right the people who must not have it. A guard that is split, moved or swallowed by a wider one holds no less back.
/// </summary>
internal sealed class ProhibitionComparer
{
    private readonly SidePair _sides;
    private readonly GuardChangeKind _kind;
    private readonly ImmutableArray<Prohibition> _more;
    private readonly ImmutableArray<Prohibition> _less;

    private ProhibitionComparer(SidePair sides, GuardChangeKind kind)
    {
        (_sides, _kind) = (sides, kind);
        _more = [.. Of(sides.More)];
        _less = [.. Of(sides.Less), .. kind == GuardChangeKind.Expectation ? GuardsOf(sides.Less) : []];
    }

    /// <summary>What one policy forbids and the other does not.</summary>
    public static IEnumerable<GuardChange> Compare(SidePair sides, CancellationToken cancellation)
    {
        foreach (var kind in new[] { GuardChangeKind.Guard, GuardChangeKind.Expectation })
        {
            var comparer = new ProhibitionComparer(sides, kind);
            foreach (var change in comparer.Find(cancellation))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<GuardChange> Find(CancellationToken cancellation)
    {
        var texts = _less.GroupBy(p => p.Text, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var excused = new SortedDictionary<string, List<Prohibition>>(StringComparer.Ordinal);
        foreach (var guard in _more)
        {
            cancellation.ThrowIfCancellationRequested();
            var gap = GapOf(guard);
            if (gap.Clusters.Count == 0)
            {
                continue;
            }

            // The same sentence that speaks of other people is a matter of these people, and not of the sentence.
            var same = texts.GetValueOrDefault(guard.Text);
            if (same is not null && gap.People.Keys.Where(p => guard.IsComplement || !same.People.ContainsKey(p)).ToArray() is { Length: > 0 } others)
            {
                foreach (var person in others.Select(p => gap.People[p]))
                {
                    if (!excused.TryGetValue(person, out var guards))
                    {
                        excused.Add(person, guards = []);
                    }

                    guards.Add(guard);
                }

                continue;
            }

            var (before, after) = _sides.InOrder(same?.Location, guard.Location);
            yield return new GuardChange(_kind, !_sides.IsGain, TitleOf(guard, same, gap), before, after);
        }

        // Somebody who joins or leaves a group does so for all guards together.
        foreach (var group in excused.GroupBy(e => string.Join('\n', e.Value.Select(g => g.Text))))
        {
            var guards = group.First().Value;
            var people = string.Join(", ", group.Select(e => $"`{e.Key}`"));
            var named = guards.Count == 1 ? $"`{guards[0].Text}`" : string.Create(CultureInfo.InvariantCulture, $"{guards.Count} guards, such as `{guards[0].Text}`");
            var verb = group.Count() == 1 ? "is" : "are";
            var (before, after) = _sides.InOrder(texts[guards[0].Text].Location, guards[0].Location);
            yield return new GuardChange(_kind, !_sides.IsGain, _sides.IsGain ? $"{people} {verb} now held back by {named}" : $"{people} {verb} no longer held back by {named}", before, after);
        }
    }

    private string TitleOf(Prohibition guard, Prohibition? same, Gap gap)
    {
        if (same is null)
        {
            var isWhole = gap.Clusters.Count == guard.Places.Length && !_less.Any(l => l.Shares(guard));
            return isWhole ? $"`{guard.Text}` {(_sides.IsGain ? "added" : "removed")}" : $"`{guard.Text}` {(_sides.IsGain ? "holds more back" : "narrowed")}{WhereOf(guard, gap)}";
        }

        var labels = gap.Clusters
            .Select(c => SelectionCauses.LabelEdits(_sides.Old.Policy.Clusters[c].Labels, _sides.New.Policy.Clusters[c].Labels))
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return $"`{guard.Text}` {(_sides.IsGain ? "now holds" : "no longer holds")}{WhereOf(guard, gap)}{(labels.Length == 1 ? $" (label edit: {labels[0]})" : "")}";
    }

    private static string WhereOf(Prohibition guard, Gap gap)
    {
        var clusters = gap.Clusters.Count <= 3 ? string.Join(", ", gap.Clusters.Select(c => $"`{c}`")) : string.Create(CultureInfo.InvariantCulture, $"{gap.Clusters.Count} clusters");
        return (gap.People.Count > 0 && gap.People.Count < guard.People.Count && !guard.IsComplement ? $" for {string.Join(", ", gap.People.Values.Order(StringComparer.Ordinal).Take(3).Select(p => $"`{p}`"))}" : "") + (gap.Clusters.Count < guard.Places.Length || guard.Places.Length <= 3 ? $" on {clusters}" : "");
    }

    // Where a guard forbids what no guard of the other policy does. A cluster or namespace that the other policy does not have needs no guard there.
    private Gap GapOf(Prohibition guard)
    {
        var gap = new Gap(new SortedSet<string>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var (cluster, namespaces) in guard.Places)
        {
            if (!_sides.Less.Policy.Clusters.TryGetValue(cluster.Name, out var less) || less.IsRetired)
            {
                continue;
            }

            var rules = guard.Rights?.Expand(cluster.KubernetesMinorVersion).Rules.SelectMany(RbacRuleAtoms.Of).Cast<RbacRule?>().ToArray() ?? [null];
            foreach (var ns in namespaces?.AsEnumerable<string?>() ?? [null])
            {
                if (ns is not null && less.Namespaces is { } declared && !declared.ContainsKey(ns))
                {
                    continue;
                }

                foreach (var path in guard.PathNames(cluster).Where(less.Paths.ContainsKey))
                {
                    var near = _less.Where(l => l.Reaches(cluster.Name, ns, path)).ToArray();
                    foreach (var atom in rules)
                    {
                        AddMissing(guard, [.. near.Where(l => l.Forbids(atom, less.KubernetesMinorVersion))], cluster.Name, gap);
                    }
                }
            }
        }

        return gap;
    }

    private static void AddMissing(Prohibition guard, ImmutableArray<Prohibition> others, string cluster, Gap gap)
    {
        // Everybody but some: those whom every such guard excuses, and none names.
        var complements = others.Where(o => o.IsComplement).ToArray();
        var named = others.Where(o => !o.IsComplement).SelectMany(o => o.People.Keys).ToHashSet(StringComparer.Ordinal);
        if (guard.IsComplement)
        {
            if (complements.Length == 0)
            {
                gap.Clusters.Add(cluster);
                return;
            }

            Add(complements[0].People.Where(p => !guard.People.ContainsKey(p.Key) && !named.Contains(p.Key) && complements.All(c => c.People.ContainsKey(p.Key))));
            return;
        }

        Add(guard.People.Where(p => !named.Contains(p.Key) && (complements.Length == 0 || complements.All(c => c.People.ContainsKey(p.Key)))));

        void Add(IEnumerable<KeyValuePair<string, string>> missing)
        {
            foreach (var (key, display) in missing)
            {
                gap.Clusters.Add(cluster);
                gap.People[key] = display;
            }
        }
    }

    private IEnumerable<Prohibition> Of(PolicySide side) => _kind == GuardChangeKind.Guard ? GuardsOf(side) : ExpectationsOf(side);

    private static IEnumerable<Prohibition> GuardsOf(PolicySide side)
        => side.Policy.Guards.Select(g => new Prohibition(g.IsOnly || g.IsAnyone, PeopleOf(g.Subjects, side), g.Rights, g.Places, g.Paths, g.Location, side));

    private static IEnumerable<Prohibition> ExpectationsOf(PolicySide side)
        => side.Policy.Tests.SelectMany(t => t.Expectations).Where(e => !e.IsAllowed).Select(e => new Prohibition(false, PeopleOf(e.Subjects, side), e.Rights, e.Places, e.Paths, e.Location, side));

    private static Dictionary<string, string> PeopleOf(ImmutableArray<Subject> subjects, PolicySide side)
        => subjects.SelectMany(s => side.Principals.Anywhere(s).AsEnumerable()).DistinctBy(p => p.Key, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Display, StringComparer.Ordinal);

    private sealed record Gap(SortedSet<string> Clusters, SortedDictionary<string, string> People);

    /// <summary>A guard or a negative expectation.</summary>
    private sealed class Prohibition(
        bool isComplement,
        Dictionary<string, string> people,
        Semantics.Rights.BoundRights? rights,
        ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> places,
        ImmutableArray<AccessPath>? paths,
        SourceLocation location,
        PolicySide side)
    {
        private readonly Dictionary<string, ImmutableArray<string>?> _places = places.ToDictionary(p => p.Cluster.Name, p => p.Namespaces, StringComparer.Ordinal);

        public bool IsComplement => isComplement;

        public Dictionary<string, string> People => people;

        public Semantics.Rights.BoundRights? Rights => rights;

        public ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> Places => places;

        public SourceLocation Location => location;

        public string Text { get; } = TextOf(location);

        public IEnumerable<string> PathNames(Cluster cluster) => paths?.Select(p => p.Name) ?? side.Policy.Paths.Keys.Where(cluster.Paths.ContainsKey);

        public bool Reaches(string cluster, string? ns, string path)
            => _places.TryGetValue(cluster, out var namespaces)
                && (namespaces is not { } some || (ns is not null && some.Contains(ns, StringComparer.Ordinal)))
                && (paths is not { } ways || ways.Any(w => w.Name == path));

        public bool Forbids(RbacRule? atom, int minorVersion)
            => rights is null || (atom is not null && RbacRules.Covers(rights.Expand(minorVersion).Rules, [atom]));

        public bool Shares(Prohibition other) => isComplement == other.IsComplement && people.Keys.Any(other.People.ContainsKey) && _places.Keys.Any(other._places.ContainsKey);

        // The reason is no part of what is forbidden.
        private static string TextOf(SourceLocation location)
        {
            var text = PlainText.Of(location);
            var reason = text.LastIndexOf(" because \"", StringComparison.Ordinal);
            return reason < 0 || !text.EndsWith('"') ? text : text[..reason];
        }
    }
}
