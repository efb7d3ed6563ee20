using System.Collections.Immutable;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Text;

namespace PolicyLang.Projects;

/// <summary>What is in the systems already, by the files that <c>base</c> names: exports of live systems, and files that people write by hand.</summary>
/// <param name="ByPath">The files of each path that names some, by the path's name.</param>
/// <param name="ByCluster">The manifests of each cluster that has some, by the cluster's name.</param>
public sealed record ExistingArtefacts(
    ImmutableSortedDictionary<string, ImmutableArray<Artefact>> ByPath,
    ImmutableSortedDictionary<string, ImmutableArray<Artefact>> ByCluster)
{
    private const string ClusterPlaceholder = "{cluster}";

    /// <summary>Nothing is known of what is there.</summary>
    public static ExistingArtefacts None { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableArray<Artefact>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableArray<Artefact>>(StringComparer.Ordinal));

    /// <summary>Whether nothing at all is named.</summary>
    public bool IsEmpty => ByPath.IsEmpty && ByCluster.IsEmpty;

    /// <summary>The outputs that carry the text of files of paths.</summary>
    public ImmutableArray<SplicedFile> Spliced { get; init; } = [];

    /// <summary>What of it may give more than the policy.</summary>
    public ImmutableArray<BaseExcuse> Excused { get; init; } = [];

    /// <summary>The files of a path; empty where it names none.</summary>
    public ImmutableArray<Artefact> Of(AccessPath path) => ByPath.GetValueOrDefault(path.Name, []);

    /// <summary>The manifests of a cluster; empty where there are none.</summary>
    public ImmutableArray<Artefact> Of(Cluster cluster) => ByCluster.GetValueOrDefault(cluster.Name, []);

    /// <summary>Reads the files that a project names.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="paths">The paths of the policy.</param>
    /// <param name="clusters">The clusters of the policy.</param>
    /// <param name="files">Reads the files.</param>
    /// <param name="diagnostics">Receives what cannot be read, and patterns that match nothing.</param>
    public static ExistingArtefacts Read(ProjectSettings settings, IEnumerable<AccessPath> paths, IEnumerable<Cluster> clusters, IProjectFiles files, DiagnosticBag diagnostics)
    {
        var byPath = paths
            .Where(path => path.Settings.Has(ProjectFileDefinitions.BaseSetting))
            .ToImmutableSortedDictionary(path => path.Name, path => ReadAll(path.Settings.GetList(ProjectFileDefinitions.BaseSetting), files, diagnostics), StringComparer.Ordinal);
        var byCluster = settings.TargetSettings.TryGetValue(ProjectFileDefinitions.KubernetesSection, out var section) && section.Has(ProjectFileDefinitions.BaseSetting)
            ? ReadClusters(section.GetList(ProjectFileDefinitions.BaseSetting), clusters, files, diagnostics)
            : None.ByCluster;
        return new ExistingArtefacts(byPath, byCluster);
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Artefact>> ReadClusters(
        ImmutableArray<SettingText> templates,
        IEnumerable<Cluster> clusters,
        IProjectFiles files,
        DiagnosticBag diagnostics)
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var template in templates)
        {
            if (!template.Text.Contains(ClusterPlaceholder, StringComparison.Ordinal))
            {
                diagnostics.Report(
                    ProjectDiagnostics.BaseWithoutCluster,
                    template.Location,
                    $"the pattern `{template.Text}` does not say of which cluster a file is",
                    $"write `{ClusterPlaceholder}` where the cluster's name stands: `exports/{ClusterPlaceholder}/*.yaml`");
                continue;
            }

            var matchesSome = false;
            foreach (var cluster in clusters)
            {
                var paths = Find(template with { Text = template.Text.Replace(ClusterPlaceholder, cluster.Name, StringComparison.Ordinal) }, files, diagnostics);
                if (!paths.IsEmpty)
                {
                    matchesSome = true;
                    found.TryAdd(cluster.Name, new SortedSet<string>(StringComparer.Ordinal));
                    found[cluster.Name].UnionWith(paths);
                }
            }

            ReportIfNothing(template, matchesSome, diagnostics);
        }

        return found.ToImmutableSortedDictionary(c => c.Key, c => Load(c.Value, files, diagnostics), StringComparer.Ordinal);
    }

    private static ImmutableArray<Artefact> ReadAll(ImmutableArray<SettingText> patterns, IProjectFiles files, DiagnosticBag diagnostics)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            var paths = Find(pattern, files, diagnostics);
            ReportIfNothing(pattern, !paths.IsEmpty, diagnostics);
            found.UnionWith(paths);
        }

        return Load(found, files, diagnostics);
    }

    private static ImmutableArray<string> Find(SettingText pattern, IProjectFiles files, DiagnosticBag diagnostics)
    {
        if (GlobPattern.TryParse(pattern.Text, out var problem) is not null)
        {
            return files.Find([pattern.Text], diagnostics);
        }

        diagnostics.Report(ProjectDiagnostics.InvalidPattern, pattern.Location, $"the pattern `{pattern.Text}` {problem}");
        return [];
    }

    private static void ReportIfNothing(SettingText pattern, bool matchesSome, DiagnosticBag diagnostics)
    {
        if (!matchesSome && !diagnostics.HasErrors)
        {
            diagnostics.Report(
                ProjectDiagnostics.BaseMatchesNothing,
                pattern.Location,
                $"the pattern `{pattern.Text}` matches no file",
                "correct or remove it; what is there already would not be seen");
        }
    }

    private static ImmutableArray<Artefact> Load(IEnumerable<string> paths, IProjectFiles files, DiagnosticBag diagnostics)
        => [.. paths.Select(path => files.Read(path, null, diagnostics)).OfType<SourceText>().Select(source => new Artefact(source.Path, Encoding.UTF8.GetBytes(source.Text)))];
}
