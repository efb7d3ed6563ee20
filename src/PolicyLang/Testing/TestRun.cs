using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>What came out for one subject of an expectation.</summary>
/// <param name="Who">The subject.</param>
/// <param name="Extent">How much of the right it has.</param>
/// <param name="Details">Where, as sentences, when that is not what was expected.</param>
/// <param name="Rules">The rules that a fulfilled <c>can</c> rests on, or that give what <c>cannot</c> denies.</param>
public sealed record SubjectResult(Subject Who, Extent Extent, ImmutableArray<string> Details, ImmutableArray<AllowRule> Rules);

/// <summary>What came out for an expectation.</summary>
/// <param name="Expectation">The expectation.</param>
/// <param name="Passed">Whether it is fulfilled for every subject.</param>
/// <param name="Subjects">Subject by subject.</param>
public sealed record ExpectationResult(Expectation Expectation, bool Passed, ImmutableArray<SubjectResult> Subjects);

/// <summary>What came out for a test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Expectations">Expectation by expectation.</param>
public sealed record TestResult(PolicyTest Test, ImmutableArray<ExpectationResult> Expectations)
{
    /// <summary>Whether every expectation is fulfilled.</summary>
    public bool Passed => Expectations.All(e => e.Passed);
}

/// <summary>What came out of a run.</summary>
/// <param name="Tests">The tests, in the order of files and lines.</param>
/// <param name="Guards">The guards, in the same order; empty when only some tests were asked for.</param>
/// <param name="Coverage">Which rules the fulfilled expectations rest on.</param>
public sealed record TestRun(ImmutableArray<TestResult> Tests, ImmutableArray<GuardAnswer> Guards, RuleCoverage Coverage)
{
    /// <summary>Whether every expectation is fulfilled and every guard holds.</summary>
    public bool Passed => Tests.All(t => t.Passed) && Guards.All(g => g.Outcome == GuardOutcome.Holds);
}

/// <summary>How many fulfilled <c>can</c> expectations rest on a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">Their number.</param>
public sealed record CoveredRule(AllowRule Rule, int Count);

/// <summary>Which rules of a policy its tests rest on.</summary>
/// <param name="Rules">The rules in force, in source order.</param>
public sealed record RuleCoverage(ImmutableArray<CoveredRule> Rules)
{
    /// <summary>The number of covered rules.</summary>
    public int Covered => Rules.Count(r => r.Count > 0);

    /// <summary>The rules that no fulfilled <c>can</c> expectation rests on.</summary>
    public IEnumerable<AllowRule> Uncovered => Rules.Where(r => r.Count == 0).Select(r => r.Rule);

    /// <summary>The covered part in tenths of a percent, rounded down: 999 of 1000 rules are 99.9 %, and only all of them are 100 %.</summary>
    public int PerMille => Rules.IsEmpty ? 1000 : (int)((long)Covered * 1000 / Rules.Length);
}
