using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>A role in a scope, as policy and artefacts are compared by it.</summary>
/// <param name="Role">The ClusterRole; a content that is not the policy's makes it another one.</param>
/// <param name="Namespace">The namespace; absent for the whole cluster.</param>
internal readonly record struct GivenRight(string Role, string? Namespace)
{
    /// <summary>Getting through to the API server, whatever it lets the caller do.</summary>
    public static readonly GivenRight Connection = new("", null);

    /// <summary>The right as people read it.</summary>
    public override string ToString() => Role.Length == 0 ? "a connection to the API server" : Namespace is null ? $"{Role} in the whole cluster" : $"{Role} in namespace `{Namespace}`";
}

/// <summary>The rights that one cluster's artefacts give to Kubernetes names, in the terms of the policy's roles.</summary>
internal sealed class RightSet
{
    private readonly ClusterReading _reading;
    private readonly Dictionary<string, OwnClusterRole> _ownRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _artefactRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<(RbacSubjectKind, string), ImmutableArray<(GivenRight Right, ArtefactPlace Place)>> _rights = [];

    public RightSet(ClusterReading reading, IEnumerable<AccessGrant> grants)
    {
        _reading = reading;
        foreach (var own in grants.SelectMany(grant => grant.Role.Components).OfType<OwnClusterRole>())
        {
            _ownRoles.TryAdd(own.ClusterRoleName, own);
        }
    }

    /// <summary>The rights of a Kubernetes user or group.</summary>
    public ImmutableArray<(GivenRight Right, ArtefactPlace Place)> Of(RbacSubjectKind kind, string name)
    {
        if (!_rights.TryGetValue((kind, name), out var rights))
        {
            rights = [.. _reading.RightsOf(kind, name).Select(right => (new GivenRight(RoleOf(right), right.Namespace), right.Place))];
            _rights.Add((kind, name), rights);
        }

        return rights;
    }

    /// <summary>The right that a component of a policy's role is.</summary>
    public static GivenRight Of(RoleComponent component, string? ns) => new($"ClusterRole `{component.ClusterRoleName}`", ns);

    private string RoleOf(ReadRight right)
    {
        if (right.ClusterRole is not { } name)
        {
            return "a Role";
        }

        if (!_artefactRoles.TryGetValue(name, out var role))
        {
            role = $"ClusterRole `{name}`";
            var isSame = right.Rules is { } rules ? _ownRoles.TryGetValue(name, out var own) && IsSame(own.Rules, rules) : !_ownRoles.ContainsKey(name);
            _artefactRoles.Add(name, role = isSame ? role : role + (right.Rules is null ? " (which no file writes)" : " (with other rules than the policy's)"));
        }

        return role;
    }

    private static bool IsSame(ImmutableArray<RbacRule> policy, ImmutableArray<RbacRule> artefact)
        => policy.SequenceEqual(artefact) || (RbacRules.Covers(policy, artefact) && RbacRules.Covers(artefact, policy));
}
