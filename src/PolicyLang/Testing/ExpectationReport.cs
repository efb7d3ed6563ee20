using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Testing;

/// <summary>Words expectations that are not fulfilled.</summary>
public static class ExpectationReport
{
    private const int MostRules = 3;

    /// <summary>One finding an expectation, and one a guard that is broken or unproved.</summary>
    public static void Report(TestRun run, DiagnosticBag diagnostics)
    {
        foreach (var guard in run.Guards)
        {
            GuardReport.Report(guard, diagnostics);
        }

        foreach (var test in run.Tests)
        {
            foreach (var result in test.Expectations.Where(e => !e.Passed))
            {
                ImmutableArray<RelatedLocation> related = result.Expectation.IsAllowed ? []
                    : [.. result.Subjects.SelectMany(s => s.Rules).Distinct().Take(MostRules).Select(rule => new RelatedLocation(rule.Location, "this rule gives it"))];
                diagnostics.Report(
                    TestingDiagnostics.ExpectationFailed,
                    result.Expectation.Location,
                    $"test `{test.Test.Name}`: {string.Join("; ", Sentences(result))}",
                    null,
                    related);
            }
        }
    }

    /// <summary>What is otherwise than expected, one sentence a subject.</summary>
    public static IEnumerable<string> Sentences(ExpectationResult result)
    {
        var expectation = result.Expectation;
        var wanted = expectation.IsAllowed ? Extent.Full : Extent.None;
        foreach (var subject in result.Subjects.Where(s => s.Extent != wanted))
        {
            var verb = expectation.Rights is null ? "reach " + (expectation.Places.Length == 1 ? "it" : "them") : "do this";
            var extent = (subject.Extent, expectation.IsAllowed) switch
            {
                (Extent.None, _) => $"`{subject.Who.Name}` cannot {verb}",
                (Extent.Partly, _) => $"`{subject.Who.Name}` can only partly {verb}",
                _ => $"`{subject.Who.Name}` can {verb}",
            };
            if (subject.Extent == Extent.Partly && !expectation.IsAllowed)
            {
                extent = $"`{subject.Who.Name}` can partly {verb}";
            }

            yield return subject.Details.IsEmpty ? extent : $"{extent}: {string.Join("; ", subject.Details)}";
        }
    }
}
