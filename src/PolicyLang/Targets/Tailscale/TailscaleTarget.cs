using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale.Reading;
using PolicyLang.Targets.Tailscale.Splicing;
using PolicyLang.Targets.Text;

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
        var spliced = ImmutableArray.CreateBuilder<SplicedFile>();
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

            var existing = context.Existing.Of(path);
            var @base = existing.IsEmpty ? null : BaseOf(path, existing, findings);
            var builder = new TailnetPolicyBuilder(path, _kind, context.Access, @base, context.Existing.Excused, findings);
            var policy = builder.Build(cancellation);
            if (@base is not null)
            {
                BaseChecks.Check(@base, policy, builder.Origins, path, findings);
            }

            if (findings.HasErrors)
            {
                continue;
            }

            if (@base is null)
            {
                files.Add(new OutputFile(output, TailnetPolicyWriter.Write(policy, cancellation)));
            }
            else
            {
                var (file, splice) = TailnetSplicer.Splice(@base, policy, output, cancellation);
                files.Add(file);
                spliced.Add(splice);
            }

            foreach (var assumption in TailscaleAssumptions.Of(path, policy, builder.Clusters, builder.Subjects))
            {
                assumptions.TryAdd((assumption.Kind, assumption.Topic), assumption);
            }
        }

        context.Diagnostics.AddRange(findings.ToSortedArray());
        return findings.HasErrors
            ? TargetOutput.Empty
            : new TargetOutput(files.ToImmutable(), [.. assumptions.Values.OrderBy(a => a.Kind).ThenBy(a => a.Topic, StringComparer.Ordinal)]) { Spliced = spliced.ToImmutable() };
    }

    private static TailnetBase? BaseOf(AccessPath path, ImmutableArray<Artefact> files, DiagnosticBag findings)
    {
        if (files is [var only])
        {
            return TailnetBase.Read(new SourceText(only.Path, Encoding.UTF8.GetString(only.Content.Span)), findings);
        }

        findings.Report(
            TailscaleDiagnostics.BaseCount,
            path.Settings.LocationOf(ProjectFileDefinitions.BaseSetting) ?? path.Location,
            $"`base` of path `{path.Name}` names {string.Join(", ", files.Select(file => $"`{file.Path}`"))}, and a tailnet has one policy file",
            "name the one that is in force, by its full path");
        return null;
    }
}
