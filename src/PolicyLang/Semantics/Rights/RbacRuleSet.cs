using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics.Rights;

/// <summary>Collects single rights and folds them into few rules. An RBAC rule is the cross product of its lists, so only resources of one API group with equal verbs and names share one.</summary>
internal sealed class RbacRuleSet
{
    // The key holds what rules must share; the scope is in it so that each rule has one.
    private readonly Dictionary<Target, SortedSet<string>> _verbs = [];

    /// <summary>Adds the right to do something with a resource.</summary>
    /// <param name="verb">The verb or <c>*</c>.</param>
    /// <param name="apiGroup">The API group or <c>*</c>.</param>
    /// <param name="resource">The resource as RBAC writes it.</param>
    /// <param name="names">The names, sorted; empty for all objects.</param>
    /// <param name="scope">Where the resource lives.</param>
    public void Add(string verb, string apiGroup, string resource, ImmutableArray<string> names, RightsScope scope)
        => VerbsOf(new Target(apiGroup, resource, "", Place(scope, apiGroup, resource), Key(names), names)).Add(verb);

    /// <summary>Adds the right to call a URL.</summary>
    public void AddUrl(string verb, string url) => VerbsOf(new Target("", "", url, RightsScope.Url, "", [])).Add(verb);

    /// <summary>Adds a rule that came out of a set.</summary>
    public void Add(RbacRule rule, RightsScope scope)
    {
        foreach (var verb in rule.Verbs)
        {
            foreach (var url in rule.NonResourceUrls)
            {
                AddUrl(verb, url);
            }

            foreach (var apiGroup in rule.ApiGroups)
            {
                foreach (var resource in rule.Resources)
                {
                    Add(verb, apiGroup, resource, rule.ResourceNames, scope);
                }
            }
        }
    }

    /// <summary>The rules in canonical order.</summary>
    public ExpandedRights ToRights(ImmutableArray<Diagnostic> diagnostics)
    {
        var groups = new Dictionary<(string ApiGroup, RightsScope Place, string Names, string Verbs), List<Target>>();
        foreach (var (target, verbs) in _verbs)
        {
            if (verbs.Contains("*"))
            {
                verbs.RemoveWhere(v => v != "*");
            }

            var key = (target.ApiGroup, target.Place, target.NamesKey, Key(verbs));
            if (!groups.TryGetValue(key, out var targets))
            {
                groups.Add(key, targets = []);
            }

            targets.Add(target);
        }

        var rules = groups.Values.Select(targets => ToRule(targets, [.. _verbs[targets[0]]])).ToArray();
        Array.Sort(rules, static (a, b) => Compare(a.Rule, b.Rule));
        return new ExpandedRights([.. rules.Select(r => r.Rule)], [.. rules.Select(r => r.Scope)], diagnostics);
    }

    private SortedSet<string> VerbsOf(Target target)
    {
        if (!_verbs.TryGetValue(target, out var verbs))
        {
            _verbs.Add(target, verbs = new SortedSet<string>(StringComparer.Ordinal));
        }

        return verbs;
    }

    private static (RbacRule Rule, RightsScope Scope) ToRule(List<Target> targets, ImmutableArray<string> verbs)
    {
        var first = targets[0];
        return first.Url.Length > 0
            ? (new RbacRule(verbs, [], [], [], Sorted(targets.Select(t => t.Url))), RightsScope.Url)
            : (new RbacRule(verbs, [first.ApiGroup], Sorted(targets.Select(t => t.Resource)), first.Names, []), IsBindingOfClusterRoles(targets) && verbs.Any(v => v is "bind" or "*")
                ? (verbs is ["bind"] ? RightsScope.Namespaced : first.Place | RightsScope.Namespaced)
                : ScopeOf(first.Place, verbs));
    }

    // `namespaces` stands apart from other cluster-scoped resources, because a RoleBinding reaches its own namespace's object.
    private static RightsScope Place(RightsScope scope, string apiGroup, string resource)
        => apiGroup.Length == 0 && (resource == "namespaces" || resource.StartsWith("namespaces/", StringComparison.Ordinal)) ? RightsScope.OwnNamespace
            : scope;

    private static RightsScope ScopeOf(RightsScope place, ImmutableArray<string> verbs)
        => place != RightsScope.OwnNamespace ? place
            : verbs.Any(v => v is "get" or "update" or "patch" or "delete" or "*") ? RightsScope.Cluster | RightsScope.OwnNamespace
            : RightsScope.Cluster;

    // Whoever makes a RoleBinding is asked for `bind` on the ClusterRole in the binding's namespace (Kubernetes, pkg/registry/rbac/escalation_check.go).
    private static bool IsBindingOfClusterRoles(List<Target> targets)
        => targets.TrueForAll(t => t is { ApiGroup: "rbac.authorization.k8s.io" or "*", Resource: "clusterroles" });

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // A line break is in no verb and no object name.
    private static string Key(IEnumerable<string> texts) => string.Join('\n', texts);

    private static int Compare(RbacRule a, RbacRule b)
    {
        var result = a.NonResourceUrls.Length.CompareTo(0).CompareTo(b.NonResourceUrls.Length.CompareTo(0));
        result = result != 0 ? result : Compare(a.ApiGroups, b.ApiGroups);
        result = result != 0 ? result : Compare(a.Resources, b.Resources);
        result = result != 0 ? result : Compare(a.NonResourceUrls, b.NonResourceUrls);
        result = result != 0 ? result : Compare(a.Verbs, b.Verbs);
        return result != 0 ? result : Compare(a.ResourceNames, b.ResourceNames);
    }

    private static int Compare(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            var result = string.CompareOrdinal(a[i], b[i]);
            if (result != 0)
            {
                return result;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private sealed record Target(string ApiGroup, string Resource, string Url, RightsScope Place, string NamesKey, ImmutableArray<string> Names)
    {
        public bool Equals(Target? other)
            => other is not null && Place == other.Place && ApiGroup == other.ApiGroup && Resource == other.Resource && Url == other.Url && NamesKey == other.NamesKey;

        public override int GetHashCode() => HashCode.Combine(ApiGroup, Resource, Url, Place, NamesKey);
    }
}
