using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

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
        foreach (var difference in differences)
        {
            if (!bases.Report(difference))
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
        var files = targets.ToDictionary(
            target => target.Name,
            target => (IReadOnlyList<Artefact>)[.. outputs.GetValueOrDefault(target.Name, []).Select(file => new Artefact(file.Path, file.Content))],
            StringComparer.Ordinal);
        var folders = new ClusterFolders(settings.TargetSettings.GetValueOrDefault(KubernetesTarget.TargetName, SettingBlock.Empty), access.Clusters.Select(c => c.Cluster));
        var manifests = folders.Split(files.GetValueOrDefault(KubernetesTarget.TargetName, []));
        foreach (var stray in manifests.GetValueOrDefault("", []))
        {
            diagnostics.Report(ProofDiagnostics.NotUnderstood, null, $"`{stray.Path}` is for no cluster of the policy", Defect);
        }

        var paths = access.Paths.Select(path => (Path: path, Target: targets.FirstOrDefault(target => target.PathKind?.Name == path.Kind.Name))).ToArray();
        var evidence = new PathEvidence?[paths.Length];
        var options = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, paths.Length, options, i => evidence[i] = paths[i] is (var path, { } target) ? target.ReadBack(path, [.. target.FilesOf(path, files[target.Name])], existing.Of(path)) : null);

        var principals = PrincipalsByPath(access);
        var sides = paths.Select((path, i) => evidence[i] is { } read ? new PathSide(path.Path, read, LeavesOf(read, principals[path.Path])) : null).OfType<PathSide>().ToArray();

        // Only the findings of a cluster are kept: what its artefacts say fills more memory than they do.
        var found = new ClusterFindings[access.Clusters.Length];
        Parallel.For(0, found.Length, options, i =>
        {
            var cluster = access.Clusters[i];
            var reading = ClusterReading.Read(manifests.GetValueOrDefault(cluster.Cluster.Name, []), cancellation);
            var proof = new ClusterProof(cluster, reading, settings.IdentityProviders);
            foreach (var side in sides.Where(side => cluster.Cluster.Paths.ContainsKey(side.Path.Name)))
            {
                proof.Compare(side, access.Overlaps, existing.Of(side.Path).IsEmpty ? null : (places, existing.Excused), cancellation);
            }

            found[i] = proof.Findings();
        });

        foreach (var side in sides)
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

    private static Dictionary<Subject, ImmutableArray<Leaf>> LeavesOf(PathEvidence evidence, Dictionary<Subject, ImmutableArray<NativePrincipal>> principals)
        => principals.ToDictionary(p => p.Key, p => p.Value.Select(principal => new Leaf(Caller.Principal(evidence.AtomOf(principal)), principal)).ToImmutableArray());

    private static Dictionary<AccessPath, Dictionary<Subject, ImmutableArray<NativePrincipal>>> PrincipalsByPath(AccessModel access)
    {
        var principals = access.Paths.ToDictionary(path => path, _ => new Dictionary<Subject, ImmutableArray<NativePrincipal>>());
        foreach (var cluster in access.Clusters)
        {
            foreach (var link in cluster.Identities)
            {
                principals[link.Path].TryAdd(link.Subject, link.Principals);
            }

            foreach (var link in cluster.Gates)
            {
                principals[link.Path].TryAdd(link.Subject, link.Principals);
            }
        }

        return principals;
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
