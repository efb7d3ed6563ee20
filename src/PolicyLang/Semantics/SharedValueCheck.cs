using System.Net;
using System.Net.Sockets;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>Finds clusters that share a tag, label value or address on one path: rights on one would be rights on the other.</summary>
internal sealed class SharedValueCheck(BindingContext context, AccessPath path)
{
    private readonly Dictionary<(string Setting, string Value), (Cluster Cluster, SettingText Text)> _first = [];

    public void Check(IEnumerable<Cluster> clusters)
    {
        foreach (var cluster in clusters)
        {
            if (cluster.Paths.TryGetValue(path.Name, out var block))
            {
                Check(cluster, block, path.Kind.ClusterSettings);
            }
        }
    }

    private void Check(Cluster cluster, SettingBlock block, SettingSchema schema)
    {
        foreach (var setting in schema.Settings)
        {
            if (setting.IsUniqueAcrossClusters)
            {
                foreach (var text in block.GetList(setting.Name))
                {
                    Add(cluster, setting, text);
                }
            }

            if (setting.Children is { } children)
            {
                foreach (var (_, inner) in block.GetBlocks(setting.Name))
                {
                    Check(cluster, inner, children);
                }
            }
        }
    }

    private void Add(Cluster cluster, SettingDefinition setting, SettingText text)
    {
        if (_first.TryAdd((setting.Name, Normalise(text.Text)), (cluster, text)))
        {
            return;
        }

        var (first, firstText) = _first[(setting.Name, Normalise(text.Text))];
        var isSameCluster = first == cluster;
        context.Report(
            SemanticDiagnostics.SharedClusterValue,
            isSameCluster ? text.Location : cluster.Location,
            isSameCluster ? $"cluster `{cluster.Name}` gives `{text.Text}` twice as `{setting.Name}` of path `{path.Name}`" : $"clusters `{first.Name}` and `{cluster.Name}` have the same `{setting.Name}` `{text.Text}` on path `{path.Name}`",
            isSameCluster ? "remove one of the two" : "rights on one would be rights on the other: give each its own",
            new RelatedLocation(isSameCluster ? firstText.Location : first.Location, isSameCluster ? "first given here" : $"`{first.Name}` is declared here"));
    }

    // One address has many spellings.
    private static string Normalise(string value)
        => value.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ToString() : value;
}
