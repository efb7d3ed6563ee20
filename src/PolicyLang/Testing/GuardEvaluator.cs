using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>
/// Answers guards over every world. Somebody in two groups has the rights of both and no others, so it is enough to look at each rule once and to ask whether anybody the guard speaks of may
/// be in its subject: the work is linear in what the rules give.
/// </summary>
public static class GuardEvaluator
{
    /// <summary>Answers the guards of a policy, in its order.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">Who holds what.</param>
    public static ImmutableArray<GuardAnswer> Evaluate(PolicyModel policy, IAccessSource source) => [.. policy.Guards.Select(guard => Evaluate(guard, source))];

    /// <summary>Answers one guard.</summary>
    public static GuardAnswer Evaluate(Guard guard, IAccessSource source)
    {
        var concerned = new Dictionary<Subject, (Truth Truth, Subject? Guarded)>();
        var forbidden = new ForbiddenRights(guard.Rights);
        var sure = new Findings();
        var possible = new Findings();
        var indirect = ImmutableArray.CreateBuilder<IndirectWay>();
        var seen = new HashSet<(Subject, AllowRule)>();
        foreach (var (cluster, namespaces) in guard.Places)
        {
            foreach (var entitlement in source.On(cluster))
            {
                ImmutableArray<AccessPath> paths = guard.Paths is { } only ? [.. entitlement.Paths.Where(only.Contains)] : entitlement.Paths;
                if (paths.IsEmpty || !ForbiddenRights.Reaches(entitlement, namespaces, out var where))
                {
                    continue;
                }

                var holder = entitlement.Holder;
                if (!concerned.TryGetValue(holder, out var concern))
                {
                    concerned.Add(holder, concern = Concern(guard, holder, source.Relations));
                }

                if (concern.Truth == Truth.False)
                {
                    continue;
                }

                if (forbidden.Find(entitlement, namespaces) is { } finding)
                {
                    (concern.Truth == Truth.True || !entitlement.IsCertain ? sure : possible).Add(new GuardWitness(concern.Guarded, entitlement, where, paths, finding));
                }
                else if (guard.Rights is not null && forbidden.FindRunningCode(entitlement) is { } running && seen.Add((holder, entitlement.Rule)))
                {
                    indirect.Add(new IndirectWay(entitlement, running));
                }
            }
        }

        return sure.Any ? new GuardAnswer(guard, GuardOutcome.Broken, sure.Witnesses, indirect.ToImmutable())
            : possible.Any ? new GuardAnswer(guard, GuardOutcome.Unproved, possible.Witnesses, indirect.ToImmutable())
            : new GuardAnswer(guard, GuardOutcome.Holds, [], indirect.ToImmutable());
    }

    /// <summary>Reports guards that are broken or unproved, and guards and expectations that no rule could decide.</summary>
    public static void Report(PolicyModel policy, AccessModel access, DiagnosticBag diagnostics)
    {
        NothingToDecide.Report(policy, diagnostics);
        if (policy.Guards.IsEmpty)
        {
            return;
        }

        foreach (var answer in Evaluate(policy, new PolicyAccessSource(policy, access)))
        {
            GuardReport.Report(answer, diagnostics);
        }
    }

    /// <summary>Reports guards that the policy keeps and what is there already breaks.</summary>
    /// <param name="policy">The policy, whose guards hold by its own rules.</param>
    /// <param name="artefacts">What is there once the policy is applied.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static void ReportExisting(PolicyModel policy, IAccessSource artefacts, DiagnosticBag diagnostics)
    {
        foreach (var answer in Evaluate(policy, artefacts))
        {
            GuardReport.Report(answer, diagnostics);
        }
    }

    // `anyone except` and `only` excuse whoever is surely in an excepted subject; a member of another group need not be.
    private static (Truth Truth, Subject? Guarded) Concern(Guard guard, Subject holder, SubjectRelations relations)
    {
        if (relations.PartsOf(holder).IsEmpty)
        {
            return (Truth.False, null);
        }

        if (guard.IsOnly || guard.IsAnyone)
        {
            return (relations.IsWithin(holder, guard.Subjects) ? Truth.False : Truth.True, null);
        }

        var concern = (Truth: Truth.False, Guarded: (Subject?)null);
        foreach (var subject in guard.Subjects)
        {
            var share = relations.Share(subject, holder);
            concern = share > concern.Truth ? (share, subject) : concern;
        }

        return concern;
    }

    /// <summary>Findings without those that differ from an earlier one in nothing that people would be told.</summary>
    private sealed class Findings
    {
        private readonly ImmutableArray<GuardWitness>.Builder _witnesses = ImmutableArray.CreateBuilder<GuardWitness>();
        private readonly HashSet<(Subject?, Subject, AllowRule, Cluster)> _seen = [];

        public bool Any => _witnesses.Count > 0;

        public ImmutableArray<GuardWitness> Witnesses => [.. _witnesses.OrderBy(w => w.Finding.Kind)];

        public void Add(GuardWitness witness)
        {
            if (_seen.Add((witness.Guarded, witness.Entitlement.Holder, witness.Entitlement.Rule, witness.Entitlement.Cluster)))
            {
                _witnesses.Add(witness);
            }
        }
    }
}
