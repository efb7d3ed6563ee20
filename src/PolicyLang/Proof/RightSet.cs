using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>
/// The rights on one cluster as numbers, so that many worlds can be compared cheaply: those that the policy's roles are, and those that the cluster's artefacts give
/// to Kubernetes names. A ClusterRole whose content is not the policy's is another right.
/// </summary>
internal sealed class RightSet
{
    private readonly ClusterReading _reading;
    private readonly Dictionary<string, OwnClusterRole> _ownRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _artefactRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<RbacRule>?> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Role, string? Namespace), int> _numbers = [];
    private readonly List<(string Role, string? Namespace, int ClusterWide)> _rights = [];
    private readonly Dictionary<(RbacSubjectKind, string), ImmutableArray<(int Right, ArtefactPlace Place)>> _byName = [];

    public RightSet(ClusterReading reading, IEnumerable<AccessGrant> grants)
    {
        _reading = reading;
        foreach (var own in grants.SelectMany(grant => grant.Role.Components).OfType<OwnClusterRole>())
        {
            _ownRoles.TryAdd(own.ClusterRoleName, own);
        }
    }

    /// <summary>The rights of a Kubernetes user or group.</summary>
    public ImmutableArray<(int Right, ArtefactPlace Place)> Of(RbacSubjectKind kind, string name)
    {
        if (!_byName.TryGetValue((kind, name), out var rights))
        {
            rights = [.. _reading.RightsOf(kind, name).Select(right => (NumberOf(RoleOf(right), right.Namespace), right.Place))];
            _byName.Add((kind, name), rights);
        }

        return rights;
    }

    /// <summary>The rights that a grant gives.</summary>
    public ImmutableArray<int> Of(AccessGrant grant)
    {
        var rights = ImmutableArray.CreateBuilder<int>();
        foreach (var component in grant.Role.Components)
        {
            if (grant.Namespaces is not { } namespaces)
            {
                rights.Add(NumberOf(component.ClusterRoleName, null));
                continue;
            }

            foreach (var ns in namespaces)
            {
                rights.Add(NumberOf(component.ClusterRoleName, ns));
            }
        }

        return rights.DrainToImmutable();
    }

    /// <summary>The same role in the whole cluster, which gives everything that a right gives.</summary>
    public int ClusterWide(int right) => _rights[right].ClusterWide;

    /// <summary>What a right is: the ClusterRole, its rules where the artefacts hold them, and the namespace.</summary>
    public (string Role, ImmutableArray<RbacRule>? Rules, string? Namespace) ContentOf(int right)
    {
        var (role, ns, _) = _rights[right];
        return (role.Split('\n')[0], _contents.GetValueOrDefault(role), ns);
    }

    /// <summary>A right as people read it.</summary>
    public string Describe(int right)
    {
        var (role, ns, _) = _rights[right];
        var shown = role.Contains('\n', StringComparison.Ordinal) ? $"ClusterRole `{role.Split('\n')[0]}` {role.Split('\n')[1]}" : $"ClusterRole `{role}`";
        return ns is null ? $"{shown} in the whole cluster" : $"{shown} in namespace `{ns}`";
    }

    private int NumberOf(string role, string? ns)
    {
        if (!_numbers.TryGetValue((role, ns), out var number))
        {
            var wide = ns is null ? _rights.Count : NumberOf(role, null);
            number = _rights.Count;
            _numbers.Add((role, ns), number);
            _rights.Add((role, ns, wide));
        }

        return number;
    }

    // A line break is in no ClusterRole's name, so what follows it makes another role.
    private string RoleOf(ReadRight right)
    {
        if (right.ClusterRole is not { } name)
        {
            var inNamespace = $"a Role of the namespace\n(and no ClusterRole)\n{right.Place}";
            _contents.TryAdd(inNamespace, right.Rules);
            return inNamespace;
        }

        if (!_artefactRoles.TryGetValue(name, out var role))
        {
            // A ClusterRole that is in the cluster already, whatever it holds, is what a policy means that names it.
            var isSame = _ownRoles.TryGetValue(name, out var own) ? right.Rules is { } rules && IsSame(own.Rules, rules) : right.Rules is null || _reading.ExportedClusterRoles.Contains(name);
            _artefactRoles.Add(name, role = isSame ? name : name + (right.Rules is null ? "\n(which no file writes)" : "\n(with other rules than the policy's)"));
            _contents.TryAdd(role, right.Rules);
        }

        return role;
    }

    private static bool IsSame(ImmutableArray<RbacRule> policy, ImmutableArray<RbacRule> artefact)
        => policy.SequenceEqual(artefact) || (RbacRules.Covers(policy, artefact) && RbacRules.Covers(artefact, policy));
}
