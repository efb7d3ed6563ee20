using System.Collections.Immutable;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>An entry of <c>kubernetes_resources</c>.</summary>
internal sealed record ResourceEntry(string Kind, string ApiGroup, string Namespace, string Name, ImmutableArray<string> Verbs);

/// <summary>A request to a Kubernetes API server.</summary>
/// <param name="Kind">The resource in its plural form, as in the URL.</param>
/// <param name="ApiGroup">Its group; empty for the core.</param>
/// <param name="Namespace">Its namespace; empty for the whole cluster.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Verb">The verb.</param>
internal sealed record KubernetesRequest(string Kind, string ApiGroup, string Namespace, string Name, string Verb);

/// <summary>
/// What a role lets pass to the API server. It takes away from what the cluster's own rules give and adds nothing. Up to v6 it knows pods and nothing else, v7 knows
/// a list of kinds, v8 knows all (Teleport, <c>api/types/role.go</c> and pull request 54938).
/// </summary>
/// <param name="Version">The role's version.</param>
/// <param name="Entries">The entries, defaults put in.</param>
internal sealed record ResourceFilter(int Version, ImmutableArray<ResourceEntry> Entries)
{
    private const string Any = "*";

    // The kinds of v7 and their names in URLs.
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["pods"] = "pod",
        ["secrets"] = "secret",
        ["configmaps"] = "configmap",
        ["namespaces"] = "namespace",
        ["services"] = "service",
        ["serviceaccounts"] = "serviceaccount",
        ["nodes"] = "kube_node",
        ["persistentvolumes"] = "persistentvolume",
        ["persistentvolumeclaims"] = "persistentvolumeclaim",
        ["deployments"] = "deployment",
        ["replicasets"] = "replicaset",
        ["statefulsets"] = "statefulset",
        ["daemonsets"] = "daemonset",
        ["clusterroles"] = "clusterrole",
        ["roles"] = "kube_role",
        ["clusterrolebindings"] = "clusterrolebinding",
        ["rolebindings"] = "rolebinding",
        ["cronjobs"] = "cronjob",
        ["jobs"] = "job",
        ["certificatesigningrequests"] = "certificatesigningrequest",
        ["ingresses"] = "ingress",
    };

    private static readonly HashSet<string> s_clusterKinds = new(StringComparer.Ordinal)
    {
        "namespace", "kube_node", "persistentvolume", "clusterrole", "clusterrolebinding", "certificatesigningrequest",
    };

    // What each version fills in; zero stands for a version that is not known.
    private static readonly ResourceFilter[] s_defaults =
    [
        .. Enumerable.Range(0, 9).Select(version => new ResourceFilter(version, version switch
        {
            <= 5 => [new ResourceEntry("pod", "", Any, Any, [Any])],
            6 => [],
            7 => [new ResourceEntry(Any, "", Any, Any, [Any])],
            _ => [new ResourceEntry(Any, Any, Any, Any, [Any])],
        })),
    ];

    /// <summary>Whether nothing at all is held back.</summary>
    public bool IsEverything
    {
        get
        {
            foreach (var entry in Entries)
            {
                var passesAll = Version switch
                {
                    <= 6 => entry is { Kind: "pod", Namespace: Any, Name: Any, Verbs: [Any] },
                    7 => entry is { Kind: Any, Namespace: Any, Name: Any, Verbs: [Any] },
                    _ => entry is { Kind: Any, ApiGroup: Any, Namespace: Any, Name: Any, Verbs: [Any] },
                };
                if (passesAll)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The name in roles of v7 of a kind that is given in the plural; nothing where v7 has none.</summary>
    public static string? SingularOf(string plural) => s_kinds.GetValueOrDefault(plural);

    /// <summary>The plural of a kind of v7.</summary>
    public static string? PluralOf(string kind) => s_kinds.FirstOrDefault(pair => pair.Value == kind).Key;

    public static bool IsKindOfV7(string kind) => kind == Any || s_kinds.ContainsValue(kind);

    public static bool IsClusterKindOfV7(string kind) => s_clusterKinds.Contains(kind);

    /// <summary>Puts in what a version fills in where a role selects clusters and says nothing of resources.</summary>
    public static ResourceFilter WithDefaults(int version, ImmutableArray<ResourceEntry> entries)
    {
        if (entries.IsEmpty)
        {
            return s_defaults[version];
        }

        return new(version, version <= 6 ? [.. entries.Select(e => e.Verbs.IsEmpty ? e with { Verbs = [Any] } : e)] : entries);
    }

    /// <summary>Whether a request passes.</summary>
    public bool Allows(KubernetesRequest request)
    {
        var kind = s_kinds.GetValueOrDefault(request.Kind);
        if (Version <= 7 && (kind is null || (Version <= 6 && kind != "pod")))
        {
            // What the proxy does not know is left to the cluster.
            return true;
        }

        return Entries.Any(entry => Version <= 7 ? AllowsSingular(entry, kind!, request) : AllowsPlural(entry, request));
    }

    private static bool AllowsSingular(ResourceEntry entry, string kind, KubernetesRequest request)
    {
        // Up to v7 an entry for a namespace opens all that is in it, and every kind's entry ignores its namespace for kinds of the cluster.
        if (entry.Kind == "namespace" && kind != "namespace")
        {
            return request.Namespace.Length > 0 && Matches(entry.Name, request.Namespace) && HasVerb(entry, request.Verb);
        }

        return (entry.Kind == Any || entry.Kind == kind)
            && HasVerb(entry, request.Verb)
            && Matches(entry.Name, request.Name)
            && (s_clusterKinds.Contains(kind) || Matches(entry.Namespace, request.Namespace));
    }

    private static bool AllowsPlural(ResourceEntry entry, KubernetesRequest request)
        => Matches(entry.Kind, request.Kind)
            && Matches(entry.ApiGroup, request.ApiGroup)
            && HasVerb(entry, request.Verb)
            && Matches(entry.Name, request.Name)
            && (request.Namespace.Length == 0 ? entry.Namespace is "" or Any : Matches(entry.Namespace, request.Namespace));

    private static bool HasVerb(ResourceEntry entry, string verb) => entry.Verbs.Contains(Any) || entry.Verbs.Contains(verb);

    // An unknown match counts as one: the filter only takes away.
    private static bool Matches(string pattern, string value) => pattern == Any || LabelPattern.Matches(pattern, value) != PolicyLang.Reading.Truth.False;
}
