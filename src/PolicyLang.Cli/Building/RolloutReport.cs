using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Targets;

namespace PolicyLang.Cli.Building;

/// <summary>Warns of what somebody has while a change is rolled out.</summary>
internal static class RolloutReport
{
    /// <summary>Compares the outputs that were on disk with those that replace them.</summary>
    public static void Report(Compilation compilation, ProjectSettings settings, OutputPlan plan, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        if (compilation.Access is not { } access || !plan.Changes.Any(change => change.Kind == OutputChangeKind.Update))
        {
            return;
        }

        var managed = access.Only(cluster => settings.ClusterModes.ModeOf(cluster.Name) == ClusterMode.Manage);
        var @new = compilation.Outputs.ToDictionary(o => o.Key, o => o.Value.Select(file => new Artefact(file.Path, file.Content)).ToImmutableArray(), StringComparer.Ordinal);
        var changes = plan.Changes.ToDictionary(change => change.Path, StringComparer.Ordinal);
        var old = @new.ToDictionary(
            n => n.Key,
            n => n.Value.Select(file => changes.TryGetValue(file.Path, out var change) ? (change.Kind == OutputChangeKind.Create ? null : file with { Content = change.Previous }) : file).OfType<Artefact>()
                .Concat(plan.Changes.Where(change => change.Kind == OutputChangeKind.Remove && change.Target == n.Key).Select(change => new Artefact(change.Path, change.Previous)))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .ToImmutableArray(),
            StringComparer.Ordinal);
        var perCluster = RolloutCheck.Find(managed, settings, TargetRegistry.All, old, @new, cancellation)
            .GroupBy(gain => (gain.Cluster, gain.Path, gain.IsPathFirst, gain.Right))
            .Select(group => (group.Key, Who: string.Join(", ", group.Select(gain => gain.Who))));
        foreach (var group in perCluster.GroupBy(gain => (gain.Key.Path, gain.Key.IsPathFirst, gain.Key.Right, gain.Who)))
        {
            var (path, isPathFirst, right, who) = group.Key;
            var clusters = $"{(group.Skip(1).Any() ? "clusters" : "cluster")} {string.Join(", ", group.Select(gain => $"`{gain.Key.Cluster.Name}`"))}";
            var (first, last) = isPathFirst ? ($"`{path.Name}`", clusters) : (clusters, $"`{path.Name}`");
            diagnostics.Report(
                BuildDiagnostics.RolloutGain,
                group.First().Key.Cluster.Location,
                $"once the new files of {first} are in force and those of {last} are not yet, {who} has {right} via `{path.Name}`, which neither the old outputs give nor the new ones",
                $"merge what changes {last} first, and the rest when that is in force");
        }
    }
}
