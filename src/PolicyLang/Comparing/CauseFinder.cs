using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Comparing;

/// <summary>
/// Says which edit makes one policy give what the other does not. The rule that gives it is compared with what it was in the other policy, dimension by dimension; the first one that lacks
/// what is given says what to look at. Where the rule's own text differs there, the rule is the cause.
/// </summary>
internal sealed class CauseFinder(SidePair sides, RuleMatcher rules, SelectionCauses selections, MembershipCauses memberships)
{
    /// <summary>The cause of something uncovered, and whom to name.</summary>
    /// <param name="uncovered">What one policy gives and the other does not.</param>
    public IEnumerable<(ChangeCause Cause, ImmutableArray<string> Who, bool NamesRole)> Find(UncoveredGrant uncovered)
    {
        var allow = sides.More.BoundOf(uncovered.Grant.Rule);
        var pair = rules.PairOf(allow);
        var subject = uncovered.Grant.Subject;
        if ((sides.IsGain ? pair.Old : pair.New) is not { } other)
        {
            yield return (OfRule(pair), [subject.Name], true);
            yield break;
        }

        if (OfPlace(uncovered, allow, other, pair) is { } place)
        {
            yield return (place, [subject.Name], true);
            yield break;
        }

        var counterpart = other.Subjects.Select(s => s.Value).FirstOrDefault(s => s.Name == subject.Name)
            ?? other.Subjects.Select(s => s.Value).FirstOrDefault(s => ComparedPrincipals.KeyOf(s) == ComparedPrincipals.KeyOf(subject));
        if (counterpart is null)
        {
            yield return (OfRule(pair), [subject.Name], true);
            yield break;
        }

        // Members come and go one by one; what else is uncovered concerns whoever stayed.
        var lessWay = sides.Less.Policy.Paths.TryGetValue(uncovered.Way.Path.Name, out var path) ? uncovered.Way with { Path = path } : uncovered.Way;
        var known = sides.Less.Principals.Of(counterpart, lessWay).All.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var group in uncovered.Principals.Where(p => !known.Contains(p.Key)).GroupBy(p => memberships.Find(subject, counterpart, p, uncovered.Way, lessWay)))
        {
            yield return (group.Key, [.. group.Select(p => p.Display).Distinct(StringComparer.Ordinal)], true);
        }

        if (uncovered.Principals.Any(p => known.Contains(p.Key)))
        {
            var (cause, namesRole) = OfContent(uncovered, other, pair);
            yield return (cause, [subject.Name], namesRole);
        }
    }

    private static ChangeCause OfRule(RulePair pair)
        => new(
            ChangeCauseKind.Rule,
            pair.Old is null ? "new rule" : pair.New is null ? "rule removed" : pair.Edits.IsEmpty ? "rule moved" : "rule edited: " + string.Join(", ", pair.Edits),
            pair.Old?.Rule.Location,
            pair.New?.Rule.Location)
        {
            Because = (pair.New ?? pair.Old)?.Rule.Because,
        };

    private ChangeCause? OfPlace(UncoveredGrant uncovered, BoundAllow allow, BoundAllow other, RulePair pair)
    {
        var name = uncovered.Cluster.Name;
        if (!sides.Less.Clusters.TryGetValue(name, out var lessAccess) || lessAccess.Cluster.IsRetired)
        {
            return selections.OfCluster(uncovered.Cluster, lessAccess?.Cluster);
        }

        var less = lessAccess.Cluster;
        if (!other.Places.Any(p => p.Cluster == less))
        {
            return HasSame(allow, other, s => s.Clusters.Location) ? selections.OfSelectedCluster(allow, uncovered.Cluster, less) : OfRule(pair);
        }

        var namespaces = other.Places.First(p => p.Cluster == less).Namespaces;
        if (namespaces is { } selected && (uncovered.Namespace is not { } ns || !selected.Contains(ns, StringComparer.Ordinal)))
        {
            return uncovered.Namespace is not null && HasSame(allow, other, s => s.Scope.Location) ? selections.OfNamespace(uncovered.Namespace, uncovered.Cluster, less) : OfRule(pair);
        }

        if (!sides.Less.Policy.PathsOf(other, less).Any(p => p.Name == uncovered.Way.Path.Name))
        {
            return allow.Via is null && other.Via is null ? selections.OfDefaultPath(uncovered.Way.Path, uncovered.Cluster, less) : OfRule(pair);
        }

        return uncovered.Way.Authenticator is { } authenticator && !less.Authenticators.Any(a => a.Kind == authenticator.Kind && a.People == authenticator.People)
            ? selections.OfAuthentication(uncovered.Cluster, less)
            : null;
    }

    private (ChangeCause Cause, bool NamesRole) OfContent(UncoveredGrant uncovered, BoundAllow other, RulePair pair)
    {
        var path = uncovered.Way.Path.Name;
        if (uncovered.Grant.Condition.Key == other.Condition.Key)
        {
            foreach (var posture in uncovered.Grant.Condition.Postures)
            {
                var counterpart = other.Condition.Postures.First(p => p.Name == posture.Name);
                if (!TextsOf(posture, path).SetEquals(TextsOf(counterpart, path)))
                {
                    var (before, after) = sides.InOrder(counterpart, posture);
                    return (new ChangeCause(ChangeCauseKind.Posture, $"posture `{posture.Name}` edited", before?.Location, after?.Location), true);
                }
            }
        }

        var role = uncovered.Grant.Role;
        var lessAccess = sides.Less.Clusters[uncovered.Cluster.Name];
        if (lessAccess.Grants.FirstOrDefault(g => ReferenceEquals(g.Rule, other.Rule) && g.Role.Name == role.Name)?.Role is { } lessRole && !lessRole.Components.SequenceEqual(role.Components))
        {
            return (OfRole(role, lessRole, uncovered.Cluster, lessAccess.Cluster), false);
        }

        return (OfRule(pair), true);
    }

    private ChangeCause OfRole(ResolvedRole role, ResolvedRole other, Cluster cluster, Cluster lessCluster)
    {
        if (cluster.KubernetesMinorVersion != lessCluster.KubernetesMinorVersion)
        {
            var (from, to) = sides.InOrder(lessCluster, cluster);
            return new ChangeCause(ChangeCauseKind.KubernetesVersion, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Kubernetes 1.{from?.KubernetesMinorVersion} → 1.{to?.KubernetesMinorVersion}"), from?.Location, to?.Location);
        }

        // A role that includes the edited one is not what somebody edited.
        const string prefix = "policyc:";
        var parts = role.Components.OfType<OwnClusterRole>().ToDictionary(c => c.ClusterRoleName, StringComparer.Ordinal);
        var edited = other.Components.OfType<OwnClusterRole>().FirstOrDefault(c => parts.TryGetValue(c.ClusterRoleName, out var same) && !same.Equals(c))?.ClusterRoleName[prefix.Length..] ?? IncludedEdit(role.Name);
        return new ChangeCause(ChangeCauseKind.Role, $"role `{edited}` edited", sides.Old.RoleOf(edited)?.Name.Location, sides.New.RoleOf(edited)?.Name.Location);
    }

    // The innermost role whose own text differs.
    private string IncludedEdit(string name)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        return Find(name) ?? name;

        string? Find(string at)
        {
            if (!visited.Add(at) || sides.Old.RoleOf(at) is not { } old || sides.New.RoleOf(at) is not { } @new)
            {
                return null;
            }

            return PlainText.Of(old.Location) != PlainText.Of(@new.Location)
                ? at
                : @new.Items.OfType<Syntax.IncludeSyntax>().SelectMany(i => i.Roles).Select(r => Find(r.Text)).FirstOrDefault(found => found is not null);
        }
    }

    private bool HasSame(BoundAllow allow, BoundAllow other, Func<Syntax.AllowSyntax, SourceLocation> part)
        => sides.More.SyntaxOf(allow) is { } a && sides.Less.SyntaxOf(other) is { } b && PlainText.Of(part(a)) == PlainText.Of(part(b));

    private static HashSet<string> TextsOf(Posture posture, string path)
        => posture.Assertions.TryGetValue(path, out var texts) ? texts.Select(t => t.Text).ToHashSet(StringComparer.Ordinal) : [];
}
