using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Linting.Policies;

/// <summary>Which ClusterRoles the roles of a policy consist of: verb classes depend on the Kubernetes version.</summary>
internal sealed class RoleVersions(AccessModel access)
{
    private readonly ConcurrentDictionary<(ImmutableArray<RoleComponent>, ImmutableArray<RoleComponent>), ImmutableArray<RoleComponent>> _unions = [];

    /// <summary>The ClusterRoles of a role on a cluster; none where no rule gives the role under the cluster's version.</summary>
    public ImmutableArray<RoleComponent> ComponentsOf(Role role, Cluster cluster)
        => access.Roles.TryGetValue((role.Name, cluster.KubernetesMinorVersion), out var resolved) ? resolved.Components : [];

    /// <summary>The ClusterRoles of a role in all places that a rule reaches; one and the same list for the same versions in the same order.</summary>
    public ImmutableArray<RoleComponent> ComponentsOf(Role role, BoundAllow allow)
    {
        var all = ImmutableArray<RoleComponent>.Empty;
        var lastVersion = -1;
        foreach (var (cluster, namespaces) in allow.Places)
        {
            if (namespaces is { IsEmpty: true } || cluster.KubernetesMinorVersion == lastVersion)
            {
                continue;
            }

            lastVersion = cluster.KubernetesMinorVersion;
            var components = ComponentsOf(role, cluster);
            if (components != all && !components.IsEmpty)
            {
                all = all.IsEmpty ? components : _unions.GetOrAdd((all, components), static pair => [.. pair.Item1.Union(pair.Item2)]);
            }
        }

        return all;
    }
}
