using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>Runs the tests of a policy.</summary>
public static class TestRunner
{
    private const int MostDetails = 6;

    /// <summary>Runs tests.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">Who holds what.</param>
    /// <param name="isChosen">Which tests to run; absent for all, and all guards.</param>
    public static TestRun Run(PolicyModel policy, IAccessSource source, Func<PolicyTest, bool>? isChosen = null)
    {
        ImmutableArray<TestResult> tests =
        [
            .. policy.Tests.Where(t => isChosen?.Invoke(t) ?? true).Select(t => new TestResult(t, [.. t.Expectations.Select(e => Evaluate(e, source))])),
        ];
        var counts = new Dictionary<AllowRule, int>(ReferenceEqualityComparer.Instance);
        foreach (var rule in tests.SelectMany(t => t.Expectations).Where(e => e.Passed).SelectMany(e => e.Subjects.SelectMany(s => s.Rules).Distinct(ReferenceEqualityComparer.Instance).OfType<AllowRule>()))
        {
            counts[rule] = counts.GetValueOrDefault(rule) + 1;
        }

        return new TestRun(
            tests,
            isChosen is null ? GuardEvaluator.Evaluate(policy, source) : [],
            new RuleCoverage([.. policy.Allows.Select(a => new CoveredRule(a.Rule, counts.GetValueOrDefault(a.Rule)))]));
    }

    /// <summary>Evaluates one expectation.</summary>
    public static ExpectationResult Evaluate(Expectation expectation, IAccessSource source)
    {
        ImmutableArray<SubjectResult> subjects = [.. expectation.Subjects.Select(who => expectation.IsAllowed ? EvaluateCan(expectation, who, source) : EvaluateCannot(expectation, who, source))];
        var wanted = expectation.IsAllowed ? Extent.Full : Extent.None;
        return new ExpectationResult(expectation, subjects.All(s => s.Extent == wanted), subjects);
    }

    private static SubjectResult EvaluateCan(Expectation expectation, Subject who, IAccessSource source)
    {
        var answer = AccessQuery.Ask(new AccessQuestion(who, expectation.Rights, expectation.Places, expectation.Paths, expectation.Condition), source);
        return new SubjectResult(
            who,
            answer.Extent,
            answer.Extent == Extent.Full ? [] : Shorten(answer.Places.Where(p => p.Extent != Extent.Full).SelectMany(AnswerText.Shortfalls)),
            answer.Extent == Extent.Full ? [.. answer.By.Select(e => e.Rule).Distinct()] : []);
    }

    // What must not be: nowhere, by no path, under no condition, and for no single object.
    private static SubjectResult EvaluateCannot(Expectation expectation, Subject who, IAccessSource source)
    {
        var forbidden = new ForbiddenRights(expectation.Rights);
        var memberships = source.Relations.MembershipsOf(who);
        var details = new List<string>();
        var rules = new List<AllowRule>();
        var fullPlaces = 0;
        foreach (var (cluster, namespaces) in expectation.Places)
        {
            var isFull = false;
            foreach (var entitlement in source.On(cluster).Where(e => memberships.Contains(e.Holder)))
            {
                ImmutableArray<AccessPath> paths = expectation.Paths is { } only ? [.. entitlement.Paths.Where(only.Contains)] : entitlement.Paths;
                var isMet = expectation.Condition.IsAlways || entitlement.Condition.Postures.All(expectation.Condition.Postures.Contains);
                if (paths.IsEmpty || !isMet || !ForbiddenRights.Reaches(entitlement, namespaces, out var where) || forbidden.Find(entitlement, namespaces) is not { } finding)
                {
                    continue;
                }

                isFull |= entitlement.Condition.IsAlways && finding is { Kind: not FindingKind.UnknownContent, Right: null or { Name: null } } && (where is null ? namespaces is null : where.Value.Length == namespaces?.Length);
                details.Add(GuardReport.Describe(new GuardWitness(null, entitlement, where, paths, finding)));
                rules.Add(entitlement.Rule);
            }

            fullPlaces += isFull ? 1 : 0;
        }

        var extent = details.Count == 0 ? Extent.None : fullPlaces == expectation.Places.Length ? Extent.Full : Extent.Partly;
        return new SubjectResult(who, extent, Shorten(details), [.. rules.Distinct()]);
    }

    private static ImmutableArray<string> Shorten(IEnumerable<string> details)
    {
        var all = details.Distinct(StringComparer.Ordinal).ToArray();
        return all.Length <= MostDetails ? [.. all] : [.. all.Take(MostDetails), FormattableString.Invariant($"and {all.Length - MostDetails} more")];
    }
}
