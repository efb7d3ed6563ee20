using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Comparing;

/// <summary>
/// Compares two policies by what they give in each world and cluster, not by their text: splitting a rule, renaming a group or moving a file is no difference, a verb more in a role is one.
/// </summary>
public static class PolicyComparer
{
    /// <summary>Compares two policies. Pure; the same policies the other way round give the mirror image.</summary>
    /// <param name="old">The policy before.</param>
    /// <param name="new">The policy after.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static PolicyComparison Compare(ComparedPolicy old, ComparedPolicy @new, CancellationToken cancellation = default)
    {
        var (oldSide, newSide) = (new PolicySide(old, cancellation), new PolicySide(@new, cancellation));
        var gains = new AccessDifference(newSide, oldSide).Find(cancellation).ToList();
        var losses = new AccessDifference(oldSide, newSide).Find(cancellation).ToList();
        var verdict = (gains.Count > 0, losses.Count > 0) switch
        {
            (false, false) => AccessVerdict.Unchanged,
            (true, false) => AccessVerdict.Wider,
            (false, true) => AccessVerdict.Narrower,
            _ => AccessVerdict.Both,
        };
        return new PolicyComparison(
            verdict,
            verdict == AccessVerdict.Unchanged ? [] : Explain(oldSide, newSide, gains, losses, cancellation),
            GuardComparer.Compare(oldSide, newSide, cancellation),
            Beyond(@new.Assumptions, old.Assumptions),
            Beyond(old.Assumptions, @new.Assumptions));
    }

    private static ImmutableArray<AccessChange> Explain(PolicySide old, PolicySide @new, List<UncoveredGrant> gains, List<UncoveredGrant> losses, CancellationToken cancellation)
    {
        var rules = new RuleMatcher(old, @new);
        var found = new Dictionary<string, (ChangeCause Cause, List<EffectPiece> Pieces)>(StringComparer.Ordinal);
        foreach (var (uncovered, isGain) in new[] { (gains, true), (losses, false) })
        {
            var sides = new SidePair(old, @new, isGain);
            var causes = new CauseFinder(sides, rules, new SelectionCauses(sides), new MembershipCauses(sides));
            foreach (var grant in uncovered)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (cause, who, namesRole) in causes.Find(grant))
                {
                    var key = KeyOf(cause);
                    if (!found.TryGetValue(key, out var change))
                    {
                        found.Add(key, change = (cause, []));
                    }

                    change.Pieces.AddRange(PiecesOf(grant, isGain, who, namesRole));
                }
            }
        }

        return
        [
            .. found.Values.Select(f => new AccessChange(f.Cause, EffectFolding.Fold(f.Pieces)))
                .OrderByDescending(c => c.Effects.Any(e => e.IsGain))
                .ThenBy(c => c.Cause.Kind)
                .ThenBy(c => (c.Cause.New ?? c.Cause.Old)?.Source.Path, StringComparer.Ordinal)
                .ThenBy(c => (c.Cause.New ?? c.Cause.Old)?.Span.Start)
                .ThenBy(c => c.Cause.Title, StringComparer.Ordinal),
        ];
    }

    // What many clusters have in common, such as one label edit made everywhere or several new clusters, is one cause.
    private static string KeyOf(ChangeCause cause)
        => cause.Kind switch
        {
            ChangeCauseKind.Rule => $"{cause.Kind}\n{cause.Old}\n{cause.New}",
            _ => $"{cause.Kind}\n{cause.Title}",
        };

    private static IEnumerable<EffectPiece> PiecesOf(UncoveredGrant grant, bool isGain, ImmutableArray<string> who, bool namesRole)
        => from name in who
           from rights in namesRole && grant.Rights.IsWhole ? [grant.Grant.Role.Name] : WordsOf(grant.Rights)
           select new EffectPiece(isGain, name, rights, grant.Cluster.Name, grant.Namespace, grant.Way.Path.Name, grant.Grant.Condition.Key, grant.Grant.Rule.Until);

    private static IEnumerable<string> WordsOf(UncoveredRights rights)
        => rights.Existing.Select(name => $"clusterrole \"{name}\"").Concat(RightsWords.Of(rights.Rules));

    private static ImmutableArray<Assumption> Beyond(ImmutableArray<Assumption> some, ImmutableArray<Assumption> others)
    {
        var known = others.Select(a => (a.Kind, a.Topic)).ToHashSet();
        return [.. some.Where(a => !known.Contains((a.Kind, a.Topic)))];
    }
}
