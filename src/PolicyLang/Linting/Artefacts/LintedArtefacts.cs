using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Artefacts;

/// <summary>The files of other systems that a run lints, as each system sees them. Every view is made once, by whichever rule asks first.</summary>
internal sealed class LintedArtefacts
{
    private readonly Lazy<KubernetesObjects> _kubernetes;

    /// <summary>Takes the files of a run.</summary>
    public LintedArtefacts(ImmutableArray<ArtefactFile> files)
    {
        Files = files;
        _kubernetes = new(() => KubernetesObjects.Read(files));
    }

    /// <summary>The files, in ordinal order of their paths.</summary>
    public ImmutableArray<ArtefactFile> Files { get; }

    /// <summary>The objects of Kubernetes RBAC.</summary>
    public KubernetesObjects Kubernetes => _kubernetes.Value;
}
