using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>
/// Behind paths that carry only reach, gate and role are decided by systems that do not see each other: whoever gets through any gate has every role
/// that the API server knows for the person. What the policy says must therefore be a product for each pair of subjects that may share a member.
/// Pairs are enough: an unjustified right needs at most one subject that opens the gate and one that gives the right.
/// </summary>
internal static class ReachSeparation
{
    private sealed record Gate(AccessPath Path, Condition Condition);

    private sealed record Held(AccessGrant Grant, string ClusterRole, string? Namespace);

    private sealed class SubjectReach(Subject subject)
    {
        public Subject Subject { get; } = subject;

        public Dictionary<Gate, List<Held>> ByGate { get; } = [];
    }

    /// <summary>Reports the first pair of a cluster that cannot be told apart.</summary>
    public static void Check(Cluster cluster, IEnumerable<AccessGrant> grants, SubjectOverlaps overlaps, DiagnosticBag diagnostics)
    {
        var reaches = Collect(grants);
        var gates = reaches.SelectMany(r => r.ByGate.Keys).Distinct().ToArray();
        if (gates.Length < 2)
        {
            return;
        }

        foreach (var group in reaches)
        {
            if (Violation(group, group) is { } own)
            {
                Report(cluster, group, group, own, diagnostics);
                return;
            }
        }

        // Subjects that all come through one and the same gate cannot be confused: only different gates need pairs.
        for (var i = 0; i < reaches.Length; i++)
        {
            for (var j = i + 1; j < reaches.Length; j++)
            {
                var sameSingleGate = reaches[i].ByGate.Count == 1 && reaches[j].ByGate.Count == 1 && reaches[i].ByGate.Keys.First() == reaches[j].ByGate.Keys.First();
                if (!sameSingleGate && overlaps.MayShareMember(reaches[i].Subject, reaches[j].Subject) && Violation(reaches[i], reaches[j]) is { } violation)
                {
                    Report(cluster, reaches[i], reaches[j], violation, diagnostics);
                    return;
                }
            }
        }
    }

    private static SubjectReach[] Collect(IEnumerable<AccessGrant> grants)
    {
        var reaches = new SortedDictionary<string, SubjectReach>(StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            foreach (var path in grant.Paths.Where(p => p.Kind.Carries == PathCarries.Reach))
            {
                if (!reaches.TryGetValue(grant.Subject.Name, out var reach))
                {
                    reaches.Add(grant.Subject.Name, reach = new SubjectReach(grant.Subject));
                }

                var gate = new Gate(path, grant.Condition);
                if (!reach.ByGate.TryGetValue(gate, out var held))
                {
                    reach.ByGate.Add(gate, held = []);
                }

                foreach (var component in grant.Role.Components)
                {
                    if (grant.Namespaces is { } namespaces)
                    {
                        held.AddRange(namespaces.Select(ns => new Held(grant, component.ClusterRoleName, ns)));
                    }
                    else
                    {
                        held.Add(new Held(grant, component.ClusterRoleName, null));
                    }
                }
            }
        }

        return [.. reaches.Values];
    }

    // In the smallest world that opens a gate, the policy must give all that the API server will give. Larger worlds then follow.
    private static (Gate Gate, Held Right)? Violation(SubjectReach first, SubjectReach second)
    {
        var both = first == second ? first.ByGate.AsEnumerable() : first.ByGate.Concat(second.ByGate);
        var entries = both.ToArray();
        foreach (var opened in entries.Select(e => e.Key).Distinct())
        {
            var allowed = new HashSet<(string, string?)>();
            foreach (var (gate, held) in entries)
            {
                if (gate.Path == opened.Path && gate.Condition.Postures.All(opened.Condition.Postures.Contains))
                {
                    allowed.UnionWith(held.Select(h => (h.ClusterRole, h.Namespace)));
                }
            }

            foreach (var held in entries.SelectMany(e => e.Value))
            {
                if (!allowed.Contains((held.ClusterRole, held.Namespace)) && !allowed.Contains((held.ClusterRole, null)))
                {
                    return (opened, held);
                }
            }
        }

        return null;
    }

    private static void Report(Cluster cluster, SubjectReach first, SubjectReach second, (Gate Gate, Held Right) violation, DiagnosticBag diagnostics)
    {
        var (gate, right) = violation;
        var opener = first.ByGate.ContainsKey(gate) ? first : second;
        var openingRule = opener.ByGate[gate][0].Grant.Rule;
        var who = first == second ? $"somebody in `{first.Subject.Name}`" : $"somebody in both `{first.Subject.Name}` and `{second.Subject.Name}`";
        var world = gate.Condition.IsAlways ? $"via `{gate.Path.Name}` under no condition" : $"via `{gate.Path.Name}` when `{string.Join("` and `", gate.Condition.Postures.Select(p => p.Name))}` holds and nothing else";
        var place = right.Namespace is null ? "" : $" in namespace `{right.Namespace}`";
        diagnostics.Report(
            AccessDiagnostics.ReachCannotSeparate,
            right.Grant.Rule.Location,
            $"on cluster `{cluster.Name}`, {who} who comes {world} would get ClusterRole `{right.ClusterRole}`{place} although the policy does not give it there: the path carries only reach, and the API server cannot tell how somebody came",
            first == second
                ? "give the same roles by every such path and condition, or use a path that carries an identity"
                : $"give the same roles by every such path and condition, or write `assume disjoint {first.Subject.Name}, {second.Subject.Name} because \"…\"` if nobody is in both",
            new RelatedLocation(openingRule.Location, "this rule opens the gate"));
    }
}
