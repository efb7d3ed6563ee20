using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Targets.Tailscale;

/// <summary>
/// Writes the policy file of each tailnet: who reaches which API server proxy, and which Kubernetes groups the proxy asserts for them.
/// Facts about the format: tailscale.com/docs/reference/syntax/policy-file, …/grants and …/targets-and-selectors.
/// </summary>
public sealed class TailscaleTarget : ITarget
{
    private readonly TailscalePathKind _kind = new();

    /// <inheritdoc/>
    public string Name => "tailscale";

    /// <inheritdoc/>
    public PathKind? PathKind => _kind;

    /// <inheritdoc/>
    public SettingSchema ProjectSettings => SettingSchema.Empty;

    /// <inheritdoc/>
    public IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files) => TailscaleEvidence.FilesOf(path, files);

    /// <inheritdoc/>
    public PathEvidence? ReadBack(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing) => TailscaleEvidence.Read(path, files);

    /// <inheritdoc/>
    public TargetOutput Write(TargetContext context, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        var assumptions = new Dictionary<(AssumptionKind, string), Assumption>();
        var outputs = new Dictionary<string, AccessPath>(StringComparer.OrdinalIgnoreCase);
        var findings = new DiagnosticBag();
        foreach (var path in context.Access.Paths.Where(path => path.Kind is TailscalePathKind).OrderBy(path => path.Name, StringComparer.Ordinal))
        {
            _kind.CheckPath(path, findings);
            var output = TailscalePathKind.OutputOf(path);
            if (!outputs.TryAdd(output, path))
            {
                findings.Report(
                    TailscaleDiagnostics.RepeatedOutput,
                    path.Settings.LocationOf("output") ?? path.Location,
                    $"paths `{outputs[output].Name}` and `{path.Name}` would both write `{output}`",
                    "give one of them another `output`");
                continue;
            }

            var builder = new TailnetPolicyBuilder(path, _kind, context.Access, findings);
            var policy = builder.Build(cancellation);
            if (findings.HasErrors)
            {
                continue;
            }

            files.Add(new OutputFile(output, TailnetPolicyWriter.Write(policy, cancellation)));
            foreach (var assumption in TailscaleAssumptions.Of(path, policy, builder.Clusters, builder.Subjects))
            {
                assumptions.TryAdd((assumption.Kind, assumption.Topic), assumption);
            }
        }

        context.Diagnostics.AddRange(findings.ToSortedArray());
        return findings.HasErrors
            ? TargetOutput.Empty
            : new TargetOutput(files.ToImmutable(), [.. assumptions.Values.OrderBy(a => a.Kind).ThenBy(a => a.Topic, StringComparer.Ordinal)]);
    }
}
