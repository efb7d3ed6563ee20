using k8s.Models;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>The rights of whoever applies a cluster's files. An administrator applies them once, and again when the set of ClusterRoles changes.</summary>
/// <param name="ClusterRole">What it may do in the cluster.</param>
/// <param name="MarkerRole">What it may do in the marker's namespace.</param>
/// <param name="ClusterRoleBinding">Gives it the former; absent when no applier is named.</param>
/// <param name="MarkerRoleBinding">Gives it the latter; absent when no applier is named.</param>
internal sealed record ApplierObjects(
    V1ClusterRole ClusterRole,
    V1ClusterRole MarkerRole,
    V1ClusterRoleBinding? ClusterRoleBinding,
    V1RoleBinding? MarkerRoleBinding)
{
    /// <summary>What the names of all appliers' objects start with.</summary>
    public const string Prefix = "policyc:applier:";

    /// <summary>Makes the objects.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="settings">Names the applier and the marker's namespace.</param>
    /// <param name="bound">The names of the ClusterRoles that the policy binds, locks included, sorted.</param>
    /// <param name="written">The names of the ClusterRoles that policyc writes, locks included, sorted.</param>
    public static ApplierObjects Of(Cluster cluster, KubernetesSettings settings, IReadOnlyCollection<string> bound, IReadOnlyCollection<string> written)
    {
        // An administrator applies the file by hand, so it takes no annotations for a delivery.
        var metadata = new ManifestMetadata(cluster, Delivery.None);
        var name = Prefix + cluster.Name;
        var markerName = name + ":marker";
        List<V1PolicyRule> rules =
        [
            RbacObjects.Rule(RbacObjects.ApiGroup, ["clusterrolebindings", "rolebindings"], "create", "delete", "get", "list", "patch", "update", "watch"),
            RbacObjects.Rule(RbacObjects.ApiGroup, ["clusterroles"], "get", "list", "watch"),
        ];

        if (bound.Count > 0)
        {
            rules.Add(RbacObjects.RuleFor(bound, RbacObjects.ApiGroup, "clusterroles", "bind"));
        }

        // `create` and `escalate` are limited by name as well. That works for server-side apply, whose request names the object, and for
        // nothing else; without the limit, `escalate` would be every right in the cluster.
        if (written.Count > 0)
        {
            rules.Add(RbacObjects.RuleFor(written, RbacObjects.ApiGroup, "clusterroles", "create", "delete", "escalate", "patch", "update"));
        }

        var clusterRole = Role(metadata.ForRole(name), rules);
        var markerRole = Role(metadata.ForRole(markerName), [RbacObjects.RuleFor([ClusterFiles.MarkerName], "", "configmaps", "create", "delete", "get", "patch", "update")]);
        return settings.Applier is not { } applier
            ? new ApplierObjects(clusterRole, markerRole, null, null)
            : new ApplierObjects(
                clusterRole,
                markerRole,
                RbacObjects.ClusterRoleBinding(metadata.ForBinding(name, null), name, SubjectOf(applier)),
                RbacObjects.RoleBinding(metadata.ForBinding(markerName, settings.MarkerNamespace), markerName, SubjectOf(applier)));
    }

    private static V1ClusterRole Role(V1ObjectMeta metadata, List<V1PolicyRule> rules)
        => new() { ApiVersion = RbacObjects.ApiVersion, Kind = "ClusterRole", Metadata = metadata, Rules = rules };

    private static Rbacv1Subject SubjectOf(Applier applier)
        => applier.ServiceAccountNamespace is { } ns
            ? RbacObjects.ServiceAccount(ns, applier.Name)
            : RbacObjects.Subject(new RbacSubject(applier.Kind, applier.Name, IsOwned: false));
}
