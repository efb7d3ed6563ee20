using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Testing;

/// <summary>
/// Answers whether somebody can do something. Only what is known counts: a ClusterRole with unknown content gives nothing, and a right that could be turned into another is not that other.
/// </summary>
public static class AccessQuery
{
    /// <summary>Answers a question.</summary>
    public static AccessAnswer Ask(AccessQuestion question, IAccessSource source)
    {
        var memberships = source.Relations.MembershipsOf(question.Who);
        var places = ImmutableArray.CreateBuilder<PlaceAnswer>();
        foreach (var (cluster, namespaces) in question.Places)
        {
            Entitlement[] held = [.. source.On(cluster).Where(e => e.IsCertain && memberships.Contains(e.Holder))];
            foreach (var ns in namespaces?.AsEnumerable<string?>() ?? [null])
            {
                places.Add(Ask(question, cluster, ns, held));
            }
        }

        return new AccessAnswer(Together(places.Select(p => p.Extent)), places.ToImmutable());
    }

    /// <summary>One of some rights that an entitlement gives anywhere: of several resources the last, which is the subresource; nothing when it gives none.</summary>
    public static HeldRight? OneOf(Entitlement entitlement, BoundRights rights)
        => ForbiddenRights.RulesOf(entitlement.Component) is { } rules
            ? RuleMeeting.Find(rules, [.. rights.Expand(entitlement.Cluster.KubernetesMinorVersion).Rules.Reverse()], entitlement.Namespaces is not null)
            : null;

    private static PlaceAnswer Ask(AccessQuestion question, Cluster cluster, string? ns, Entitlement[] held)
    {
        var paths = question.Paths ?? [.. held.SelectMany(e => e.Paths).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal)];
        PathAnswer[] answers = [.. paths.Select(path => Ask(question, cluster, ns, path, Array.FindAll(held, e => e.Paths.Contains(path))))];
        var extent = question.Paths is not null ? Together(answers.Select(a => a.Extent)) : answers.Select(a => a.Extent).DefaultIfEmpty(Extent.None).Max();
        return new PlaceAnswer(cluster, ns, extent, [.. answers]);
    }

    private static PathAnswer Ask(AccessQuestion question, Cluster cluster, string? ns, AccessPath path, Entitlement[] held)
    {
        var by = new Dictionary<Entitlement, int>(ReferenceEqualityComparer.Instance);
        var limits = new SortedSet<string>(StringComparer.Ordinal);
        if (question.Rights is null)
        {
            Collect(held, null, ns, question.Condition, by, limits);
            return new PathAnswer(path, by.Count == 0 ? (limits.Count == 0 ? Extent.None : Extent.Partly) : Extent.Full, InOrder(held, by.ContainsKey), by.Count == 0 ? [.. limits] : []);
        }

        var missing = new List<HeldRight>();
        var needed = 0;
        foreach (var atom in question.Rights.Expand(cluster.KubernetesMinorVersion).Rules.SelectMany(RbacRuleAtoms.Of))
        {
            needed++;
            var limitsOfAtom = new SortedSet<string>(StringComparer.Ordinal);
            if (!Collect(held, atom, ns, question.Condition, by, limitsOfAtom))
            {
                if (limitsOfAtom.Count == 0)
                {
                    missing.Add(RuleMeeting.InCommon(atom, atom).First());
                }

                limits.UnionWith(limitsOfAtom);
            }
        }

        if (missing.Count == 0 && limits.Count == 0)
        {
            // What gives a part of it is no reason where something gives all of it.
            var gives = by.ContainsValue(needed) ? needed : 1;
            return new PathAnswer(path, Extent.Full, InOrder(held, e => by.GetValueOrDefault(e) >= gives), []);
        }

        var isPart = by.Count > 0 || limits.Count > 0;
        if (isPart && missing.Count > 0)
        {
            limits.Add($"lacks `{missing[0]}`{(missing.Count == 1 ? "" : " and other rights")}");
        }

        foreach (var unknown in held.Where(e => ForbiddenRights.RulesOf(e.Component) is null))
        {
            limits.Add($"policyc does not know what ClusterRole `{unknown.Component.ClusterRoleName}` holds");
        }

        return new PathAnswer(path, isPart ? Extent.Partly : Extent.None, InOrder(held, by.ContainsKey), [.. limits]);
    }

    // Adds what gives a right (any right, without one), or what keeps it from being given.
    private static bool Collect(Entitlement[] held, RbacRule? atom, string? ns, Condition condition, Dictionary<Entitlement, int> by, SortedSet<string> limits)
    {
        var isGiven = false;
        foreach (var entitlement in held)
        {
            var right = atom is null ? null : ForbiddenRights.RulesOf(entitlement.Component) is { } rules ? RuleMeeting.Find(rules, [atom], isInNamespace: entitlement.Namespaces is not null) : null;
            if (atom is not null && right is null)
            {
                continue;
            }

            var isInScope = entitlement.Namespaces is not { } namespaces || (atom is null && ns is null) || (ns is not null && namespaces.Contains(ns, StringComparer.Ordinal));
            var isMet = entitlement.Condition.Postures.All(condition.Postures.Contains);
            if (isInScope && isMet && (atom is null || Gives(entitlement, atom, ns)))
            {
                isGiven = true;
                by[entitlement] = by.GetValueOrDefault(entitlement) + 1;
                continue;
            }

            string[] reasons =
            [
                .. isInScope ? Array.Empty<string>() : [GuardReport.Where(entitlement.Namespaces).Trim()],
                .. isMet ? Array.Empty<string>() : [GuardReport.When(entitlement.Condition).Trim()],
                .. right?.Name is { } name && atom is { ResourceNames.IsEmpty: true } ? [$"named \"{name}\""] : Array.Empty<string>(),
            ];
            limits.Add(reasons.Length == 0 ? $"only `{right}`" : "only " + string.Join(' ', reasons));
        }

        if (isGiven)
        {
            limits.Clear();
        }

        return isGiven;
    }

    private static bool Gives(Entitlement entitlement, RbacRule atom, string? ns)
    {
        if (ForbiddenRights.RulesOf(entitlement.Component) is not { } rules)
        {
            return false;
        }

        if (!atom.NonResourceUrls.IsEmpty)
        {
            return RbacRules.Allow(rules, RbacRequest.ForUrl(atom.Verbs[0], atom.NonResourceUrls[0]));
        }

        var resource = atom.Resources[0];
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var (plain, subresource) = slash < 0 ? (resource, "") : (resource[..slash], resource[(slash + 1)..]);
        var name = atom.ResourceNames.IsEmpty ? (plain == "namespaces" && atom.ApiGroups[0].Length == 0 ? ns ?? "" : "") : atom.ResourceNames[0];
        return RbacRules.Allow(rules, RbacRequest.ForResource(atom.Verbs[0], atom.ApiGroups[0], plain, subresource, name, ns ?? ""));
    }

    private static ImmutableArray<Entitlement> InOrder(Entitlement[] held, Func<Entitlement, bool> isChosen) => [.. held.Where(isChosen)];

    private static Extent Together(IEnumerable<Extent> extents)
    {
        var all = extents.Distinct().ToArray();
        return all.Length == 1 ? all[0] : all.Length == 0 ? Extent.None : Extent.Partly;
    }
}
