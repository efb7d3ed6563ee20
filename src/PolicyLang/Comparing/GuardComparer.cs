using System.Collections.Immutable;
using System.Globalization;
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
        var edits = from cluster in @new.Policy.Clusters.Values
                    where old.Policy.Clusters.ContainsKey(cluster.Name)
                    let before = old.Policy.Clusters[cluster.Name]
                    from path in cluster.Paths.Keys
                    where before.Paths.ContainsKey(path)
                    let settings = SettingEdits(before.Paths[path], old.Policy.Paths[path].Kind.ClusterSettings, cluster.Paths[path], @new.Policy.Paths[path].Kind.ClusterSettings)
                    where !settings.IsEmpty
                    select (Path: path, Before: before, After: cluster, Settings: settings);

        // What `cluster *` says is said of many clusters at once.
        foreach (var group in edits.GroupBy(e => (e.Path, string.Join('\n', e.Settings.Select(s => s.Name)))))
        {
            var (path, before, after, settings) = group.First();
            var count = group.Count();
            var title = count == 1
                ? $"`{path}` of cluster `{after.Name}`: {string.Join(", ", settings.Select(s => s.Text))}"
                : string.Create(CultureInfo.InvariantCulture, $"`{path}` of {count} clusters, such as `{after.Name}`: {string.Join(", ", settings.Select(s => s.Text))}");
            changes.Add(new GuardChange(GuardChangeKind.Endpoint, true, title, before.Paths[path].Location ?? before.Location, after.Paths[path].Location ?? after.Location));
        }
    }

    private static void AddPathSettings(PolicySide old, PolicySide @new, List<GuardChange> changes)
    {
        foreach (var path in @new.Policy.Paths.Values)
        {
            if (old.Policy.Paths.TryGetValue(path.Name, out var before) && SettingEdits(before.Settings, before.Kind.PathSettings, path.Settings, path.Kind.PathSettings) is { IsEmpty: false } settings)
            {
                changes.Add(new GuardChange(GuardChangeKind.PathSetting, true, $"path `{path.Name}`: {string.Join(", ", settings.Select(s => s.Text))}", before.Settings.Location ?? before.Location, path.Settings.Location ?? path.Location));
            }
        }
    }

    private static ImmutableArray<(string Name, string Text)> SettingEdits(SettingBlock old, SettingSchema oldSchema, SettingBlock @new, SettingSchema newSchema)
    {
        var (before, after) = (SettingTexts(old, oldSchema), SettingTexts(@new, newSchema));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
                .Select(name => (name, $"{name} {before.GetValueOrDefault(name) ?? "absent"} → {after.GetValueOrDefault(name) ?? "absent"}")),
        ];
    }

    private static Dictionary<string, string> SettingTexts(SettingBlock block, SettingSchema schema)
        => schema.Settings.Where(s => block.Has(s.Name)).ToDictionary(s => s.Name, s => SettingText(block, s), StringComparer.Ordinal);

    private static string SettingText(SettingBlock block, SettingDefinition setting) => setting.Kind switch
    {
        SettingKind.TextList => Quote(block.GetList(setting.Name).Select(t => t.Text).Order(StringComparer.Ordinal)),
        SettingKind.TextMap => Quote(block.GetTextMap(setting.Name).OrderBy(e => e.Key.Text, StringComparer.Ordinal).Select(e => $"{e.Key.Text} = {e.Value.Text}")),
        SettingKind.Block or SettingKind.BlockList or SettingKind.BlockMap
            => string.Join(' ', block.GetBlocks(setting.Name).Select(b => $"{(b.Key.Text == setting.Name ? "" : b.Key.Text + " ")}{{ {BlockText(b.Block, setting.Children ?? SettingSchema.Empty)} }}").Order(StringComparer.Ordinal)),
        _ => Quote([block.FindText(setting.Name)?.Text ?? ""]),
    };

    private static string BlockText(SettingBlock block, SettingSchema schema)
        => string.Join(' ', SettingTexts(block, schema).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value}"));

    private static string Quote(IEnumerable<string> texts) => $"`{string.Join(", ", texts)}`";
}
