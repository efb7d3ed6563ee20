using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Policies;

/// <summary>How a rule gives nothing that others do not give.</summary>
internal enum CoverageKind
{
    /// <summary>Another rule says the same.</summary>
    Duplicate,

    /// <summary>Others give the same without the condition, so that it holds nobody back.</summary>
    WithoutCondition,

    /// <summary>Others give as much or more.</summary>
    Redundant,
}

/// <summary>A rule that gives nothing of its own.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Kind">How.</param>
/// <param name="By">A rule that gives some of it, the first in the source.</param>
internal sealed record CoveredRule(BoundAllow Rule, CoverageKind Kind, BoundAllow By);

/// <summary>
/// Finds rules without which everybody would have the same rights. Of rules that cover each other the last in the source is found, and what is found does not
/// count as covering others any more, so that all findings can be removed together.
/// </summary>
internal sealed class RuleCoverage
{
    private static readonly EqualityComparer<(RoleComponent Held, RoleComponent Wanted)> ComponentPairs = EqualityComparer<(RoleComponent Held, RoleComponent Wanted)>.Create(
        static (a, b) => ReferenceEquals(a.Held, b.Held) && ReferenceEquals(a.Wanted, b.Wanted),
        static pair => HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Held), RuntimeHelpers.GetHashCode(pair.Wanted)));

    private readonly PolicyModel _policy;
    private readonly RoleVersions _roles;
    private readonly Dictionary<Subject, List<BoundAllow>> _rules = [];
    private readonly Dictionary<Subject, List<Subject>> _groups = [];
    private readonly Dictionary<(RoleComponent Held, RoleComponent Wanted), bool> _covers = new(ComponentPairs);

    // Filled anew for each question; what may cover the rule at hand, and what reaches the piece at hand.
    private readonly List<BoundAllow> _others = [];
    private readonly List<BoundAllow> _givers = [];

    private RuleCoverage(LintedPolicy policy)
    {
        _policy = policy.Policy;
        _roles = policy.Roles;
        foreach (var allow in _policy.Allows)
        {
            foreach (var subject in allow.Subjects)
            {
                AddTo(_rules, subject.Value, allow);
            }
        }

        foreach (var group in _policy.Subjects.Values)
        {
            // Where another system knows the members, the list is only what the policy believes of it.
            foreach (var member in group.Identities.IsEmpty ? group.Members ?? [] : [])
            {
                AddTo(_groups, member, group);
            }
        }
    }

    /// <summary>The covered rules, last in the source first.</summary>
    public static ImmutableArray<CoveredRule> Find(LintedPolicy policy) => new RuleCoverage(policy).Find();

    private ImmutableArray<CoveredRule> Find()
    {
        var found = ImmutableArray.CreateBuilder<CoveredRule>();
        var covering = new List<BoundAllow>();
        foreach (var allow in Enumerable.Reverse(_policy.Allows))
        {
            covering.Clear();
            if (IsCovered(allow, covering))
            {
                foreach (var subject in allow.Subjects)
                {
                    _rules[subject.Value].Remove(allow);
                }

                var by = covering.Aggregate(static (first, rule) => StandsBefore(rule.Rule.Location, first.Rule.Location) ? rule : first);
                found.Add(new CoveredRule(allow, KindOf(allow, covering, by), by));
            }
        }

        return found.ToImmutable();
    }

    private static bool StandsBefore(SourceLocation a, SourceLocation b)
        => string.CompareOrdinal(a.Source.Path, b.Source.Path) is var order && (order < 0 || (order == 0 && a.Span.Start < b.Span.Start));

    private bool IsCovered(BoundAllow allow, List<BoundAllow> covering)
    {
        foreach (var subject in allow.Subjects)
        {
            _others.Clear();
            foreach (var holder in WithGroupsOf(subject.Value))
            {
                foreach (var other in _rules.GetValueOrDefault(holder, []))
                {
                    if (!ReferenceEquals(other, allow) && HoldsWhenever(other, allow))
                    {
                        _others.Add(other);
                    }
                }
            }

            foreach (var (cluster, namespaces) in allow.Places)
            {
                if (_others.Count == 0 || !IsCovered(allow, cluster, namespaces, covering))
                {
                    return false;
                }
            }
        }

        return covering.Count > 0;
    }

    private bool IsCovered(BoundAllow allow, Cluster cluster, ImmutableArray<string>? namespaces, List<BoundAllow> covering)
    {
        foreach (var role in allow.Roles)
        {
            foreach (var component in _roles.ComponentsOf(role.Value, cluster))
            {
                if (namespaces is not { } names)
                {
                    if (!IsCovered(allow, cluster, null, component, covering))
                    {
                        return false;
                    }

                    continue;
                }

                foreach (var ns in names)
                {
                    if (!IsCovered(allow, cluster, ns, component, covering))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private bool IsCovered(BoundAllow allow, Cluster cluster, string? ns, RoleComponent component, List<BoundAllow> covering)
    {
        _givers.Clear();
        foreach (var other in _others)
        {
            if (Reaches(other, cluster, ns) && Holds(other, cluster, component))
            {
                _givers.Add(other);
            }
        }

        if (_givers.Count == 0)
        {
            return false;
        }

        foreach (var path in _policy.PathsOf(allow, cluster))
        {
            if (_givers.Find(other => (other.Via is null && allow.Via is null) || _policy.PathsOf(other, cluster).Contains(path)) is not { } giver)
            {
                return false;
            }

            covering.Add(giver);
        }

        return true;
    }

    // The subject itself and every group whose listed members include it.
    private List<Subject> WithGroupsOf(Subject subject)
    {
        var found = new List<Subject> { subject };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(_groups.GetValueOrDefault(found[i], []).Where(group => !found.Contains(group)));
        }

        return found;
    }

    private static bool HoldsWhenever(BoundAllow other, BoundAllow allow)
        => (other.Condition.IsAlways || other.Condition.Postures.All(allow.Condition.Postures.Contains)) && (other.Rule.Until is not { } until || allow.Rule.Until <= until);

    private static bool Reaches(BoundAllow other, Cluster cluster, string? ns)
    {
        foreach (var place in other.Places)
        {
            if (ReferenceEquals(place.Cluster, cluster) && (place.Namespaces is not { } namespaces || (ns is not null && namespaces.Contains(ns, StringComparer.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }

    private bool Holds(BoundAllow other, Cluster cluster, RoleComponent wanted)
    {
        foreach (var role in other.Roles)
        {
            foreach (var held in _roles.ComponentsOf(role.Value, cluster))
            {
                if (Covers(held, wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The same few ClusterRoles stand in many rules, and comparing what they hold is most of the work.
    private bool Covers(RoleComponent held, RoleComponent wanted)
    {
        if (ReferenceEquals(held, wanted))
        {
            return true;
        }

        if (!_covers.TryGetValue((held, wanted), out var covers))
        {
            // What an existing ClusterRole holds is only known for built-in ones, and those grow; so only the same one covers it.
            _covers.Add((held, wanted), covers = held == wanted || (held is OwnClusterRole some && wanted is OwnClusterRole others && RbacRules.Covers(some.Rules, others.Rules)));
        }

        return covers;
    }

    private static CoverageKind KindOf(BoundAllow allow, List<BoundAllow> covering, BoundAllow by)
        => !allow.Condition.IsAlways && covering.TrueForAll(rule => rule.Condition.Postures.Length < allow.Condition.Postures.Length) ? CoverageKind.WithoutCondition
            : covering.TrueForAll(rule => ReferenceEquals(rule, by)) && SaysTheSame(allow, by) ? CoverageKind.Duplicate
            : CoverageKind.Redundant;

    private static bool SaysTheSame(BoundAllow a, BoundAllow b)
        => a.Condition == b.Condition
            && a.Rule.Until == b.Rule.Until
            && Same(a.Subjects.Select(s => s.Value.Name), b.Subjects.Select(s => s.Value.Name))
            && Same(a.Roles.Select(r => r.Value.Name), b.Roles.Select(r => r.Value.Name))
            && Same(a.Places.Select(PlaceKey), b.Places.Select(PlaceKey));

    private static string PlaceKey((Cluster Cluster, ImmutableArray<string>? Namespaces) place) => $"{place.Cluster.Name}\n{(place.Namespaces is { } names ? string.Join('\n', names) : "*")}";

    private static bool Same(IEnumerable<string> a, IEnumerable<string> b) => a.ToHashSet(StringComparer.Ordinal).SetEquals(b);

    private static void AddTo<TValue>(Dictionary<Subject, List<TValue>> lists, Subject key, TValue value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
