using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Linting.Artefacts.Teleport;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts;

/// <summary>The files of other systems that a run lints, as each system sees them. Every view is made once, by whichever rule asks first.</summary>
internal sealed class LintedArtefacts
{
    private readonly Lazy<KubernetesObjects> _kubernetes;
    private readonly Lazy<ImmutableArray<LintedTailnet>> _tailnets;
    private readonly Lazy<LintedTeleport> _teleport;
    private readonly Lazy<TerraformResources> _terraform;
    private readonly Lazy<GatewayConfiguration> _gateway;
    private readonly Lazy<ImmutableArray<SessionStatement>> _sessions;

    /// <summary>Takes the files of a run.</summary>
    public LintedArtefacts(ImmutableArray<ArtefactFile> files)
    {
        Files = files;
        _kubernetes = new(() => KubernetesObjects.Read(files));
        _tailnets = new(() => LintedTailnet.ReadAll(files, Terraform));
        _teleport = new(() => LintedTeleport.Read(files, Terraform));
        _terraform = new(() => TerraformResources.Read(files));
        _gateway = new(() => GatewayConfiguration.Read(files, Terraform));
        _sessions = new(() => IamStatements.Read(files));
    }

    /// <summary>The files, in ordinal order of their paths.</summary>
    public ImmutableArray<ArtefactFile> Files { get; }

    /// <summary>The objects of Kubernetes RBAC.</summary>
    public KubernetesObjects Kubernetes => _kubernetes.Value;

    /// <summary>The tailnet policy files and parts of such.</summary>
    public ImmutableArray<LintedTailnet> Tailnets => _tailnets.Value;

    /// <summary>The roles and connectors of Teleport.</summary>
    public LintedTeleport Teleport => _teleport.Value;

    /// <summary>The resources of Terraform files.</summary>
    public TerraformResources Terraform => _terraform.Value;

    /// <summary>The Gateway rules of Cloudflare accounts.</summary>
    public GatewayConfiguration Gateway => _gateway.Value;

    /// <summary>The statements of AWS policies that let somebody start sessions.</summary>
    public ImmutableArray<SessionStatement> Sessions => _sessions.Value;
}
