using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Teleport.Reading;
using PolicyLang.Targets.Teleport.Splicing;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Teleport;

/// <summary>
/// Writes GitHub connectors, roles and bots for Teleport: one role for each cluster, subject and condition, which selects that cluster by
/// its own label and gives the link's Kubernetes groups. What a version cannot say exactly is an error.
/// </summary>
public sealed class TeleportTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => "teleport";

    /// <inheritdoc/>
    public PathKind? PathKind { get; } = new TeleportPathKind();

    /// <inheritdoc/>
    public SettingSchema ProjectSettings => SettingSchema.Empty;

    /// <inheritdoc/>
    public IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files) => TeleportEvidence.FilesOf(path, files);

    /// <inheritdoc/>
    public PathEvidence? ReadBack(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing) => TeleportEvidence.Read(path, files, existing);

    /// <inheritdoc/>
    public TargetOutput Write(TargetContext context, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        var assumptions = ImmutableArray.CreateBuilder<Assumption>();
        var spliced = ImmutableArray.CreateBuilder<SplicedFile>();
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in context.Access.Paths)
        {
            if (path.Kind is not TeleportPathKind || TeleportInstance.Read(path, context.Diagnostics) is not { } instance)
            {
                continue;
            }

            if (!folders.TryAdd(instance.Folder, path.Name))
            {
                context.Diagnostics.Report(
                    TeleportDiagnostics.SharedOutput,
                    path.Settings.LocationOf(TeleportSettings.Output) ?? path.Location,
                    $"the paths `{folders[instance.Folder]}` and `{path.Name}` both write to `{instance.Folder}`",
                    "give each an `output` folder of its own");
                continue;
            }

            Write(context, instance, files, assumptions, spliced, cancellation);
        }

        return new TargetOutput(files.ToImmutable(), assumptions.ToImmutable()) { Spliced = spliced.ToImmutable() };
    }

    private static void Write(
        TargetContext context,
        TeleportInstance instance,
        ImmutableArray<OutputFile>.Builder files,
        ImmutableArray<Assumption>.Builder assumptions,
        ImmutableArray<SplicedFile>.Builder spliced,
        CancellationToken cancellation)
    {
        var planner = new TeleportPlanner(instance, context.Access.Overlaps, context.Diagnostics);
        foreach (var access in context.Access.Clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!access.Cluster.Paths.ContainsKey(instance.Path.Name))
            {
                continue;
            }

            planner.Add(access);
            if (!access.Cluster.IsRetired)
            {
                assumptions.AddRange(TeleportAssumptions.OfCluster(instance, access.Cluster));
            }
        }

        var plans = planner.Finish();
        assumptions.AddRange(TeleportAssumptions.OfPath(instance, plans));
        if (context.Diagnostics.HasErrors)
        {
            return;
        }

        var writer = new TeleportYaml(instance);
        var (connector, splice) = Splice(context, instance, plans, writer);
        if (context.Diagnostics.HasErrors)
        {
            return;
        }

        if (connector is null && !plans.IsEmpty && plans.All(plan => plan.Teams.IsEmpty))
        {
            context.Diagnostics.Report(
                TeleportDiagnostics.NobodyMapped,
                instance.Path.Location,
                $"the connector of path `{instance.Path.Name}` lets nobody log in, since no rule reaches a GitHub team there",
                "that is right when the last access was taken away; otherwise write a rule, or remove the path");
        }

        if (splice is not null)
        {
            spliced.Add(splice);
        }

        foreach (var plan in plans)
        {
            files.AddRange(writer.Write(plan, connector, cancellation));
        }
    }

    private static (OutputFile? Connector, SplicedFile? Splice) Splice(TargetContext context, TeleportInstance instance, ImmutableArray<TeleportPlan> plans, TeleportYaml writer)
    {
        var existing = context.Existing.Of(instance.Path);
        if (existing.IsEmpty || plans is not [var plan, ..])
        {
            return (null, null);
        }

        if (instance.Capabilities.HasOneClusterEach)
        {
            context.Diagnostics.Report(
                TeleportDiagnostics.BaseConnector,
                instance.Path.Settings.LocationOf(ProjectFileDefinitions.BaseSetting) ?? instance.Path.Location,
                $"path `{instance.Path.Name}` stands for a Teleport of its own for each cluster, so it is not known of which one `base` is",
                "leave `base` out, or name the clusters' Teleports as paths");
            return (null, null);
        }

        var files = existing.Select(file => new SourceText(file.Path, Encoding.UTF8.GetString(file.Content.Span)));
        var isOperator = instance.Capabilities.Form == TeleportForm.Operator;
        return ConnectorBase.Find(files, plan.Connector, isOperator ? "TeleportGithubConnector" : "github", context.Diagnostics) is { } shared && !context.Diagnostics.HasErrors
            ? new ConnectorSplicer(shared, plan, writer, context.Diagnostics).Splice()
            : (null, null);
    }
}
