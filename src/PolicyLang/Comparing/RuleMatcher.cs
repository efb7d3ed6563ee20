using System.Collections.Immutable;
using PolicyLang.Semantics;

namespace PolicyLang.Comparing;

/// <summary>A rule of one policy and the rule of the other that it was or became.</summary>
/// <param name="Old">The old rule; absent for a new one.</param>
/// <param name="New">The new rule; absent for one that is gone.</param>
/// <param name="Edits">What differs between their texts, in words; empty when only layout, order of lists or the reason do.</param>
internal sealed record RulePair(BoundAllow? Old, BoundAllow? New, ImmutableArray<string> Edits);

/// <summary>
/// Finds out which rule became which: first by equal text wherever it stands, then by how much of the sentence is the same. Only causes depend on it, never the verdict.
/// </summary>
internal sealed class RuleMatcher
{
    private readonly Dictionary<BoundAllow, RulePair> _pairs = new(ReferenceEqualityComparer.Instance);
    private readonly PolicySide _old;
    private readonly PolicySide _new;

    public RuleMatcher(PolicySide old, PolicySide @new)
    {
        (_old, _new) = (old, @new);
        var left = new List<BoundAllow>();
        var byKey = new Dictionary<string, Queue<BoundAllow>>(StringComparer.Ordinal);
        foreach (var allow in @new.Policy.Allows)
        {
            var key = KeyOf(allow);
            if (!byKey.TryGetValue(key, out var queue))
            {
                byKey.Add(key, queue = new Queue<BoundAllow>());
            }

            queue.Enqueue(allow);
        }

        foreach (var allow in old.Policy.Allows)
        {
            if (byKey.TryGetValue(KeyOf(allow), out var queue) && queue.TryDequeue(out var same))
            {
                Add(new RulePair(allow, same, []));
            }
            else
            {
                left.Add(allow);
            }
        }

        MatchEdited([.. left.Select(a => new Sentence(a, old))], [.. byKey.Values.SelectMany(q => q).Select(a => new Sentence(a, @new))]);
    }

    /// <summary>The pair that a rule of either policy belongs to.</summary>
    public RulePair PairOf(BoundAllow allow) => _pairs[allow];

    private static string KeyOf(BoundAllow allow)
        => string.Join(
            '\n',
            PlainText.Of(allow.Rule.Location),
            allow.Via is { } via ? string.Join(' ', via.Select(v => v.Value.Name).Order(StringComparer.Ordinal)) : "-",
            allow.Condition.Key,
            allow.Rule.Until);

    private void Add(RulePair pair)
    {
        if (pair.Old is not null)
        {
            _pairs.Add(pair.Old, pair);
        }

        if (pair.New is not null)
        {
            _pairs.Add(pair.New, pair);
        }
    }

    private void MatchEdited(List<Sentence> old, List<Sentence> @new)
    {
        // A sentence is looked for among those that share a subject, or everything but the subjects.
        var byPart = new Dictionary<string, List<Sentence>>(StringComparer.Ordinal);
        foreach (var sentence in @new)
        {
            foreach (var part in sentence.Parts)
            {
                if (!byPart.TryGetValue(part, out var list))
                {
                    byPart.Add(part, list = []);
                }

                list.Add(sentence);
            }
        }

        var candidates = old.SelectMany(o => o.Parts.SelectMany(p => byPart.GetValueOrDefault(p, [])).Distinct().Select(n => (Old: o, New: n, Score: ScoreOf(o, n))))
            .Where(c => c.Score > 0)
            .OrderByDescending(c => c.Score)
            .ThenBy(c => Math.Min(c.Old.Place, c.New.Place))
            .ThenBy(c => Math.Max(c.Old.Place, c.New.Place))
            .ThenBy(c => string.CompareOrdinal(c.Old.Text, c.New.Text) <= 0 ? c.Old.Text + c.New.Text : c.New.Text + c.Old.Text, StringComparer.Ordinal);
        foreach (var (o, n, _) in candidates)
        {
            if (!_pairs.ContainsKey(o.Allow) && !_pairs.ContainsKey(n.Allow))
            {
                Add(new RulePair(o.Allow, n.Allow, EditsOf(o, n)));
            }
        }

        foreach (var sentence in old.Where(o => !_pairs.ContainsKey(o.Allow)))
        {
            Add(new RulePair(sentence.Allow, null, []));
        }

        foreach (var sentence in @new.Where(n => !_pairs.ContainsKey(n.Allow)))
        {
            Add(new RulePair(null, sentence.Allow, []));
        }
    }

    // Two rules are one sentence edited when at least half of its four main parts are the same.
    private static int ScoreOf(Sentence a, Sentence b)
    {
        var main = Same(a.Subjects, b.Subjects) + Same(a.Roles, b.Roles) + Same(a.Clusters, b.Clusters) + Same(a.Scope, b.Scope);
        return main < 2 ? 0 : (10 * main) + (2 * Same(a.File, b.File)) + (2 * (a.SubjectNames.Overlaps(b.SubjectNames) ? 1 : 0)) + Same(a.Via, b.Via) + Same(a.When, b.When) + Same(a.Until, b.Until);

        static int Same(string x, string y) => string.Equals(x, y, StringComparison.Ordinal) ? 1 : 0;
    }

    private static ImmutableArray<string> EditsOf(Sentence a, Sentence b)
    {
        var edits = ImmutableArray.CreateBuilder<string>();
        foreach (var (before, after) in new[] { (a.Subjects, b.Subjects), (a.Roles, b.Roles), (a.Clusters, b.Clusters), (a.Scope, b.Scope), (a.Via, b.Via), (a.When, b.When), (a.Until, b.Until) })
        {
            if (before != after)
            {
                edits.Add(before.Length == 0 ? $"`{after}` added" : after.Length == 0 ? $"`{before}` removed" : $"`{before}` → `{after}`");
            }
        }

        return edits.ToImmutable();
    }

    /// <summary>A rule by its parts, each as it is written but for the order of names.</summary>
    private sealed class Sentence
    {
        public Sentence(BoundAllow allow, PolicySide side)
        {
            Allow = allow;
            var syntax = side.SyntaxOf(allow);
            SubjectNames = [.. allow.Subjects.Select(s => s.Value.Name)];
            Subjects = "allow " + string.Join(", ", SubjectNames.Order(StringComparer.Ordinal));
            Roles = "as " + string.Join(", ", allow.Roles.Select(r => r.Value.Name).Order(StringComparer.Ordinal));
            Clusters = syntax is null ? "" : "on " + PlainText.Of(syntax.Clusters.Location);
            Scope = syntax is null ? "" : PlainText.Of(syntax.Scope.Location);
            Via = allow.Via is { } via ? "via " + string.Join(", ", via.Select(v => v.Value.Name).Order(StringComparer.Ordinal)) : "";
            When = allow.Condition.IsAlways ? "" : "when " + allow.Condition.Key.Replace("+", " and ", StringComparison.Ordinal);
            Until = allow.Rule.Until is { } until ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"until {until:yyyy-MM-dd}") : "";
            File = allow.Rule.Location.Source.Path;
            Place = allow.Rule.Location.Span.Start;
            Text = string.Join(' ', Subjects, Roles, Clusters, Scope, Via, When, Until);
        }

        public BoundAllow Allow { get; }

        public HashSet<string> SubjectNames { get; }

        public string Subjects { get; }

        public string Roles { get; }

        public string Clusters { get; }

        public string Scope { get; }

        public string Via { get; }

        public string When { get; }

        public string Until { get; }

        public string File { get; }

        public int Place { get; }

        public string Text { get; }

        public IEnumerable<string> Parts => [.. SubjectNames, $"{Roles} {Clusters} {Scope}"];
    }
}
