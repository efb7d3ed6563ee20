using System.Collections.Frozen;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What an object of a kind means for access.</summary>
internal enum ManifestKindMeaning
{
    /// <summary>Not known: a custom resource may make an operator give rights.</summary>
    Unknown,

    /// <summary>One of the four kinds of RBAC v1.</summary>
    Rbac,

    /// <summary>Gives nobody a right.</summary>
    Harmless,

    /// <summary>Gives no right by RBAC, and does something else that can end in access.</summary>
    Effect,

    /// <summary>Only kustomize reads it.</summary>
    Kustomization,

    /// <summary>Holds further objects.</summary>
    List,

    /// <summary>RBAC in a version that old API servers serve.</summary>
    OldRbac,
}

/// <summary>The kinds that a reader of rights knows by name.</summary>
internal static class ManifestKinds
{
    private const string RunsCode = "runs containers, which act as a ServiceAccount of their namespace";

    private static readonly FrozenSet<string> Harmless = new[]
    {
        "v1/ConfigMap", "v1/Endpoints", "v1/Event", "v1/LimitRange", "v1/Namespace", "v1/PersistentVolume", "v1/PersistentVolumeClaim", "v1/ResourceQuota", "v1/Service", "v1/ServiceAccount",
        "autoscaling/v1/HorizontalPodAutoscaler", "autoscaling/v2/HorizontalPodAutoscaler", "discovery.k8s.io/v1/EndpointSlice", "networking.k8s.io/v1/Ingress", "networking.k8s.io/v1/IngressClass",
        "networking.k8s.io/v1/NetworkPolicy", "policy/v1/PodDisruptionBudget", "scheduling.k8s.io/v1/PriorityClass", "storage.k8s.io/v1/StorageClass",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Effects = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["v1/Secret"] = "may hold a credential of the cluster",
        ["v1/Pod"] = RunsCode,
        ["v1/ReplicationController"] = RunsCode,
        ["apps/v1/DaemonSet"] = RunsCode,
        ["apps/v1/Deployment"] = RunsCode,
        ["apps/v1/ReplicaSet"] = RunsCode,
        ["apps/v1/StatefulSet"] = RunsCode,
        ["batch/v1/CronJob"] = RunsCode,
        ["batch/v1/Job"] = RunsCode,
        ["admissionregistration.k8s.io/v1/MutatingWebhookConfiguration"] = "lets a webhook change objects",
        ["admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration"] = "lets a webhook see and refuse objects",
        ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy"] = "refuses objects",
        ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding"] = "refuses objects",
        ["apiextensions.k8s.io/v1/CustomResourceDefinition"] = "makes the API server serve a further resource",
        ["apiregistration.k8s.io/v1/APIService"] = "sends requests to another API server",
        ["certificates.k8s.io/v1/CertificateSigningRequest"] = "asks for a certificate, which may be a user's",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a kind means, and for an effect what it does.</summary>
    public static (ManifestKindMeaning Meaning, string Effect) MeaningOf(string apiVersion, string kind)
    {
        var key = $"{apiVersion}/{kind}";
        if (Effects.TryGetValue(key, out var effect))
        {
            return (ManifestKindMeaning.Effect, effect);
        }

        var isRbacKind = kind is RbacWords.Role or RbacWords.ClusterRole or RbacWords.RoleBinding or RbacWords.ClusterRoleBinding;
        var meaning = apiVersion == RbacWords.ApiVersion && isRbacKind ? ManifestKindMeaning.Rbac
            : Harmless.Contains(key) ? ManifestKindMeaning.Harmless
            : key is "v1/List" || (apiVersion == RbacWords.ApiVersion && kind is "RoleList" or "ClusterRoleList" or "RoleBindingList" or "ClusterRoleBindingList") ? ManifestKindMeaning.List
            : apiVersion.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) && kind is "Kustomization" ? ManifestKindMeaning.Kustomization
            : apiVersion is "rbac.authorization.k8s.io/v1beta1" or "rbac.authorization.k8s.io/v1alpha1" && isRbacKind ? ManifestKindMeaning.OldRbac
            : ManifestKindMeaning.Unknown;
        return (meaning, "");
    }
}
