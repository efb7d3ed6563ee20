using System.Collections.Immutable;
using k8s.Models;
using PolicyLang.Data;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>
/// Writes RBAC objects for each cluster: ClusterRoles of policyc's own, bindings, and for each proxy the lock that limits whom it may impersonate.
/// Retired clusters keep only their marker, so that the tool that delivers the files prunes everything else.
/// </summary>
public sealed class KubernetesTarget : ITarget
{
    /// <summary>The name of the target.</summary>
    public const string TargetName = "kubernetes";

    /// <inheritdoc/>
    public string Name => TargetName;

    /// <inheritdoc/>
    public PathKind? PathKind => null;

    /// <inheritdoc/>
    public SettingSchema ProjectSettings => KubernetesSettings.Schema;

    /// <inheritdoc/>
    public TargetOutput Write(TargetContext context, CancellationToken cancellation)
    {
        if (KubernetesSettings.Read(context.Settings, context.Diagnostics) is not { } settings)
        {
            return TargetOutput.Empty;
        }

        var files = ImmutableArray.CreateBuilder<OutputFile>();
        var text = new ManifestText();
        var assumptions = new KubernetesAssumptions();
        var subjects = new SubjectNameCheck(context.Diagnostics);
        var paths = context.Access.Paths.ToDictionary(path => path.Name, StringComparer.Ordinal);
        var everywhere = ImpersonationLocks.GroupsEverywhere(context.Access);
        foreach (var access in context.Access.Clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            var metadata = new ManifestMetadata(access.Cluster, settings.Delivery);
            var clusterFiles = new ClusterFiles(access.Cluster, settings, metadata, text, files);
            clusterFiles.AddMarker();
            if (!access.Cluster.IsRetired)
            {
                var roles = new ClusterRoleObjects(metadata, context.Diagnostics);
                var bindings = BindingObjects.Of(access, metadata, roles, subjects, context.Diagnostics, cancellation);
                var locks = ImpersonationLocks.Of(access, paths, everywhere, subjects, context.Diagnostics);
                WriteCluster(access.Cluster, settings, metadata, roles, bindings, locks, clusterFiles);
                assumptions.AddCluster(access, roles.Bound, locks);
            }

            clusterFiles.AddKustomization();
        }

        return new TargetOutput(files.ToImmutable(), assumptions.ToImmutable());
    }

    private static void WriteCluster(
        Cluster cluster,
        KubernetesSettings settings,
        ManifestMetadata metadata,
        ClusterRoleObjects roles,
        BindingObjects bindings,
        ImmutableArray<ImpersonationLock> locks,
        ClusterFiles files)
    {
        List<V1ClusterRole> clusterRoles = [.. roles.OwnObjects()];
        List<V1ClusterRoleBinding> clusterRoleBindings = [.. bindings.ClusterWide];
        foreach (var current in locks)
        {
            clusterRoles.Add(new V1ClusterRole
            {
                ApiVersion = RbacObjects.ApiVersion,
                Kind = "ClusterRole",
                Metadata = metadata.ForRole(current.ObjectName),
                Rules = current.Rules(),
            });
            clusterRoleBindings.Add(RbacObjects.ClusterRoleBinding(
                metadata.ForBinding(current.ObjectName, null),
                current.ObjectName,
                RbacObjects.ServiceAccount(current.Proxy.Namespace, current.Proxy.ServiceAccount)));
        }

        files.AddClusterWide(clusterRoles, clusterRoleBindings);
        foreach (var (ns, roleBindings) in bindings.ByNamespace)
        {
            files.AddNamespace(ns, roleBindings);
        }

        var written = clusterRoles.Select(role => role.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        var bound = roles.Bound.Select(role => role.ClusterRoleName).Concat(written).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        files.AddApplier(ApplierObjects.Of(cluster, settings, bound, written));
    }
}
