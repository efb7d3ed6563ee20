using System.Collections.Immutable;
using PolicyLang.Data;

namespace PolicyLang.Semantics;

/// <summary>Lays what <c>cluster *</c> says under what a cluster says itself.</summary>
internal static class ClusterDefaults
{
    private const string OptOut = "none";

    /// <summary>The entries of both; where both have a key, blocks are merged and otherwise the cluster's own stands.</summary>
    /// <param name="defaults">The block of <c>cluster *</c>.</param>
    /// <param name="own">The cluster's own block.</param>
    /// <param name="fill">Fills the placeholders of a default text.</param>
    public static DataMap Merge(DataMap defaults, DataMap own, Func<SettingText, string> fill)
    {
        var entries = ImmutableArray.CreateBuilder<DataEntry>(own.Entries.Length + defaults.Entries.Length);
        foreach (var entry in own.Entries)
        {
            var inherited = entry.Value is DataMap ? defaults.Find(entry.Key)?.Value as DataMap : null;
            var repeats = own.Entries.Count(e => e.Key == entry.Key) > 1;
            entries.Add(inherited is null || repeats ? entry : entry with { Value = Merge(inherited, (DataMap)entry.Value, fill) });
        }

        foreach (var entry in defaults.Entries)
        {
            if (own.Find(entry.Key) is null)
            {
                entries.Add(entry with { Value = Fill(entry.Value, fill) });
            }
        }

        return own with { Entries = entries.ToImmutable() };
    }

    /// <summary>A cluster says <c>teleport = none</c> to have no part in a path that <c>cluster *</c> gives to all.</summary>
    /// <param name="body">The merged block.</param>
    /// <param name="blocks">The keys that can be left out so. Elsewhere the word stays, to be reported: a misspelt path would silently stay open.</param>
    public static DataMap WithoutOptedOut(DataMap body, IReadOnlySet<string> blocks)
    {
        return body.Entries.Any(IsOptOut) ? body with { Entries = [.. body.Entries.Where(e => !IsOptOut(e))] } : body;

        bool IsOptOut(DataEntry entry) => entry.Value is DataScalar { IsQuoted: false, Text: OptOut } && blocks.Contains(entry.Key);
    }

    private static DataNode Fill(DataNode node, Func<SettingText, string> fill) => node switch
    {
        DataScalar scalar when scalar.Text.Contains('{', StringComparison.Ordinal) => scalar with { Text = fill(new SettingText(scalar.Text, scalar.Location)) },
        DataList list => list with { Items = [.. list.Items.Select(item => Fill(item, fill))] },
        DataMap map => map with { Entries = [.. map.Entries.Select(e => e with { Value = Fill(e.Value, fill) })] },
        _ => node,
    };
}
