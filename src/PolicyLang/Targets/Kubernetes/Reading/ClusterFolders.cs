using PolicyLang.Data;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Which Kubernetes files are for which cluster, by the project's own setting.</summary>
internal sealed class ClusterFolders
{
    private readonly Dictionary<string, string> _clustersByFolder = new(StringComparer.Ordinal);

    /// <summary>Reads where each cluster's files stand.</summary>
    /// <param name="section">The <c>kubernetes</c> section of the project file.</param>
    /// <param name="clusters">The clusters.</param>
    public ClusterFolders(SettingBlock section, IEnumerable<Cluster> clusters)
    {
        var template = section.GetText("output", "kubernetes/{cluster}/").TrimEnd('/');
        foreach (var cluster in clusters)
        {
            _clustersByFolder.TryAdd(template.Replace("{cluster}", cluster.Name, StringComparison.Ordinal), cluster.Name);
        }
    }

    /// <summary>The files of each cluster; those that belong to none stand under an empty name.</summary>
    public Dictionary<string, List<Artefact>> Split(IEnumerable<Artefact> files)
    {
        var split = new Dictionary<string, List<Artefact>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var cluster = ClusterOf(file.Path) ?? "";
            if (!split.TryGetValue(cluster, out var list))
            {
                split.Add(cluster, list = []);
            }

            list.Add(file);
        }

        return split;
    }

    private string? ClusterOf(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_clustersByFolder.TryGetValue(path[..slash], out var cluster))
            {
                return cluster;
            }
        }

        return null;
    }
}
