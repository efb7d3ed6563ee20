using System.Collections.Immutable;

namespace PolicyLang.Comparing;

/// <summary>One smallest piece of what somebody gains or loses.</summary>
internal sealed record EffectPiece(bool IsGain, string Who, string Rights, string Cluster, string? Namespace, string Path, string Condition, DateOnly? Until);

/// <summary>Folds pieces into as few effects as say exactly the same: each effect is the cross product of its lists.</summary>
internal static class EffectFolding
{
    public static ImmutableArray<AccessEffect> Fold(IEnumerable<EffectPiece> pieces)
    {
        var rows = pieces.Distinct().Select(p => new Row(p.IsGain, p.Condition, p.Until, p.Namespace is null, [[p.Path], [p.Rights], [p.Namespace ?? ""], [p.Cluster], [p.Who]])).ToList();
        for (var part = 0; part < Row.Parts; part++)
        {
            rows = Fold(rows, part);
        }

        return
        [
            .. rows.Select(r => new AccessEffect(r.IsGain, r.Lists[Row.Who], r.Lists[Row.Rights], r.Lists[Row.Clusters], r.IsClusterWide ? null : r.Lists[Row.Namespaces], r.Lists[Row.Paths], r.Condition, r.Until))
                .OrderByDescending(e => e.IsGain)
                .ThenBy(e => e.Namespaces is not null)
                .ThenByDescending(e => e.Clusters.Length * e.Who.Length)
                .ThenBy(e => string.Join('\n', [.. e.Who, "", .. e.Rights, "", .. e.Clusters, "", .. e.Namespaces ?? [], "", .. e.Paths, e.Condition]), StringComparer.Ordinal)
                .ThenBy(e => e.Until),
        ];
    }

    // Rows that differ in one list alone become one row.
    private static List<Row> Fold(List<Row> rows, int part)
        =>
        [
            .. rows.GroupBy(r => r.KeyWithout(part), StringComparer.Ordinal).Select(group => group.First() with
            {
                Lists = group.First().Lists.SetItem(part, [.. group.SelectMany(r => r.Lists[part]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
            }),
        ];

    private sealed record Row(bool IsGain, string Condition, DateOnly? Until, bool IsClusterWide, ImmutableArray<ImmutableArray<string>> Lists)
    {
        public const int Paths = 0;
        public const int Rights = 1;
        public const int Namespaces = 2;
        public const int Clusters = 3;
        public const int Who = 4;
        public const int Parts = 5;

        public string KeyWithout(int part)
            => string.Join('\n', [IsGain ? "+" : "-", Condition, Until?.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", IsClusterWide ? "*" : "", .. Lists.Where((_, i) => i != part).SelectMany(l => l.Append(""))]);
    }
}
