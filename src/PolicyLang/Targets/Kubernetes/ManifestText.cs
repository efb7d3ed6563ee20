using k8s.Models;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>
/// Writes Kubernetes objects as the documents of YAML files. The models' own serializers are not used: they go through JSON options
/// that cost a start-up, and quote by YAML 1.2 while the API server reads YAML 1.1.
/// </summary>
internal sealed class ManifestText
{
    private readonly YamlText _yaml = new();
    private bool _hasDocument;

    /// <summary>The file so far. The next object starts a new file.</summary>
    public byte[] TakeUtf8()
    {
        _hasDocument = false;
        return _yaml.TakeUtf8();
    }

    /// <summary>Adds a ConfigMap.</summary>
    public void Add(V1ConfigMap map)
    {
        Start(map.ApiVersion, map.Kind, map.Metadata);
        _yaml.Map("data", map.Data, WriteTexts);
    }

    /// <summary>Adds a ClusterRole.</summary>
    public void Add(V1ClusterRole role)
    {
        Start(role.ApiVersion, role.Kind, role.Metadata);
        _yaml.MapList("rules", role.Rules, static (yaml, rule) =>
        {
            WriteTextsUnlessEmpty(yaml, "apiGroups", rule.ApiGroups);
            WriteTextsUnlessEmpty(yaml, "resources", rule.Resources);
            WriteTextsUnlessEmpty(yaml, "resourceNames", rule.ResourceNames);
            WriteTextsUnlessEmpty(yaml, "nonResourceURLs", rule.NonResourceURLs);
            WriteTextsUnlessEmpty(yaml, "verbs", rule.Verbs);
        });
    }

    /// <summary>Adds a ClusterRoleBinding.</summary>
    public void Add(V1ClusterRoleBinding binding) => AddBinding(binding.ApiVersion, binding.Kind, binding.Metadata, binding.RoleRef, binding.Subjects);

    /// <summary>Adds a RoleBinding.</summary>
    public void Add(V1RoleBinding binding) => AddBinding(binding.ApiVersion, binding.Kind, binding.Metadata, binding.RoleRef, binding.Subjects);

    private static void WriteTexts(YamlText yaml, IDictionary<string, string> texts)
    {
        foreach (var (key, value) in texts)
        {
            yaml.Text(key, value);
        }
    }

    private static void WriteTextsUnlessEmpty(YamlText yaml, string key, IList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            yaml.TextList(key, [.. texts]);
        }
    }

    private static void WriteMetadata(YamlText yaml, V1ObjectMeta metadata)
    {
        yaml.Text("name", metadata.Name);
        if (metadata.NamespaceProperty is { } ns)
        {
            yaml.Text("namespace", ns);
        }

        yaml.Map("labels", metadata.Labels, WriteTexts);
        if (metadata.Annotations is { Count: > 0 } annotations)
        {
            yaml.Map("annotations", annotations, WriteTexts);
        }
    }

    private static void WriteSubject(YamlText yaml, Rbacv1Subject subject)
    {
        if (subject.ApiGroup is { } apiGroup)
        {
            yaml.Text("apiGroup", apiGroup);
        }

        yaml.Text("kind", subject.Kind).Text("name", subject.Name);
        if (subject.NamespaceProperty is { } ns)
        {
            yaml.Text("namespace", ns);
        }
    }

    private void Start(string apiVersion, string kind, V1ObjectMeta metadata)
    {
        if (_hasDocument)
        {
            _yaml.NextDocument();
        }

        _hasDocument = true;
        _yaml.Text("apiVersion", apiVersion).Text("kind", kind).Map("metadata", metadata, WriteMetadata);
    }

    private void AddBinding(string apiVersion, string kind, V1ObjectMeta metadata, V1RoleRef roleRef, IList<Rbacv1Subject> subjects)
    {
        Start(apiVersion, kind, metadata);
        _yaml.Map("roleRef", roleRef, static (yaml, reference) => yaml.Text("apiGroup", reference.ApiGroup).Text("kind", reference.Kind).Text("name", reference.Name));
        _yaml.MapList("subjects", subjects, WriteSubject);
    }
}
