using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts;

/// <summary>The files of other systems that a run lints, as each system sees them. Every view is made once, by whichever rule asks first.</summary>
internal sealed class LintedArtefacts
{
    private readonly Lazy<TerraformResources> _terraform;
    private readonly Lazy<GatewayConfiguration> _gateway;
    private readonly Lazy<ImmutableArray<SessionStatement>> _sessions;

    /// <summary>Takes the files of a run.</summary>
    public LintedArtefacts(ImmutableArray<ArtefactFile> files)
    {
        Files = files;
        _terraform = new(() => TerraformResources.Read(files));
        _gateway = new(() => GatewayConfiguration.Read(files, Terraform));
        _sessions = new(() => IamStatements.Read(files));
    }

    /// <summary>The files, in ordinal order of their paths.</summary>
    public ImmutableArray<ArtefactFile> Files { get; }

    /// <summary>The resources of Terraform files.</summary>
    public TerraformResources Terraform => _terraform.Value;

    /// <summary>The Gateway rules of Cloudflare accounts.</summary>
    public GatewayConfiguration Gateway => _gateway.Value;

    /// <summary>The statements of AWS policies that let somebody start sessions.</summary>
    public ImmutableArray<SessionStatement> Sessions => _sessions.Value;
}
