using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Projects;
using PolicyLang.Syntax;

namespace PolicyLang.Tests.Naive;

/// <summary>A cluster that is not retired.</summary>
internal sealed record NaiveCluster(string Name, Dictionary<string, string> Labels, List<string> Paths, int KubernetesMinorVersion, List<NaiveNamespace> Namespaces);

/// <summary>A namespace of a cluster.</summary>
internal sealed record NaiveNamespace(string Name, Dictionary<string, string> Labels);

/// <summary>The clusters of blocks and inventories, and what selectors and fleets select of them.</summary>
internal sealed class NaiveClusters
{
    private readonly StatementSyntax[] _statements;
    private readonly List<NaiveCluster> _clusters = [];

    public NaiveClusters(StatementSyntax[] statements, Func<WordSyntax, DataNode> read, ProjectSettings settings)
    {
        _statements = statements;
        var namespaces = statements.OfType<NamespacesFromSyntax>().SelectMany(s => Rows(read(s.File), "namespaces")).ToList();
        var defaults = statements.OfType<ClusterSyntax>().SingleOrDefault(s => s.Name.Text == "*")?.Body;
        string[] paths = settings.HasPathSection ? [.. settings.Paths.Keys] : ["tailscale", "teleport", "cloudflare"];
        var declared = statements.OfType<ClusterSyntax>().Where(s => s.Name.Text != "*").Select(s => (Name: s.Name.Text, s.Body))
            .Concat(statements.OfType<ClustersFromSyntax>().SelectMany(s => Rows(read(s.File), "clusters")));
        foreach (var (name, body) in declared)
        {
            if (Text(body.Find("retired")?.Value ?? defaults?.Find("retired")?.Value) == "true")
            {
                continue;
            }

            var version = Text(Inner(body, "kubernetes", "version") ?? Inner(defaults, "kubernetes", "version"));
            _clusters.Add(new NaiveCluster(
                name,
                LabelsOf(name, body, defaults),
                [.. paths.Where(path => (body.Find(path) ?? defaults?.Find(path))?.Value is DataMap)],
                version is null ? settings.KubernetesMinorVersion : int.Parse(version["1.".Length..], CultureInfo.InvariantCulture),
                [.. namespaces.Where(row => IsOn(row.Body, name)).Select(row => new NaiveNamespace(row.Name, Texts(row.Body.Find("labels")?.Value)))]));
        }
    }

    /// <summary>The clusters that a selector selects.</summary>
    public List<NaiveCluster> Selected(ClusterSelectorSyntax selector)
    {
        var chosen = selector.IsAll ? _clusters
            : selector.Where is { } where ? _clusters.Where(c => NaiveLabels.Hold(where, c.Labels, c.Paths, mustHaveLabel: true))
            : selector.Names.SelectMany(Named);
        var excepted = selector.Except.SelectMany(Named).Select(c => c.Name).ToList();
        return [.. chosen.Where(c => !excepted.Contains(c.Name)).DistinctBy(c => c.Name)];
    }

    // A retired cluster may stand behind `except`; nothing is selected by it.
    private IEnumerable<NaiveCluster> Named(WordSyntax word)
        => _statements.OfType<FleetSyntax>().SingleOrDefault(fleet => fleet.Name.Text == word.Text) is { } found ? Selected(found.Clusters) : _clusters.Where(c => c.Name == word.Text);

    // A label's default may hold `{name}`, another label or a field of the row; what the cluster says itself is taken as it stands.
    private static Dictionary<string, string> LabelsOf(string name, DataMap body, DataMap? defaults)
    {
        var own = Texts(body.Find("labels")?.Value);
        var labels = new Dictionary<string, string>(own);
        foreach (var (key, text) in Texts(defaults?.Find("labels")?.Value))
        {
            if (own.ContainsKey(key))
            {
                continue;
            }

            var filled = text.Replace("{name}", name, StringComparison.Ordinal);
            foreach (var (field, value) in own)
            {
                filled = filled.Replace($"{{{field}}}", value, StringComparison.Ordinal);
            }

            foreach (var entry in body.Entries.Where(entry => entry.Value is DataScalar))
            {
                filled = filled.Replace($"{{{entry.Key}}}", Text(entry.Value), StringComparison.Ordinal);
            }

            labels.Add(key, filled);
        }

        return labels;
    }

    private static bool IsOn(DataMap row, string cluster) => row.Find("clusters")?.Value switch
    {
        null => true,
        DataList list => list.Items.Any(item => Text(item) == cluster || Text(item) == "*"),
        var one => Text(one) == cluster || Text(one) == "*",
    };

    // A list of rows, or a block of rows by name; either may stand below one key.
    private static IEnumerable<(string Name, DataMap Body)> Rows(DataNode data, string key) => data switch
    {
        DataList list => list.Items.Cast<DataMap>().Select(row => (Text(row.Find("name")?.Value) ?? throw new InvalidOperationException("a row has no name"), row)),
        DataMap { Entries: [var only] } when only.Key == key => Rows(only.Value, key),
        DataMap map => map.Entries.Select(entry => (entry.Key, (DataMap)entry.Value)),
        _ => throw new InvalidOperationException($"no inventory of {key}"),
    };

    private static DataNode? Inner(DataMap? body, string block, string key) => (body?.Find(block)?.Value as DataMap)?.Find(key)?.Value;

    private static Dictionary<string, string> Texts(DataNode? node)
        => node is DataMap map ? map.Entries.ToDictionary(entry => entry.Key, entry => Text(entry.Value) ?? throw new InvalidOperationException($"`{entry.Key}` is no text")) : [];

    private static string? Text(DataNode? node) => (node as DataScalar)?.Text;
}
