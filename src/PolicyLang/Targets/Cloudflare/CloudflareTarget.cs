using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Cloudflare.Reading;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>
/// Writes Cloudflare Gateway rules, as bodies for the API and as Terraform JSON. Gateway lets pass what no rule matches, so every cluster
/// that declares the path gets a rule that blocks it for everyone, behind the rules that let somebody in.
/// </summary>
public sealed class CloudflareTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => "cloudflare";

    /// <inheritdoc/>
    public PathKind PathKind { get; } = new CloudflarePathKind();

    /// <inheritdoc/>
    public SettingSchema ProjectSettings => SettingSchema.Empty;

    /// <inheritdoc/>
    public IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files) => CloudflareEvidence.FilesOf(path, files);

    /// <inheritdoc/>
    public PathEvidence? ReadBack(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing) => CloudflareEvidence.Read(path, files, existing);

    /// <inheritdoc/>
    public TargetOutput Write(TargetContext context, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        ImmutableArray<CloudflarePathSettings> paths =
            [.. context.Access.Paths.Where(path => path.Kind is CloudflarePathKind).Select(path => CloudflarePathSettings.Read(path, diagnostics))];
        ReportShared(paths, diagnostics);

        var files = ImmutableArray.CreateBuilder<OutputFile>();
        var assumptions = ImmutableArray.CreateBuilder<Assumption>();
        foreach (var path in paths)
        {
            var pathDiagnostics = new DiagnosticBag();
            var rules = GatewayRuleSet.Build(path, context.Access, pathDiagnostics, cancellation);
            diagnostics.AddRange(pathDiagnostics.ToSortedArray());
            if (!diagnostics.HasErrors)
            {
                AddFiles(rules, files);
                assumptions.AddRange(CloudflareAssumptions.Of(rules));
            }
        }

        context.Diagnostics.AddRange(diagnostics.ToSortedArray());
        return diagnostics.HasErrors ? TargetOutput.Empty : new TargetOutput(files.ToImmutable(), [.. assumptions.DistinctBy(assumption => (assumption.Kind, assumption.Topic))]);
    }

    private static void AddFiles(GatewayRuleSet rules, ImmutableArray<OutputFile>.Builder files)
    {
        if (rules.Path.WritesApi)
        {
            files.AddRange(GatewayApiWriter.Write(rules));
        }

        if (rules.Path.WritesTerraform)
        {
            files.Add(GatewayTerraformWriter.Write(rules));
        }
    }

    // Precedences are one order for a whole account: two instances in one account would put blocks of one before allows of the other.
    private static void ReportShared(ImmutableArray<CloudflarePathSettings> paths, DiagnosticBag diagnostics)
    {
        var accounts = new Dictionary<string, CloudflarePathSettings>(StringComparer.Ordinal);
        var folders = new Dictionary<string, CloudflarePathSettings>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!accounts.TryAdd(path.Account, path))
            {
                Report(CloudflareDiagnostics.SharedAccount, path, accounts[path.Account], $"write into the account `{path.Account}`", "give each path the `account` that it writes into; one account takes one path");
            }

            if (!folders.TryAdd(path.OutputFolder, path))
            {
                Report(CloudflareDiagnostics.InvalidOutput, path, folders[path.OutputFolder], $"write into the folder `{path.OutputFolder}`", "give each path an `output` folder of its own");
            }
        }

        void Report(DiagnosticDescriptor descriptor, CloudflarePathSettings second, CloudflarePathSettings first, string what, string help)
        {
            var location = first.Path.Location;
            diagnostics.Report(
                descriptor,
                second.Path.Location,
                $"paths `{first.Path.Name}` and `{second.Path.Name}` both {what}",
                help,
                location is null ? [] : [new RelatedLocation(location, $"`{first.Path.Name}` is declared here")]);
        }
    }
}
