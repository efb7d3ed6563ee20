using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Roles by name.</summary>
internal sealed class RbacRoles
{
    private readonly Dictionary<string, ImmutableArray<RbacRule>> _clusterRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), ImmutableArray<RbacRule>> _roles = [];
    private readonly HashSet<string> _doubtful = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _doubtfulRoles = [];

    /// <summary>Takes roles as they are; aggregation has been done.</summary>
    public RbacRoles(IEnumerable<RbacRoleObject> roles)
    {
        foreach (var role in roles)
        {
            Add(role);
        }
    }

    /// <summary>The rules that a binding binds; nothing when there is no such role.</summary>
    public ImmutableArray<RbacRule>? RulesOf(RbacBindingObject binding) => binding.RoleRef.Kind switch
    {
        RbacWords.ClusterRole => _clusterRoles.TryGetValue(binding.RoleRef.Name, out var rules) ? rules : null,
        RbacWords.Role => _roles.TryGetValue((binding.Metadata.Namespace, binding.RoleRef.Name), out var rules) ? rules : null,
        _ => null,
    };

    /// <summary>Whether the role that a binding binds may have other rules than are known.</summary>
    public bool IsDoubtful(RbacBindingObject binding) => binding.RoleRef.Kind == RbacWords.ClusterRole
        ? _doubtful.Contains(binding.RoleRef.Name)
        : _doubtfulRoles.Contains((binding.Metadata.Namespace, binding.RoleRef.Name));

    // Of two roles with one name the cluster keeps one; which is not known here, so both count.
    private void Add(RbacRoleObject role)
    {
        var name = role.Metadata.Name;
        if (role.IsNamespaced)
        {
            var key = (role.Metadata.Namespace, name);
            var isNew = _roles.TryAdd(key, role.Rules);
            if (!isNew)
            {
                _roles[key] = _roles[key].AddRange(role.Rules);
            }

            if (!isNew || role.IsDoubtful)
            {
                _doubtfulRoles.Add(key);
            }
        }
        else
        {
            var isNew = _clusterRoles.TryAdd(name, role.Rules);
            if (!isNew)
            {
                _clusterRoles[name] = _clusterRoles[name].AddRange(role.Rules);
            }

            if (!isNew || role.IsDoubtful)
            {
                _doubtful.Add(name);
            }
        }
    }
}
