using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>A Role, ClusterRole, RoleBinding or ClusterRoleBinding, as far as it can be read.</summary>
/// <param name="Map">The object.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Metadata">Its metadata; absent in a piece of one.</param>
internal abstract record KubernetesObject(DataMap Map, DataScalar Kind, DataMap? Metadata)
{
    // The API server makes these itself, and puts them right whenever it starts.
    private const string OwnLabel = "kubernetes.io/bootstrapping";

    /// <summary>The name, where it is written.</summary>
    public DataScalar? NameText { get; } = Metadata.Text("name");

    /// <summary>The namespace, where it is written.</summary>
    public DataScalar? NamespaceText { get; } = Metadata.Text("namespace");

    /// <summary>The labels.</summary>
    public ImmutableArray<DataEntry> Labels { get; } = Metadata.Map("labels")?.Entries ?? [];

    /// <summary>The name; empty where none is written.</summary>
    public string Name => NameText?.Text ?? "";

    /// <summary>The namespace; empty where none is written.</summary>
    public string Namespace => NamespaceText?.Text ?? "";

    /// <summary>The file.</summary>
    public SourceText Source => Map.Location.Source;

    /// <summary>Whether it is one of a namespace.</summary>
    public bool IsNamespaced => Kind.Text is RbacWords.Role or RbacWords.RoleBinding;

    /// <summary>Whether Kubernetes itself, or a distribution of it, makes the object: nobody who lints a copy can change it.</summary>
    public bool IsKubernetesOwn => Name.StartsWith("system:", StringComparison.Ordinal) || Labels.Any(label => label.Key == OwnLabel);

    /// <summary>Whether it is written for the current version of the API, whose fields are known.</summary>
    public bool IsCurrentVersion => Map.Text("apiVersion") is { Text: RbacWords.ApiVersion };

    /// <summary>Where the object is named, or else its kind.</summary>
    public SourceLocation NameLocation => NameText?.Location ?? Kind.Location;
}

/// <summary>A Role or ClusterRole.</summary>
internal sealed record KubernetesRole(DataMap Map, DataScalar Kind, DataMap? Metadata, ImmutableArray<KubernetesRule> Rules) : KubernetesObject(Map, Kind, Metadata)
{
    /// <summary>The selectors by which it takes the rules of others; absent where it has its own.</summary>
    public DataMap? Aggregation { get; } = Map.Map("aggregationRule");
}

/// <summary>A RoleBinding or ClusterRoleBinding.</summary>
internal sealed record KubernetesBinding(DataMap Map, DataScalar Kind, DataMap? Metadata, DataMap? RoleRef, ImmutableArray<KubernetesSubject> Subjects) : KubernetesObject(Map, Kind, Metadata)
{
    /// <summary>The kind of the role, where it is written.</summary>
    public DataScalar? RoleKind { get; } = RoleRef.Text("kind");

    /// <summary>The name of the role, where it is written.</summary>
    public DataScalar? RoleName { get; } = RoleRef.Text("name");

    /// <summary>Whether it holds in the whole cluster.</summary>
    public bool IsClusterWide => !IsNamespaced;
}

/// <summary>Somebody whom a binding names.</summary>
/// <param name="Map">The subject.</param>
/// <param name="Kind">Its kind; empty where none is written.</param>
/// <param name="NameText">Its name, where it is written.</param>
/// <param name="NamespaceText">Its namespace, where it is written.</param>
internal sealed record KubernetesSubject(DataMap Map, string Kind, DataScalar? NameText, DataScalar? NamespaceText)
{
    /// <summary>The name; empty where none is written.</summary>
    public string Name => NameText?.Text ?? "";

    /// <summary>The namespace; empty where none is written.</summary>
    public string Namespace => NamespaceText?.Text ?? "";

    /// <summary>The subject's name, or else all that is written about it.</summary>
    public SourceLocation Location => NameText?.Location ?? Map.Location;

    /// <summary>Who that is.</summary>
    public SubjectSort Sort { get; } = KubernetesSubjects.SortOf(Kind, NameText?.Text ?? "");
}

/// <summary>A rule of a role.</summary>
/// <param name="Map">The rule.</param>
/// <param name="Verbs">What may be done.</param>
/// <param name="ApiGroups">The API groups.</param>
/// <param name="Resources">The resources and subresources.</param>
/// <param name="ResourceNames">The only names it holds for; empty for all.</param>
/// <param name="Urls">The URLs of a rule about URLs.</param>
internal sealed record KubernetesRule(
    DataMap Map,
    ImmutableArray<DataScalar> Verbs,
    ImmutableArray<DataScalar> ApiGroups,
    ImmutableArray<DataScalar> Resources,
    ImmutableArray<DataScalar> ResourceNames,
    ImmutableArray<DataScalar> Urls)
{
    /// <summary>What the rule means.</summary>
    public RbacRule Rights { get; } = new(Texts(Verbs), Texts(ApiGroups), Texts(Resources), Texts(ResourceNames), Texts(Urls));

    /// <summary>Whether some list is a template or no list, so that more may be in it than is seen.</summary>
    public bool IsPartlyKnown { get; } = Map.Entries.Any(entry => entry.Value is not DataList list || list.Items.Any(item => item is not DataScalar scalar || scalar.IsTemplate()));

    /// <summary>A rule that is read from a block.</summary>
    public static KubernetesRule Read(DataMap map) => new(map, map.Texts("verbs"), map.Texts("apiGroups"), map.Texts("resources"), map.Texts("resourceNames"), map.Texts("nonResourceURLs"));

    private static ImmutableArray<string> Texts(ImmutableArray<DataScalar> scalars) => [.. scalars.Select(scalar => scalar.Text)];
}
