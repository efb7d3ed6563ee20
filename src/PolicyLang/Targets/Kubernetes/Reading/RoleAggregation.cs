using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// What the clusterrole-aggregation controller makes of ClusterRoles (Kubernetes 1.36, pkg/controller/clusterroleaggregation): for each selector the matching
/// ClusterRoles by name, never the role itself, their rules without repetitions. What an aggregated role says itself is overwritten.
/// </summary>
internal static class RoleAggregation
{
    /// <summary>The roles with the rules that the controller arrives at.</summary>
    public static List<RbacRoleObject> Resolve(IReadOnlyList<RbacRoleObject> roles)
    {
        List<RbacRoleObject> result = [.. roles];
        var aggregated = Enumerable.Range(0, result.Count).Where(i => result[i] is { IsNamespaced: false, Selectors: not null }).ToArray();
        if (aggregated.Length == 0)
        {
            return result;
        }

        var byName = Enumerable.Range(0, result.Count).Where(i => !result[i].IsNamespaced).OrderBy(i => result[i].Metadata.Name, StringComparer.Ordinal).ToArray();
        foreach (var i in aggregated)
        {
            result[i] = result[i] with { Rules = [] };
        }

        // A chain is as long as there are aggregated roles; each round settles one link of it. In a circle of selectors rules only add up, so that it settles as well.
        for (var round = 0; round <= aggregated.Length; round++)
        {
            var hasChanged = false;
            foreach (var i in aggregated)
            {
                var rules = Aggregate(result, byName, result[i]);
                if (!rules.SequenceEqual(result[i].Rules))
                {
                    result[i] = result[i] with { Rules = rules };
                    hasChanged = true;
                }
            }

            if (!hasChanged)
            {
                return result;
            }
        }

        // Selectors that go round in a circle keep what once was in it, and the order decides.
        foreach (var i in aggregated)
        {
            result[i] = result[i] with { IsDoubtful = true };
        }

        return result;
    }

    /// <summary>Whether labels satisfy a selector; an empty one is satisfied by all.</summary>
    public static bool Matches(RbacLabelSelector selector, ImmutableArray<KeyValuePair<string, string>> labels)
        => selector.MatchLabels.All(l => ValueOf(labels, l.Key) == l.Value)
            && selector.MatchExpressions.All(e => e.Operator switch
            {
                "In" => ValueOf(labels, e.Key) is { } value && e.Values.Contains(value, StringComparer.Ordinal),
                "NotIn" => ValueOf(labels, e.Key) is not { } value || !e.Values.Contains(value, StringComparer.Ordinal),
                "Exists" => ValueOf(labels, e.Key) is not null,
                "DoesNotExist" => ValueOf(labels, e.Key) is null,
                _ => false,
            });

    private static ImmutableArray<RbacRule> Aggregate(List<RbacRoleObject> roles, int[] byName, RbacRoleObject role)
    {
        var rules = ImmutableArray.CreateBuilder<RbacRule>();
        var seen = new HashSet<RbacRule>();
        foreach (var selector in role.Selectors ?? [])
        {
            foreach (var i in byName)
            {
                if (roles[i].Metadata.Name == role.Metadata.Name || !Matches(selector, roles[i].Metadata.Labels))
                {
                    continue;
                }

                foreach (var rule in roles[i].Rules)
                {
                    if (seen.Add(rule))
                    {
                        rules.Add(rule);
                    }
                }
            }
        }

        return rules.ToImmutable();
    }

    private static string? ValueOf(ImmutableArray<KeyValuePair<string, string>> labels, string key)
    {
        foreach (var (name, value) in labels)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }
}
