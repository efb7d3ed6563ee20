using System.Collections.Immutable;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>What the files of a Cloudflare path say, asked in the policy's words. Each form of the files (bodies for the API, Terraform) has to say the same.</summary>
internal sealed class CloudflareEvidence : PathEvidence
{
    private readonly AccessPath _path;
    private readonly ImmutableArray<(string Name, GatewayReading Reading)> _forms;

    private CloudflareEvidence(AccessPath path, ImmutableArray<(string Name, GatewayReading Reading)> forms)
    {
        _path = path;
        _forms = forms;
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadingProblem> Problems => [.. _forms.SelectMany(form => form.Reading.Problems)];

    /// <summary>Finds the files of a path among those of all paths through Cloudflare.</summary>
    public static IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files)
    {
        var folder = path.Settings.GetText("output", path.Name).TrimEnd('/') + "/";
        return files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>Reads the files of a path, and the rules that the account holds beside them.</summary>
    public static CloudflareEvidence Read(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing)
    {
        var forms = GatewayReading.Forms(files);
        return new CloudflareEvidence(path, forms.IsEmpty && !existing.IsEmpty ? [("", GatewayReading.Read([], existing))] : [.. forms.Select(form => (form[0].Path, GatewayReading.Read(form, existing)))]);
    }

    /// <inheritdoc/>
    public override ImmutableArray<OtherEffect> OtherEffects(ImmutableArray<Cluster> clusters)
    {
        GatewayEndpoint[] endpoints = [.. clusters.Select(EndpointOf).OfType<GatewayEndpoint>()];
        return [.. _forms.SelectMany(form => form.Reading.OtherEffects.Concat(form.Reading.EffectsBeyond(endpoints)))];
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadEndpoint> EndpointsOf(Cluster cluster)
        => EndpointOf(cluster) is { } endpoint
            ? [.. _forms.Select(form => new ReadEndpoint(_forms.Length > 1 ? form.Name : "", form.Reading.GateTo(endpoint), form.Reading.IdentitiesAt(endpoint), null))]
            : [];

    /// <inheritdoc/>
    public override Atom AtomOf(NativePrincipal principal) => principal.Kind switch
    {
        PrincipalKind.Group => new Atom(AtomKind.Group, _path.Settings.GetText("groups_by", "name") == "id" ? "groups.id" : "groups.name", principal.Value),
        PrincipalKind.Machine => new Atom(AtomKind.Machine, "", principal.Value),
        _ => new Atom(AtomKind.Person, "email", principal.Value),
    };

    /// <inheritdoc/>
    public override ImmutableArray<Atom> ChecksOf(Posture posture)
        => posture.Assertions.TryGetValue(_path.Name, out var texts)
            ? [.. texts.Select(text => new Atom(AtomKind.Posture, "cloudflare", Guid.TryParse(text.Text, out var id) ? id.ToString("D") : text.Text))]
            : [];

    private GatewayEndpoint? EndpointOf(Cluster cluster)
        => cluster.Paths.TryGetValue(_path.Name, out var block)
            ? new GatewayEndpoint([.. block.GetList("addresses").Select(address => address.Text)], (int)block.GetInteger("port", 6443), block.FindText("vnet")?.Text)
            : null;
}
