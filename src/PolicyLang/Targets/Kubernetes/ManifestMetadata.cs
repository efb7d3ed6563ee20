using k8s.Models;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Names, labels and annotations of a cluster's objects. Objects share the label and annotation maps; nobody changes them.</summary>
internal sealed class ManifestMetadata
{
    private readonly SortedDictionary<string, string> _labels;
    private readonly SortedDictionary<string, string>? _annotations;
    private readonly SortedDictionary<string, string>? _bindingAnnotations;

    public ManifestMetadata(Cluster cluster, Delivery delivery)
    {
        _labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/managed-by"] = "policyc",
            ["policyc.dev/cluster"] = KubernetesNames.LabelValue(cluster.Name),
        };

        switch (delivery)
        {
            case Delivery.ArgoCd:
                // The applier's rights are limited by name, which only server-side apply can use when it creates an object.
                _annotations = new(StringComparer.Ordinal) { ["argocd.argoproj.io/sync-options"] = "ServerSideApply=true" };
                _bindingAnnotations = _annotations;
                break;
            case Delivery.Flux:
                // Names hold the role, so policyc never changes a roleRef; this heals a binding that somebody else made under the name.
                _bindingAnnotations = new(StringComparer.Ordinal) { ["kustomize.toolkit.fluxcd.io/force"] = "enabled" };
                break;
        }
    }

    public V1ObjectMeta ForRole(string name) => new() { Name = name, Labels = _labels, Annotations = _annotations };

    public V1ObjectMeta ForBinding(string name, string? ns) => new() { Name = name, NamespaceProperty = ns, Labels = _labels, Annotations = _bindingAnnotations };

    public V1ObjectMeta ForMarker(string name, string ns) => new() { Name = name, NamespaceProperty = ns, Labels = _labels, Annotations = _annotations };
}
