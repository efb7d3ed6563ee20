using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Access;

/// <summary>Works out what a role is under a Kubernetes version. Each role and version once.</summary>
internal sealed class RoleResolver(DiagnosticBag diagnostics)
{
    private const string OwnPrefix = "policyc:";

    private readonly Dictionary<(string Role, int MinorVersion), ResolvedRole> _roles = [];
    private readonly Dictionary<(string Role, int MinorVersion), (OwnClusterRole ClusterRole, RightsScope Scope)> _parts = [];

    /// <summary>What was resolved so far.</summary>
    public IReadOnlyDictionary<(string Role, int MinorVersion), ResolvedRole> Resolved => _roles;

    public ResolvedRole Resolve(Role role, int minorVersion)
    {
        if (_roles.TryGetValue((role.Name, minorVersion), out var known))
        {
            return known;
        }

        var components = role.ExistingClusterRoles.Select(name => (RoleComponent)new ExistingClusterRole(name))
            .Concat(role.OwnParts.Select(part => Part(part, minorVersion).ClusterRole))
            .OrderBy(c => c.ClusterRoleName, StringComparer.Ordinal);
        var resolved = new ResolvedRole(role.Name, [.. components]);
        _roles.Add((role.Name, minorVersion), resolved);
        return resolved;
    }

    /// <summary>What the role's own rights reach, included ones too; <see cref="RightsScope.None"/> for a role of existing ClusterRoles only.</summary>
    public RightsScope OwnScopeOf(Role role, int minorVersion)
        => role.OwnParts.Aggregate(RightsScope.None, (scope, part) => scope | Part(part, minorVersion).Scope);

    private (OwnClusterRole ClusterRole, RightsScope Scope) Part(OwnRolePart part, int minorVersion)
    {
        if (_parts.TryGetValue((part.RoleName, minorVersion), out var known))
        {
            return known;
        }

        var expanded = ExpandedRights.Union(part.Phrases.Select(phrase => phrase.Expand(minorVersion)));
        diagnostics.AddRange(expanded.Diagnostics);
        var result = (new OwnClusterRole(OwnPrefix + part.RoleName, expanded.Rules), expanded.Scope);
        _parts.Add((part.RoleName, minorVersion), result);
        return result;
    }
}
