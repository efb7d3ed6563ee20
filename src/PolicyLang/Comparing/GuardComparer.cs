using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Semantics;

namespace PolicyLang.Comparing;

/// <summary>Compares what holds access back, or must be believed, and shows in no right of anybody.</summary>
internal static class GuardComparer
{
    public static ImmutableArray<GuardChange> Compare(PolicySide old, PolicySide @new, CancellationToken cancellation)
    {
        var changes = new List<GuardChange>();
        foreach (var isWeaker in new[] { true, false })
        {
            // Where guards hold less back, the old policy is the one that has more of them.
            var sides = new SidePair(old, @new, !isWeaker);
            changes.AddRange(ProhibitionComparer.Compare(sides, cancellation));
            AddDisjoint(sides, changes);
        }

        AddKubernetesNames(old, @new, changes);
        AddEndpoints(old, @new, changes);
        AddPathSettings(old, @new, changes);
        return
        [
            .. changes.OrderByDescending(c => c.IsWeaker)
                .ThenBy(c => c.Kind)
                .ThenBy(c => (c.New ?? c.Old)?.Source.Path, StringComparer.Ordinal)
                .ThenBy(c => (c.New ?? c.Old)?.Span.Start)
                .ThenBy(c => c.Title, StringComparer.Ordinal),
        ];
    }

    // What is assumed more is a weaker guard; so the statement is looked for in the policy that guards less.
    private static void AddDisjoint(SidePair sides, List<GuardChange> changes)
    {
        var known = PairsOf(sides.More, sides.Less).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in PairsOf(sides.Less, sides.More).Where(p => !known.Contains(p.Key)).GroupBy(p => p.Statement))
        {
            var names = string.Join(", ", statement.SelectMany(p => new[] { p.First.Name, p.Second.Name }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            var (before, after) = sides.InOrder(statement.Key.Location, null);
            changes.Add(new GuardChange(GuardChangeKind.Disjoint, !sides.IsGain, $"`assume disjoint {names}` {(sides.IsGain ? "removed" : "added")}", before, after));
        }
    }

    private static IEnumerable<(string Key, Subject First, Subject Second, DisjointAssumption Statement)> PairsOf(PolicySide side, PolicySide other)
        => from statement in side.Policy.Disjoint
           from i in Enumerable.Range(0, statement.Subjects.Length)
           from second in statement.Subjects.Skip(i + 1)
           let first = statement.Subjects[i]
           let keys = new[] { CommonKey(first, other), CommonKey(second, other) }.Order(StringComparer.Ordinal)
           select (string.Join("\n\n", keys), first, second, statement);

    // A subject is the same by its name, and a renamed one by its identities.
    private static string CommonKey(Subject subject, PolicySide other)
        => other.Policy.Subjects.ContainsKey(subject.Name) ? $"called {subject.Name}" : ComparedPrincipals.KeyOf(subject);

    private static void AddKubernetesNames(PolicySide old, PolicySide @new, List<GuardChange> changes)
    {
        var (before, after) = (NamesOf(old, @new), NamesOf(@new, old));
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            switch (before.GetValueOrDefault(key), after.GetValueOrDefault(key))
            {
                case (null, { KubernetesGroup: { } name } subject):
                    changes.Add(new GuardChange(GuardChangeKind.KubernetesName, true, $"`kubernetes = \"{name.Text}\"` added to `{subject.Name}`", null, name.Location));
                    break;
                case ({ KubernetesGroup: { } name } subject, null):
                    changes.Add(new GuardChange(GuardChangeKind.KubernetesName, false, $"`kubernetes = \"{name.Text}\"` removed from `{subject.Name}`", name.Location, null));
                    break;
                case ({ KubernetesGroup: { } from }, { KubernetesGroup: { } to } subject) when from.Text != to.Text:
                    changes.Add(new GuardChange(GuardChangeKind.KubernetesName, true, $"`kubernetes` of `{subject.Name}`: `{from.Text}` → `{to.Text}`", from.Location, to.Location));
                    break;
            }
        }
    }

    private static Dictionary<string, Subject> NamesOf(PolicySide side, PolicySide other)
        => side.Policy.Subjects.Values.Where(s => s.KubernetesGroup is not null)
            .OrderBy(s => s.Name, StringComparer.Ordinal)
            .DistinctBy(s => CommonKey(s, other), StringComparer.Ordinal)
            .ToDictionary(s => CommonKey(s, other), StringComparer.Ordinal);

    private static void AddEndpoints(PolicySide old, PolicySide @new, List<GuardChange> changes)
    {
        foreach (var cluster in @new.Policy.Clusters.Values)
        {
            if (!old.Policy.Clusters.TryGetValue(cluster.Name, out var before))
            {
                continue;
            }

            foreach (var (path, block) in cluster.Paths)
            {
                if (before.Paths.TryGetValue(path, out var oldBlock) && SettingText(oldBlock, old.Policy.Paths[path].Kind.ClusterSettings) is var from && SettingText(block, @new.Policy.Paths[path].Kind.ClusterSettings) is var to && from != to)
                {
                    changes.Add(new GuardChange(GuardChangeKind.Endpoint, true, $"`{path}` finds cluster `{cluster.Name}` in another way: {from} → {to}", oldBlock.Location ?? before.Location, block.Location ?? cluster.Location));
                }
            }
        }
    }

    private static void AddPathSettings(PolicySide old, PolicySide @new, List<GuardChange> changes)
    {
        foreach (var path in @new.Policy.Paths.Values)
        {
            if (old.Policy.Paths.TryGetValue(path.Name, out var before) && SettingText(before.Settings, before.Kind.PathSettings) is var from && SettingText(path.Settings, path.Kind.PathSettings) is var to && from != to)
            {
                changes.Add(new GuardChange(GuardChangeKind.PathSetting, true, $"settings of path `{path.Name}` edited: {from} → {to}", before.Settings.Location ?? before.Location, path.Settings.Location ?? path.Location));
            }
        }
    }

    private static string SettingText(SettingBlock block, SettingSchema schema)
    {
        var parts = schema.Settings.Where(s => block.Has(s.Name)).OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => s.Kind switch
        {
            SettingKind.TextList => $"{s.Name} = {string.Join(", ", block.GetList(s.Name).Select(t => t.Text).Order(StringComparer.Ordinal))}",
            SettingKind.TextMap => $"{s.Name} {{ {string.Join(", ", block.GetTextMap(s.Name).OrderBy(e => e.Key.Text, StringComparer.Ordinal).Select(e => $"{e.Key.Text} = {e.Value.Text}"))} }}",
            SettingKind.Block or SettingKind.BlockList or SettingKind.BlockMap
                => string.Join(' ', block.GetBlocks(s.Name).Select(b => $"{s.Name} {(b.Key.Text == s.Name ? "" : b.Key.Text + " ")}{{ {SettingText(b.Block, s.Children ?? SettingSchema.Empty)} }}").Order(StringComparer.Ordinal)),
            _ => $"{s.Name} = {block.FindText(s.Name)?.Text}",
        });
        return string.Join(" ", parts);
    }
}
