using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What RBAC rules mean (Kubernetes 1.36, plugin/pkg/auth/authorizer/rbac and component-helpers/auth/rbac/validation).</summary>
public static class RbacRules
{
    /// <summary>
    /// Whether a rule allows a request (RuleAllows). <c>*/scale</c> is any resource's subresource; <c>pods/*</c> and <c>*/*</c> are no patterns; names and groups have no patterns at all.
    /// </summary>
    public static bool Allows(RbacRule rule, RbacRequest request)
        => HasOrAll(rule.Verbs, request.Verb)
            && (request.Url is { } url
                ? UrlMatches(rule.NonResourceUrls, url)
                : HasOrAll(rule.ApiGroups, request.ApiGroup)
                    && ResourceMatches(rule.Resources, request.Resource, request.Subresource)
                    && (rule.ResourceNames.IsEmpty || Has(rule.ResourceNames, request.Name)));

    /// <summary>Whether one of the rules allows a request.</summary>
    public static bool Allow(ImmutableArray<RbacRule> rules, RbacRequest request)
    {
        foreach (var rule in rules)
        {
            if (Allows(rule, request))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the owner of some rules holds all that others give (the check against escalation, Covers).</summary>
    public static bool Covers(ImmutableArray<RbacRule> owner, ImmutableArray<RbacRule> servant)
    {
        if (owner == servant || AreEqual(owner, servant))
        {
            return true;
        }

        foreach (var rule in servant)
        {
            // A rule that stands in both needs no comparison piece by piece. What a rule holds of nothing at all is covered by anything.
            if (!owner.Contains(rule) && RbacRuleAtoms.Of(rule).Any(atom => !IsCovered(owner, atom)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the servant's rules give beyond the owner's, in the smallest pieces that the API server knows.</summary>
    public static ImmutableArray<RbacRule> Uncovered(ImmutableArray<RbacRule> owner, ImmutableArray<RbacRule> servant)
        => [.. servant.SelectMany(RbacRuleAtoms.Of).Where(atom => !IsCovered(owner, atom))];

    /// <summary>Whether a URL of a rule covers another rule's.</summary>
    public static bool UrlCovers(string owner, string servant)
        => owner == servant || (owner.EndsWith('*') && servant.StartsWith(owner.TrimEnd('*'), StringComparison.Ordinal));

    /// <summary>
    /// Joins the verbs of rules that speak of one resource and at most one name (CompactRules, which the API server uses in its messages). The order is that of first mention, joined rules last.
    /// </summary>
    public static ImmutableArray<RbacRule> Compact(ImmutableArray<RbacRule> rules)
    {
        var others = ImmutableArray.CreateBuilder<RbacRule>();
        var simple = new List<RbacRule>();
        var places = new Dictionary<(string Group, string Resource, string? Name), int>();
        foreach (var rule in rules)
        {
            if (rule.ApiGroups.Length != 1 || rule.Resources.Length != 1 || rule.ResourceNames.Length > 1 || !rule.NonResourceUrls.IsEmpty)
            {
                others.Add(rule);
            }
            else if (places.TryGetValue(KeyOf(rule), out var place))
            {
                simple[place] = simple[place] with { Verbs = [.. simple[place].Verbs, .. rule.Verbs.Except(simple[place].Verbs, StringComparer.Ordinal)] };
            }
            else
            {
                places.Add(KeyOf(rule), simple.Count);
                simple.Add(rule);
            }
        }

        others.AddRange(simple);
        return others.ToImmutable();

        static (string, string, string?) KeyOf(RbacRule rule) => (rule.ApiGroups[0], rule.Resources[0], rule.ResourceNames.IsEmpty ? null : rule.ResourceNames[0]);
    }

    private static bool AreEqual(ImmutableArray<RbacRule> a, ImmutableArray<RbacRule> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (var i = 0; i < a.Length; i++)
        {
            if (!a[i].Equals(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(ImmutableArray<string> list, string value)
    {
        foreach (var item in list)
        {
            if (string.Equals(item, value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOrAll(ImmutableArray<string> list, string value) => Has(list, "*") || Has(list, value);

    private static bool ResourceMatches(ImmutableArray<string> resources, string resource, string subresource)
    {
        foreach (var item in resources)
        {
            if (item == "*" || IsJoined(item, resource, subresource) || (subresource.Length > 0 && IsJoined(item, "*", subresource)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsJoined(string item, string resource, string subresource)
        => subresource.Length == 0
            ? item == resource
            : item.Length == resource.Length + 1 + subresource.Length
                && item[resource.Length] == '/'
                && item.StartsWith(resource, StringComparison.Ordinal)
                && item.EndsWith(subresource, StringComparison.Ordinal);

    private static bool UrlMatches(ImmutableArray<string> urls, string url)
    {
        foreach (var item in urls)
        {
            if (item == "*" || UrlCovers(item, url))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCovered(ImmutableArray<RbacRule> owner, RbacRule atom)
    {
        foreach (var rule in owner)
        {
            if (CoversAtom(rule, atom))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CoversAtom(RbacRule rule, RbacRule atom)
        => HasAllOf(rule.Verbs, atom.Verbs)
            && HasAllOf(rule.ApiGroups, atom.ApiGroups)
            && CoversResources(rule.Resources, atom.Resources)
            && (rule.ResourceNames.IsEmpty || (!atom.ResourceNames.IsEmpty && atom.ResourceNames.All(n => Has(rule.ResourceNames, n))))
            && atom.NonResourceUrls.All(url => rule.NonResourceUrls.Any(owned => UrlCovers(owned, url)));

    private static bool HasAllOf(ImmutableArray<string> owned, ImmutableArray<string> wanted) => wanted.IsEmpty || Has(owned, "*") || wanted.All(w => Has(owned, w));

    private static bool CoversResources(ImmutableArray<string> owned, ImmutableArray<string> wanted)
        => wanted.All(resource => Has(owned, "*") || Has(owned, resource) || (resource.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && Has(owned, "*" + resource[slash..])));
}

/// <summary>Takes rules apart.</summary>
internal static class RbacRuleAtoms
{
    /// <summary>Each combination of a rule's lists as a rule of its own (BreakdownRule), in the API server's order.</summary>
    public static IEnumerable<RbacRule> Of(RbacRule rule)
    {
        foreach (var group in rule.ApiGroups)
        {
            foreach (var resource in rule.Resources)
            {
                foreach (var verb in rule.Verbs)
                {
                    if (rule.ResourceNames.IsEmpty)
                    {
                        yield return new RbacRule([verb], [group], [resource], [], []);
                    }

                    foreach (var name in rule.ResourceNames)
                    {
                        yield return new RbacRule([verb], [group], [resource], [name], []);
                    }
                }
            }
        }

        foreach (var url in rule.NonResourceUrls)
        {
            foreach (var verb in rule.Verbs)
            {
                yield return new RbacRule([verb], [], [], [], [url]);
            }
        }
    }
}
