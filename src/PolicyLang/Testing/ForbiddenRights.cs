using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics.Rights;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Testing;

/// <summary>How a role comes to hold a forbidden right.</summary>
public enum FindingKind
{
    /// <summary>One of its rules gives it.</summary>
    Direct,

    /// <summary>Nobody knows what the ClusterRole holds, so it may.</summary>
    UnknownContent,

    /// <summary>It gives a right that counts as every right in its scope.</summary>
    Implied,
}

/// <summary>A forbidden right that a ClusterRole gives.</summary>
/// <param name="Kind">How.</param>
/// <param name="Right">The right; of an implied one the right that implies it; absent where the content is unknown and where any right was asked for.</param>
public sealed record RightFinding(FindingKind Kind, HeldRight? Right);

/// <summary>
/// Looks for rights that nobody should have: any one of the rules asked for, on any object, is enough. What a ClusterRole holds that is not known counts as everything,
/// and so does a right by which somebody gives himself others.
/// </summary>
internal sealed class ForbiddenRights
{
    private readonly BoundRights? _rights;
    private readonly Dictionary<(RoleComponent, int Minor, bool InNamespace, bool BoundInNamespace), RightFinding?> _found = [];
    private readonly Dictionary<RoleComponent, HeldRight?> _running = [];

    /// <summary>Creates a search.</summary>
    /// <param name="rights">What is looked for, expanded as for a guard; absent for any right at all.</param>
    public ForbiddenRights(BoundRights? rights) => _rights = rights;

    /// <summary>The rules of a ClusterRole; nothing where only the cluster knows them.</summary>
    public static ImmutableArray<RbacRule>? RulesOf(RoleComponent component) => component switch
    {
        OwnClusterRole own => own.Rules,
        _ => BuiltInRoles.Default.RulesOf(component.ClusterRoleName),
    };

    /// <summary>
    /// Where an entitlement reaches inside the asked part of a cluster: nothing where it does not, otherwise the namespaces, or the whole cluster where both speak of it.
    /// </summary>
    public static bool Reaches(Entitlement entitlement, ImmutableArray<string>? asked, out ImmutableArray<string>? where)
    {
        where = (entitlement.Namespaces, asked) switch
        {
            (null, _) => asked,
            (_, null) => entitlement.Namespaces,
            ({ } held, { } wanted) => [.. held.Intersect(wanted, StringComparer.Ordinal)],
        };
        return where is not { IsEmpty: true };
    }

    /// <summary>What of the rights an entitlement gives in the asked part of its cluster; nothing when it gives none.</summary>
    public RightFinding? Find(Entitlement entitlement, ImmutableArray<string>? asked)
    {
        var minor = entitlement.Cluster.KubernetesMinorVersion;
        var isBoundInNamespace = entitlement.Namespaces is not null;
        var key = (entitlement.Component, minor, isBoundInNamespace || asked is not null, isBoundInNamespace);
        if (!_found.TryGetValue(key, out var finding))
        {
            _found.Add(key, finding = Find(entitlement.Component, minor, key.Item3, isBoundInNamespace));
        }

        return finding;
    }

    /// <summary>A right by which the entitlement lets somebody run code as a service account, or nothing.</summary>
    public HeldRight? FindRunningCode(Entitlement entitlement)
    {
        if (!_running.TryGetValue(entitlement.Component, out var right))
        {
            right = RulesOf(entitlement.Component) is { } held ? RuleMeeting.Find(held, ImpliedRights.RunCode, isInNamespace: false) : null;
            _running.Add(entitlement.Component, right);
        }

        return right is null || entitlement.Namespaces is null || right.WorksInNamespace ? right : null;
    }

    private RightFinding? Find(RoleComponent component, int minor, bool isInNamespace, bool isBoundInNamespace)
    {
        var expanded = _rights?.Expand(minor);

        // A role that is bound in a namespace gives nothing outside of it, whatever it holds.
        if (isBoundInNamespace && expanded is not null && (expanded.Scope & (RightsScope.Namespaced | RightsScope.OwnNamespace)) == RightsScope.None)
        {
            return null;
        }

        if (RulesOf(component) is not { } held)
        {
            return new RightFinding(FindingKind.UnknownContent, null);
        }

        // Of the rights behind `exec`, people know the one of that name.
        var asked = expanded is null ? ImpliedRights.Everything : [.. expanded.Rules.Select(r => r with { Resources = [.. r.Resources.OrderBy(resource => resource == "pods/attach")] })];
        if (RuleMeeting.Find(held, asked, isInNamespace) is { } direct)
        {
            return new RightFinding(FindingKind.Direct, expanded is null ? null : direct);
        }

        return RuleMeeting.Find(held, ImpliedRights.CountAsEverything, isBoundInNamespace) is { } implying ? new RightFinding(FindingKind.Implied, implying) : null;
    }
}
