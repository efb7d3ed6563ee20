using System.Collections.Immutable;
using k8s.Models;
using PolicyLang.Semantics;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>The files of one cluster.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="settings">Where the files stand.</param>
/// <param name="metadata">Labels of the cluster's objects.</param>
/// <param name="text">Writes the objects; one for all clusters, so that its memory is used again.</param>
/// <param name="files">Receives the files.</param>
internal sealed class ClusterFiles(Cluster cluster, KubernetesSettings settings, ManifestMetadata metadata, ManifestText text, ImmutableArray<OutputFile>.Builder files)
{
    /// <summary>The name of the ConfigMap that keeps the set of objects from ever being empty.</summary>
    public const string MarkerName = "policyc-marker";

    private readonly string _folder = settings.FolderOf(cluster.Name);
    private readonly List<string> _resources = [];

    /// <summary>Adds the marker. Tools that prune refuse an empty set, so without it the last binding would never go.</summary>
    public void AddMarker()
    {
        text.Add(new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = metadata.ForMarker(MarkerName, settings.MarkerNamespace),
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["cluster"] = cluster.Name },
        });
        Add("marker.yaml");
    }

    /// <summary>Adds the objects that stand in no namespace; nothing when there are none.</summary>
    public void AddClusterWide(List<V1ClusterRole> roles, List<V1ClusterRoleBinding> bindings)
    {
        if (roles.Count == 0 && bindings.Count == 0)
        {
            return;
        }

        roles.ForEach(text.Add);
        bindings.ForEach(text.Add);
        Add("cluster.yaml");
    }

    /// <summary>Adds the bindings of a namespace.</summary>
    public void AddNamespace(string ns, List<V1RoleBinding> bindings)
    {
        bindings.ForEach(text.Add);
        Add($"namespaces/{ns}.yaml");
    }

    /// <summary>Adds the rights of the applier, outside the kustomization: nobody may give them to himself.</summary>
    public void AddApplier(ApplierObjects applier)
    {
        text.Add(applier.ClusterRole);
        text.Add(applier.MarkerRole);
        if (applier.ClusterRoleBinding is { } clusterRoleBinding)
        {
            text.Add(clusterRoleBinding);
        }

        if (applier.MarkerRoleBinding is { } markerRoleBinding)
        {
            text.Add(markerRoleBinding);
        }

        files.Add(new OutputFile(_folder + "applier/applier.yaml", text.TakeUtf8()));
    }

    /// <summary>
    /// Adds the kustomization of everything added to it so far. It sets neither a namespace (which would move RoleBindings) nor a name
    /// prefix (which would rename own roles but not built-in ones).
    /// </summary>
    public void AddKustomization()
        => files.Add(new OutputFile(
            _folder + "kustomization.yaml",
            new YamlText()
                .Text("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .Text("kind", "Kustomization")
                .TextList("resources", _resources)
                .TakeUtf8()));

    private void Add(string name)
    {
        _resources.Add(name);
        files.Add(new OutputFile(_folder + name, text.TakeUtf8()));
    }
}
