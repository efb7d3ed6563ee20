using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Comparing;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering;

/// <summary>What <c>policyc diff</c> prints, whatever the format.</summary>
/// <param name="Comparison">The differences.</param>
/// <param name="OldName">What people called the old policy.</param>
/// <param name="NewName">What people called the new policy.</param>
/// <param name="OldClusters">The clusters of the old policy that are not retired.</param>
/// <param name="NewClusters">The clusters of the new policy that are not retired.</param>
internal sealed record DiffReport(PolicyComparison Comparison, string OldName, string NewName, ImmutableHashSet<string> OldClusters, ImmutableHashSet<string> NewClusters)
{
    /// <summary>The clusters of the policy that an effect is about.</summary>
    public ImmutableHashSet<string> ClustersOf(AccessEffect effect) => effect.IsGain ? NewClusters : OldClusters;
}

/// <summary>Effects that people read as one line.</summary>
/// <param name="Effect">The first of them: who, what, in which namespaces and how long are the same for all.</param>
/// <param name="Clusters">The clusters of all of them.</param>
/// <param name="Paths">The paths of all of them.</param>
/// <param name="Conditions">Their conditions; empty for always.</param>
/// <param name="PathsDiffer">Whether not all paths belong to all clusters.</param>
internal sealed record EffectLine(AccessEffect Effect, ImmutableArray<string> Clusters, ImmutableArray<string> Paths, ImmutableArray<string> Conditions, bool PathsDiffer);

/// <summary>The words that all formats for people share.</summary>
internal static class DiffWords
{
    private const int MostNames = 4;
    private const int MostAlike = 3;

    /// <summary>The clusters of a policy that are not retired.</summary>
    public static ImmutableHashSet<string> ActiveClusters(this ComparedPolicy policy)
        => policy.Access.Clusters.Where(c => !c.Cluster.IsRetired).Select(c => c.Cluster.Name).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>What became of access and guards, in a few words.</summary>
    public static string Verdict(PolicyComparison comparison)
    {
        var access = comparison.Access switch
        {
            AccessVerdict.Unchanged => "unchanged",
            AccessVerdict.Wider => "wider",
            AccessVerdict.Narrower => "narrower",
            _ => "both wider and narrower",
        };
        return !comparison.HasWeakerGuard ? access : comparison.Access == AccessVerdict.Unchanged ? "weaker guard" : access + ", weaker guard";
    }

    /// <summary>The effects as people read them: what is the same but for clusters, paths and postures is one line.</summary>
    public static ImmutableArray<EffectLine> Lines(AccessChange change)
        =>
        [
            .. change.Effects.GroupBy(e => string.Join('\n', [e.IsGain ? "+" : "-", .. e.Who, "", .. e.Rights, "", .. e.Namespaces ?? ["*"], Number($"{e.Until:yyyy-MM-dd}")]), StringComparer.Ordinal).Select(g => new EffectLine(
                g.First(),
                [.. g.SelectMany(e => e.Clusters).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                [.. g.SelectMany(e => e.Paths).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                [.. g.Select(e => e.Condition).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                g.Select(e => string.Join(' ', e.Paths)).Distinct(StringComparer.Ordinal).Count() > 1)),
        ];

    /// <summary>How many lines of a cause are shown: few where all say the same about different people.</summary>
    /// <param name="lines">All of them.</param>
    /// <param name="most">How many are shown where they differ.</param>
    public static int Shown(ImmutableArray<EffectLine> lines, int most) => lines.Length > most && AreAlike(lines) ? MostAlike : Math.Min(lines.Length, most);

    /// <summary>What is said of the lines that are not shown; nothing when all are.</summary>
    /// <param name="lines">All of them.</param>
    /// <param name="shown">How many are shown.</param>
    /// <param name="quote">Marks a name.</param>
    public static string? Rest(ImmutableArray<EffectLine> lines, int shown, Func<string, string> quote)
    {
        ImmutableArray<string> who = [.. lines.Skip(shown).SelectMany(l => l.Effect.Who).Distinct(StringComparer.Ordinal)];
        return lines.Length == shown ? null
            : AreAlike(lines) ? Number($"and likewise {who.Length} more: {Names(who, quote)}; --format json has all of them")
            : Number($"and {lines.Length - shown} more lines about {who.Length} subject{(who.Length == 1 ? "" : "s")}; --format json has all of them");
    }

    private static bool AreAlike(ImmutableArray<EffectLine> lines)
        => lines.All(l => l.Effect.IsGain == lines[0].Effect.IsGain && l.Effect.Rights.SequenceEqual(lines[0].Effect.Rights) && l.Clusters.SequenceEqual(lines[0].Clusters));

    /// <summary>The sentence without who and what: where, how, how long.</summary>
    /// <param name="line">The line.</param>
    /// <param name="all">All clusters of its policy.</param>
    /// <param name="quote">Marks a name.</param>
    public static string Where(EffectLine line, ImmutableHashSet<string> all, Func<string, string> quote)
    {
        var clusters = line.Clusters.Length > 2 && line.Clusters.Length == all.Count ? Number($"all {all.Count} clusters")
            : line.Clusters.Length == 1 ? quote(line.Clusters[0])
            : Number($"{line.Clusters.Length} clusters ({Names(line.Clusters, quote)})");
        var conditions = line.Conditions.Where(c => c.Length > 0).Select(c => string.Join(" and ", c.Split('+').Select(quote))).ToArray();
        return (line.Effect.Namespaces is { } namespaces ? $"in {Names(namespaces, quote)} " : "cluster-wide ")
            + $"on {clusters} via {Names(line.Paths, quote)}"
            + (line.PathsDiffer ? " as the cluster has them" : "")
            + (conditions.Length == 0 ? "" : (line.Conditions.Length > 1 ? ", partly when " : " when ") + string.Join(" or ", conditions))
            + (line.Effect.Until is { } until ? Number($" until {until:yyyy-MM-dd}") : "");
    }

    /// <summary>A list of names, cut short.</summary>
    public static string Names(ImmutableArray<string> names, Func<string, string> quote)
        => names.Length <= MostNames + 1 ? string.Join(", ", names.Select(quote)) : string.Join(", ", names.Take(MostNames).Select(quote)) + Number($" and {names.Length - MostNames} more");

    /// <summary>Where to look: the new place, or the old one where there is none any more.</summary>
    public static string Place(SourceLocation? old, SourceLocation? @new)
        => @new is not null ? LineOf(@new) : old is not null ? $"{LineOf(old)} (old)" : "";

    /// <summary>How many new assumptions there are, by kind.</summary>
    public static string Assumptions(ImmutableArray<Assumption> assumptions)
        => string.Join(", ", assumptions.GroupBy(a => AssumptionGuide.Of(a.Kind).Word).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Number($"{g.Count()} × {g.Key}")));

    /// <summary>The kebab-case word of an enumeration's value.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
        => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>Text with numbers, the same in every culture.</summary>
    public static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string LineOf(SourceLocation location) => Number($"{location.Source.Path}:{location.Source.GetLineAndColumn(location.Span.Start).Line + 1}");
}
