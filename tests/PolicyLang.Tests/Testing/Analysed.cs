using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Testing;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Testing;

/// <summary>A policy on fake paths, ready to be tested and asked.</summary>
internal sealed record Analysed(PolicyModel Policy, AccessModel Access)
{
    public IAccessSource Source { get; } = new PolicyAccessSource(Policy, Access);

    public IReadOnlyList<GuardAnswer> Guards => GuardEvaluator.Evaluate(Policy, Source);

    public TestRun Run(Func<PolicyTest, bool>? isChosen = null) => TestRunner.Run(Policy, Source, isChosen);

    public static Analysed Of(string policy)
    {
        var analysis = PolicyAnalysis.Analyse(TestPolicy.InputOf([("test.policy", policy)]));
        Assert.True(analysis.Policy is not null, string.Join('\n', analysis.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        return new Analysed(analysis.Policy!, analysis.Access!);
    }

    /// <summary>The answer to the only expectation of a test, as a question.</summary>
    public AccessAnswer Ask()
    {
        var asked = Policy.Tests.Single().Expectations.Single();
        return AccessQuery.Ask(new AccessQuestion(asked.Subjects.Single(), asked.Rights, asked.Places, asked.Paths, asked.Condition), Source);
    }
}
