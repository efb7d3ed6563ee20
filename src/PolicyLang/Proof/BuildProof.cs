using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Proof;

/// <summary>
/// Translation validation: reads back the bytes that are about to be written with models of the real systems, and compares what they give with what the rules give, in every
/// world and both ways. What cannot be understood counts as a difference.
/// </summary>
public static class BuildProof
{
    private const string Defect = "this is a defect of policyc: nothing was written. Please report it with the policy, or with what you can tell of it";

    /// <summary>Proves that outputs give exactly what a policy gives; reports where they do not.</summary>
    /// <param name="access">What the policy gives.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="targets">The targets that wrote the outputs.</param>
    /// <param name="outputs">The outputs, by target.</param>
    /// <param name="existing">What the systems hold beside the outputs.</param>
    /// <param name="diagnostics">Receives the differences.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What is given beyond the policy, by exceptions of the project.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static ImmutableArray<Assumption> Verify(
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        IReadOnlyDictionary<string, ImmutableArray<OutputFile>> outputs,
        ExistingArtefacts existing,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        var places = PlacesOf(outputs, existing);
        var (differences, reaches) = Read(access, settings, targets, outputs, existing, places, diagnostics, cancellation);
        var bases = new BaseFindings(places, existing, diagnostics);
        bases.Report(reaches);
        var excused = new ExcusedDifferences(differences, existing.Excused);
        foreach (var difference in differences)
        {
            if (!bases.Report(difference, excused))
            {
                Report(difference, diagnostics);
            }
        }

        return bases.Excused();
    }

    /// <summary>Finds the worlds in which artefacts do not give what a policy gives. What the project excuses is left out.</summary>
    /// <param name="access">What the policy gives.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="targets">The targets that the artefacts are of.</param>
    /// <param name="outputs">The artefacts, by target.</param>
    /// <param name="existing">What the systems hold beside the artefacts.</param>
    /// <param name="diagnostics">Receives what the artefacts hold beside access: what is not understood, what is refused, and what else they do.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ImmutableArray<ProofDifference> Compare(
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        IReadOnlyDictionary<string, ImmutableArray<OutputFile>> outputs,
        ExistingArtefacts existing,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        var (differences, reaches) = Read(access, settings, targets, outputs, existing, PlacesOf(outputs, existing), diagnostics, cancellation);
        return [.. differences, .. reaches.Where(reach => reach.Excuse is null).Select(reach => reach.Difference)];
    }

    private static BasePlaces PlacesOf(IReadOnlyDictionary<string, ImmutableArray<OutputFile>> outputs, ExistingArtefacts existing)
        => new(existing, outputs.Values.SelectMany(files => files).Select(file => file.Path).ToHashSet(StringComparer.Ordinal));

    private static (ImmutableArray<ProofDifference> Differences, ImmutableArray<BaseReach> Reaches) Read(
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        IReadOnlyDictionary<string, ImmutableArray<OutputFile>> outputs,
        ExistingArtefacts existing,
        BasePlaces places,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        var files = outputs.ToDictionary(o => o.Key, o => o.Value.Select(file => new Artefact(file.Path, file.Content)).ToImmutableArray(), StringComparer.Ordinal);
        var artefacts = ArtefactSet.FromOutputs(access, settings, targets, files, existing);
        foreach (var stray in artefacts.Strays)
        {
            diagnostics.Report(ProofDiagnostics.NotUnderstood, null, $"`{stray.Path}` is for no cluster of the policy", Defect);
        }

        var readings = ArtefactReadings.Read(access, targets, artefacts, cancellation);
        var found = CompareClusters(access, settings, readings, findsAll: !existing.Excused.IsEmpty, path => existing.Of(path).IsEmpty ? null : (places, existing.Excused), cancellation);
        foreach (var side in readings.Paths)
        {
            ReportReading(
                places,
                side.Evidence.Problems,
                side.Evidence.OtherEffects([.. access.Clusters.Select(c => c.Cluster).Where(c => c.Paths.ContainsKey(side.Path.Name))]),
                diagnostics);
        }

        foreach (var findings in found)
        {
            ReportReading(places, findings.Problems, findings.OtherEffects, diagnostics);
        }

        return ([.. found.SelectMany(findings => findings.Differences)], [.. found.SelectMany(findings => findings.Reaches)]);
    }

    /// <summary>Compares every cluster by every path.</summary>
    /// <param name="access">What the policy gives.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="readings">What the artefacts say.</param>
    /// <param name="findsAll">Whether every difference is wanted, or a few.</param>
    /// <param name="basesOf">Which places are of a <c>base</c> of a path, and what of them is excused; absent for a path without one.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static ImmutableArray<ClusterFindings> CompareClusters(
        AccessModel access,
        ProjectSettings settings,
        ArtefactReadings readings,
        bool findsAll,
        Func<AccessPath, (BasePlaces Places, ImmutableArray<BaseExcuse> Excused)?> basesOf,
        CancellationToken cancellation)
    {
        var found = new ClusterFindings[access.Clusters.Length];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var cluster = access.Clusters[i];
            var proof = new ClusterProof(cluster, readings.Read(cluster.Cluster, cancellation), settings.IdentityProviders, findsAll);
            foreach (var side in readings.Paths.Where(side => cluster.Cluster.Paths.ContainsKey(side.Path.Name)))
            {
                proof.Compare(side, access.Overlaps, basesOf(side.Path), cancellation);
            }

            found[i] = proof.Findings();
        });
        return ImmutableCollectionsMarshal.AsImmutableArray(found);
    }

    // What people wrote by hand does other things than the policy: only what would keep the whole from being taken is an error.
    private static void ReportReading(BasePlaces places, ImmutableArray<ReadingProblem> problems, ImmutableArray<OtherEffect> effects, DiagnosticBag diagnostics)
    {
        foreach (var problem in problems)
        {
            var isRefused = problem.Kind == ReadingProblemKind.Refused;
            if (places.LocationOf(problem.Place) is not { } location)
            {
                diagnostics.Report(
                    ProofDiagnostics.NotUnderstood,
                    null,
                    isRefused ? $"the output at {problem.Place} would be refused: {problem.Message}" : $"the output at {problem.Place} is not understood: {problem.Message}",
                    Defect);
            }
            else if (isRefused)
            {
                diagnostics.Report(ProofDiagnostics.BaseRefused, location, $"the system would refuse this: {problem.Message}", "correct it; the output carries this text, and would be refused as a whole");
            }
            else
            {
                diagnostics.Report(ProofDiagnostics.BaseNotUnderstood, location, $"this is not understood: {problem.Message}");
            }
        }

        foreach (var effect in effects.Where(effect => !places.IsOfBase(effect.Place)))
        {
            diagnostics.Report(ProofDiagnostics.OtherEffect, null, $"the output at {effect.Place} does more than the policy says: {effect.What}", Defect);
        }
    }

    private static void Report(ProofDifference difference, DiagnosticBag diagnostics)
    {
        var place = difference.Places.IsEmpty ? "" : $" ({string.Join(", ", difference.Places.Take(3))})";
        var endpoint = difference.Endpoint.Length == 0 ? "" : $" at `{difference.Endpoint}`";
        var reason = difference.Reason.Length == 0 ? "" : $": {difference.Reason}";
        diagnostics.Report(
            ProofDiagnostics.Difference,
            difference.Rules.IsEmpty ? difference.Cluster.Location : difference.Rules[0].Location,
            difference.IsGiven
                ? $"by the outputs, {difference.Who} who comes via `{difference.Path.Name}`{endpoint} to cluster `{difference.Cluster.Name}` would have {difference.Right}, which no rule gives{reason}{place}"
                : $"by the outputs, {difference.Who} who comes via `{difference.Path.Name}`{endpoint} to cluster `{difference.Cluster.Name}` would not have {difference.Right}{reason}{place}",
            Defect);
    }
}
