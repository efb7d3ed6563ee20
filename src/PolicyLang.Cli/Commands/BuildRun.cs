using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc build</c>.</summary>
internal sealed class BuildRun(CliContext context, BuildArguments arguments)
{
    private readonly IBuildPipeline _pipeline = context.Pipeline.Value;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Builds, checks or shows.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        CheckTargets();
        var folder = ProjectFolder.Find(arguments.Project, context.WorkingDirectory);
        var asOf = arguments.AsOf ?? DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime);
        if (Compile(folder, asOf) is not var (project, compilation))
        {
            Report(null);

            // A diagnostic without a place is about something that could not be read.
            return _diagnostics.ToSortedArray().Any(d => d is { Severity: DiagnosticSeverity.Error, Location: null }) ? ExitCodes.Failure : ExitCodes.Findings;
        }

        var shownRoot = arguments.Out ?? project.Settings.OutputRoot;
        var root = arguments.Out is { } replaced ? Path.GetFullPath(replaced, context.WorkingDirectory) : Path.GetFullPath(project.Settings.OutputRoot, folder);
        if (arguments.Out is null && !project.Settings.AllowsOutputOutside && IsLink(root))
        {
            _diagnostics.Report(
                OutputDiagnostics.ThroughLink,
                null,
                $"the output folder `{shownRoot}` is a symbolic link, so the outputs would stand somewhere else than `policyc.yaml` says",
                "name the real folder with `output.root` and `outside_project: true`, or with `--out`");
            Report(null);
            return ExitCodes.Findings;
        }

        var store = new OutputStore(context.OpenOutputs(root)) { LockTimeout = context.LockTimeout };
        return arguments.Check ? Check(store, project, compilation, shownRoot) : Write(store, project, compilation, shownRoot);
    }

    // A link may stand behind any folder of the way, and only the last one is ours to judge: the others are where the project itself is.
    private static bool IsLink(string root) => new DirectoryInfo(Path.TrimEndingDirectorySeparator(root)).LinkTarget is not null;

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string AsFolder(string path) => path.EndsWith('/') ? path : path + "/";

    private void CheckTargets()
    {
        foreach (var target in arguments.Targets)
        {
            if (!_pipeline.TargetNames.Contains(target, StringComparer.Ordinal))
            {
                throw new UsageException($"there is no target `{target}`", Suggestions.DidYouMean(target, _pipeline.TargetNames) ?? $"the targets are {string.Join(", ", _pipeline.TargetNames.Select(name => $"`{name}`"))}");
            }
        }
    }

    private (LoadedProject Project, Compilation Compilation)? Compile(string folder, DateOnly asOf)
    {
        // After a mistake in the project file or an unreadable source, errors of the policy would mostly be consequences.
        if (_pipeline.Load(folder, _diagnostics) is not { } project || _diagnostics.HasErrors)
        {
            return null;
        }

        project = project with { Proves = arguments.Proves };
        var compilation = _pipeline.Compile(project, asOf, context.Cancellation);
        _diagnostics.AddRange(compilation.Diagnostics);
        return _diagnostics.HasErrors ? null : (project, compilation);
    }

    // Nothing is written for a cluster that is only observed, so that it may go like a retired one.
    private OutputSet OutputsOf(LoadedProject project, Compilation compilation, bool allowsMixed) => new(
        compilation.Outputs,
        [.. (compilation.Access?.Clusters ?? []).Select(access => new OutputCluster(access.Cluster.Name, access.Cluster.IsRetired || project.Settings.ClusterModes.ModeOf(access.Cluster.Name) == ClusterMode.Observe))])
    {
        OnlyTargets = arguments.Targets,
        AllowsMixedTargets = allowsMixed,
    };

    // The manifest belongs to all targets together, so it says nothing about a selection.
    private ImmutableArray<OutputChange> Shown(OutputPlan plan) => arguments.Targets.IsEmpty ? plan.Changes : [.. plan.Changes.Where(change => change.Target is not null)];

    private int Check(OutputStore store, LoadedProject project, Compilation compilation, string shownRoot)
    {
        var result = store.Inspect(OutputsOf(project, compilation, allowsMixed: true), _diagnostics, context.Cancellation);
        if (result.Plan is not { } plan)
        {
            return Finish(result, null);
        }

        var changes = Shown(plan);
        if (changes.IsEmpty)
        {
            Summarize($"{AsFolder(shownRoot)} is up to date ({Count(plan.UnchangedCount, "file")})");
            return Finish(result, changes);
        }

        var expired = StaleOutputs.FindExpired(compilation.ExpiredRules, day => IsUpToDate(store, project, day));
        if (expired.IsEmpty)
        {
            StaleOutputs.Report(changes, _diagnostics);
        }
        else if (arguments.IgnoresExpired)
        {
            Summarize($"{AsFolder(shownRoot)} is up to date but for {Count(expired.Length, "rule")} that ended");
        }
        else
        {
            StaleOutputs.ReportExpired(expired, _diagnostics);
        }

        return Finish(result, changes);
    }

    private bool IsUpToDate(OutputStore store, LoadedProject project, DateOnly day)
    {
        var compilation = _pipeline.Compile(project, day, context.Cancellation);
        return !compilation.HasErrors
            && store.Inspect(OutputsOf(project, compilation, allowsMixed: true), new DiagnosticBag(), context.Cancellation).Plan is { } plan
            && Shown(plan).IsEmpty;
    }

    private int Write(OutputStore store, LoadedProject project, Compilation compilation, string shownRoot)
    {
        var result = arguments.DryRun
            ? store.Inspect(OutputsOf(project, compilation, allowsMixed: true), _diagnostics, context.Cancellation)
            : store.Write(OutputsOf(project, compilation, arguments.AllowsMixed), _diagnostics, context.Cancellation);
        if (result.Plan is not { } plan)
        {
            return Finish(result, null);
        }

        RolloutReport.Report(compilation, project.Settings, plan, _diagnostics, context.Cancellation);
        var changes = arguments.DryRun ? Shown(plan) : plan.Changes;
        var status = Finish(result, changes);
        if (arguments.DryRun && !arguments.Json)
        {
            DiffLines.Write(changes, _style, context.Output);
        }

        Summarize(changes.IsEmpty ? $"{AsFolder(shownRoot)} is up to date ({Count(plan.UnchangedCount, "file")})" : Summary(plan, AsFolder(shownRoot)));
        return status;
    }

    private string Summary(OutputPlan plan, string root)
    {
        var written = plan.Count(OutputChangeKind.Create) + plan.Count(OutputChangeKind.Update);
        var removed = plan.Count(OutputChangeKind.Remove);
        return string.Create(CultureInfo.InvariantCulture, $"{(arguments.DryRun ? "would write" : "wrote")} {Count(written, "file")} to {root} ({plan.UnchangedCount} unchanged, {removed} removed)");
    }

    private int Finish(OutputResult result, ImmutableArray<OutputChange>? changes)
    {
        Report(changes);
        return result.Outcome == OutputOutcome.Failed ? ExitCodes.Failure : _diagnostics.HasErrors ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private void Report(ImmutableArray<OutputChange>? changes)
    {
        if (arguments.Json)
        {
            JsonReport.Write(_diagnostics.ToSortedArray(), changes, arguments.DryRun, context.Output);
        }
        else
        {
            new TextReport(_style, context.OutputWidth).Write(_diagnostics.ToSortedArray(), context.Output);
        }
    }

    private void Summarize(string text)
    {
        if (!arguments.Quiet)
        {
            context.Error.WriteLine(TerminalText.Escape(arguments.Proves ? text : text + "; not read back"));
        }
    }
}
