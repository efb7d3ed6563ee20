using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>Finds what an answer rests on that nothing in the policy proves.</summary>
public static class AnswerAssumptions
{
    /// <summary>What the answer to a question rests on, as sentences, sorted.</summary>
    public static ImmutableArray<string> Of(AccessQuestion question, AccessAnswer answer, AccessModel access, IAccessSource source)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var place in answer.Places)
        {
            foreach (var path in place.Paths.Where(p => p.Extent == Extent.Full || place.Extent != Extent.Full))
            {
                foreach (var entitlement in path.By)
                {
                    AddOf(entitlement, [path.Path], entitlement.Holder != question.Who, access, found);
                }
            }
        }

        if (question.Who.Kind == SubjectKind.User && answer.Extent != Extent.Full)
        {
            AddUnknownMemberships(question, access, source, found);
        }

        return [.. found];
    }

    /// <summary>What it rests on that an entitlement gives what it seems to give.</summary>
    /// <param name="entitlement">The entitlement.</param>
    /// <param name="paths">The paths that matter.</param>
    /// <param name="aboutMembers">Whether the answer speaks of the people in its holder.</param>
    /// <param name="access">The access model.</param>
    /// <param name="found">Receives the sentences.</param>
    public static void AddOf(Entitlement entitlement, IEnumerable<AccessPath> paths, bool aboutMembers, AccessModel access, SortedSet<string> found)
    {
        if (entitlement.Component is ExistingClusterRole existing)
        {
            found.Add(ForbiddenRights.RulesOf(existing) is null
                ? $"ClusterRole `{existing.ClusterRoleName}` of cluster `{entitlement.Cluster.Name}` may hold anything"
                : $"ClusterRole `{existing.ClusterRoleName}` of cluster `{entitlement.Cluster.Name}` holds what Kubernetes itself puts there, and nobody aggregates more into it");
        }

        foreach (var posture in entitlement.Condition.Postures.Where(p => p.Assertions.Count > 1))
        {
            found.UnionWith(access.Assumptions.Where(a => a.Kind == AssumptionKind.PostureMeansTheSame && a.Topic == posture.Name).Select(a => a.Statement));
        }

        if (aboutMembers && access.Clusters.FirstOrDefault(c => c.Cluster == entitlement.Cluster) is { } cluster)
        {
            foreach (var path in paths)
            {
                var principals = cluster.Identities.Where(l => l.Path == path && l.Subject == entitlement.Holder).SelectMany(l => l.Principals)
                    .Concat(cluster.Gates.Where(l => l.Path == path && l.Subject == entitlement.Holder).SelectMany(l => l.Principals));
                foreach (var principal in principals.Where(p => p is { Kind: PrincipalKind.Group, Origin.Members: not null }))
                {
                    found.Add($"{principal.Provider} `{principal.Value}` = {{{string.Join(", ", principal.Origin.Members!.Value.Select(m => m.Name))}}}");
                }
            }
        }
    }

    // Groups that only others know: in one of them the person would have more.
    private static void AddUnknownMemberships(AccessQuestion question, AccessModel access, IAccessSource source, SortedSet<string> found)
    {
        var holders = question.Places.SelectMany(p => source.On(p.Cluster)).Select(e => e.Holder).Distinct();
        foreach (var holder in holders.Where(h => source.Relations.Share(question.Who, h) == Truth.Unknown))
        {
            if (AccessQuery.Ask(question with { Who = holder }, source).Extent != Extent.None)
            {
                found.Add($"`{question.Who.Name}` is not in `{holder.Name}`");
            }
        }
    }
}
