using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyLang.Access;
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
internal static class RuleCoverage
{
    private static readonly EqualityComparer<(RoleComponent Held, RoleComponent Wanted)> ComponentPairs = EqualityComparer<(RoleComponent Held, RoleComponent Wanted)>.Create(
        static (a, b) => ReferenceEquals(a.Held, b.Held) && ReferenceEquals(a.Wanted, b.Wanted),
        static pair => HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Held), RuntimeHelpers.GetHashCode(pair.Wanted)));

    /// <summary>The covered rules, last in the source first.</summary>
    public static ImmutableArray<CoveredRule> Find(LintedPolicy policy)
    {
        var byRule = policy.Policy.Allows.ToDictionary<BoundAllow, AllowRule>(allow => allow.Rule, ReferenceEqualityComparer.Instance);
        var grants = new Dictionary<Cluster, Dictionary<string, List<AccessGrant>>>(ReferenceEqualityComparer.Instance);
        var ofRule = new Dictionary<AllowRule, List<(Cluster Cluster, AccessGrant Grant)>>(ReferenceEqualityComparer.Instance);
        foreach (var cluster in policy.Access.Clusters)
        {
            var ofCluster = new Dictionary<string, List<AccessGrant>>(StringComparer.Ordinal);
            grants.Add(cluster.Cluster, ofCluster);
            foreach (var grant in cluster.Grants)
            {
                AddTo(ofCluster, grant.Subject.Name, grant);
                AddTo(ofRule, grant.Rule, (cluster.Cluster, grant));
            }
        }

        var containing = ContainingGroups(policy.Policy.Subjects.Values);
        var removed = new HashSet<AllowRule>(ReferenceEqualityComparer.Instance);
        var covers = new Dictionary<(RoleComponent Held, RoleComponent Wanted), bool>(ComponentPairs);
        var found = ImmutableArray.CreateBuilder<CoveredRule>();
        foreach (var allow in Enumerable.Reverse(policy.Policy.Allows))
        {
            if (!ofRule.TryGetValue(allow.Rule, out var own))
            {
                continue;
            }

            var covering = new List<AccessGrant>();
            if (own.TrueForAll(piece => IsCovered(piece.Cluster, piece.Grant, covering)))
            {
                removed.Add(allow.Rule);
                var by = covering.Select(grant => byRule[grant.Rule]).MinBy(rule => (rule.Rule.Location.Source.Path, rule.Rule.Location.Span.Start))!;
                found.Add(new CoveredRule(allow, KindOf(allow, covering, by), by));
            }
        }

        return found.ToImmutable();

        bool IsCovered(Cluster cluster, AccessGrant grant, List<AccessGrant> covering)
        {
            AccessGrant[] others =
            [
                .. containing.GetValueOrDefault(grant.Subject.Name, [grant.Subject.Name])
                    .SelectMany(subject => grants[cluster].GetValueOrDefault(subject, []))
                    .Where(other => !ReferenceEquals(other.Rule, grant.Rule) && !removed.Contains(other.Rule) && HoldsWhenever(other, grant)),
            ];
            foreach (var path in grant.Paths)
            {
                foreach (var component in grant.Role.Components)
                {
                    foreach (var ns in grant.Namespaces?.AsEnumerable<string?>() ?? [null])
                    {
                        if (Array.Find(others, other => other.Paths.Contains(path) && Reaches(other, ns) && other.Role.Components.Any(held => Covers(held, component, covers))) is not { } giver)
                        {
                            return false;
                        }

                        covering.Add(giver);
                    }
                }
            }

            return true;
        }
    }

    private static bool HoldsWhenever(AccessGrant other, AccessGrant grant)
        => other.Condition.Postures.All(grant.Condition.Postures.Contains) && (other.Rule.Until is not { } until || grant.Rule.Until <= until);

    private static bool Reaches(AccessGrant other, string? ns) => other.Namespaces is not { } namespaces || (ns is not null && namespaces.Contains(ns, StringComparer.Ordinal));

    // The same few ClusterRoles stand in many rules, and comparing what they hold is most of the work.
    private static bool Covers(RoleComponent held, RoleComponent wanted, Dictionary<(RoleComponent Held, RoleComponent Wanted), bool> known)
    {
        if (ReferenceEquals(held, wanted))
        {
            return true;
        }

        if (!known.TryGetValue((held, wanted), out var covers))
        {
            // What an existing ClusterRole holds is only known for built-in ones, and those grow; so only the same one covers it.
            known.Add((held, wanted), covers = held == wanted || (held is OwnClusterRole some && wanted is OwnClusterRole others && RbacRules.Covers(some.Rules, others.Rules)));
        }

        return covers;
    }

    private static CoverageKind KindOf(BoundAllow allow, List<AccessGrant> covering, BoundAllow by)
        => !allow.Condition.IsAlways && covering.TrueForAll(grant => grant.Condition.Postures.Length < allow.Condition.Postures.Length) ? CoverageKind.WithoutCondition
            : covering.TrueForAll(grant => ReferenceEquals(grant.Rule, by.Rule)) && SaysTheSame(allow, by) ? CoverageKind.Duplicate
            : CoverageKind.Redundant;

    private static bool SaysTheSame(BoundAllow a, BoundAllow b)
        => a.Condition == b.Condition
            && a.Rule.Until == b.Rule.Until
            && Same(a.Subjects.Select(s => s.Value.Name), b.Subjects.Select(s => s.Value.Name))
            && Same(a.Roles.Select(r => r.Value.Name), b.Roles.Select(r => r.Value.Name))
            && Same(a.Places.Select(PlaceKey), b.Places.Select(PlaceKey));

    private static string PlaceKey((Cluster Cluster, ImmutableArray<string>? Namespaces) place) => $"{place.Cluster.Name}\n{(place.Namespaces is { } names ? string.Join('\n', names) : "*")}";

    private static bool Same(IEnumerable<string> a, IEnumerable<string> b) => a.ToHashSet(StringComparer.Ordinal).SetEquals(b);

    // By name: the subject itself and every group whose listed members include it.
    private static Dictionary<string, List<string>> ContainingGroups(IEnumerable<Subject> subjects)
    {
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var group in subjects)
        {
            // Where another system knows the members, the list is only what the policy believes of it.
            foreach (var member in group.Identities.IsEmpty ? group.Members ?? [] : [])
            {
                AddTo(parents, member.Name, group.Name);
            }
        }

        var result = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in parents.Keys)
        {
            var found = new List<string> { name };
            for (var i = 0; i < found.Count; i++)
            {
                found.AddRange(parents.GetValueOrDefault(found[i], []).Where(parent => !found.Contains(parent)));
            }

            result.Add(name, found);
        }

        return result;
    }

    private static void AddTo<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
