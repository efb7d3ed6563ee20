using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Commands;

/// <summary>What <c>policyc test</c> is asked for.</summary>
/// <param name="Project">The project folder; absent for the one around the working directory.</param>
/// <param name="Names">The names of the tests to run; empty for all.</param>
/// <param name="Filter">A text in the names of the tests to run, or nothing.</param>
/// <param name="Format"><c>text</c>, <c>json</c> or <c>junit</c>.</param>
/// <param name="ShowsCoverage">Whether to list uncovered rules.</param>
/// <param name="Lcov">The file for the coverage, or nothing.</param>
/// <param name="LeastPerMille">The least coverage in tenths of a percent, or nothing.</param>
/// <param name="Suggests">Whether to print missing deny cases instead of running.</param>
/// <param name="Verbose">Whether to list what passed, too.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Quiet">Whether to leave out the closing line.</param>
/// <param name="Color">When to colour.</param>
internal sealed record TestArguments(
    string? Project,
    ImmutableArray<string> Names,
    string? Filter,
    string Format,
    bool ShowsCoverage,
    string? Lcov,
    int? LeastPerMille,
    bool Suggests,
    bool Verbose,
    DateOnly AsOf,
    bool Quiet,
    ColorMode Color);

/// <summary>One run of <c>policyc test</c>.</summary>
internal sealed class TestRunCommand(CliContext context, TestArguments arguments)
{
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Runs.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        var (project, status) = AnalysedProject.Load(arguments.Project, arguments.AsOf, null, arguments.Format == "json", _style, context);
        if (project is not var (_, policy, access))
        {
            return status;
        }

        var source = new PolicyAccessSource(policy, access);
        if (arguments.Suggests)
        {
            return Suggest(policy, source);
        }

        var isChosen = Choice(policy);
        var run = TestRunner.Run(policy, source, isChosen);
        WriteResults(run);
        if (arguments.Lcov is { } file)
        {
            WriteLcov(file, run.Coverage);
        }

        var isEnough = arguments.LeastPerMille is not { } least || run.Coverage.PerMille >= least;
        if (!isEnough)
        {
            context.Error.WriteLine($"error: {CoverageOf(run)}, fewer than the {Percent(arguments.LeastPerMille ?? 0)} % of --min-coverage");
        }

        if (!arguments.Quiet)
        {
            context.Error.WriteLine(TerminalText.Escape(Summary(run, isChosen is null)));
        }

        return run.Passed && isEnough ? ExitCodes.Fine : ExitCodes.Findings;
    }

    /// <summary>Tenths of a percent as people read them.</summary>
    internal static string Percent(int perMille) => string.Create(CultureInfo.InvariantCulture, $"{perMille / 10}.{perMille % 10}");

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string CoverageOf(TestRun run)
        => string.Create(CultureInfo.InvariantCulture, $"{run.Coverage.Covered} of {Count(run.Coverage.Rules.Length, "allow rule")} covered ({Percent(run.Coverage.PerMille)} %)");

    private Func<PolicyTest, bool>? Choice(PolicyModel policy)
    {
        foreach (var name in arguments.Names.Where(name => policy.Tests.All(t => t.Name != name)))
        {
            throw new UsageException($"there is no test `{name}`", Suggestions.DidYouMean(name, policy.Tests.Select(t => t.Name)) ?? "`policyc test --verbose` lists the tests");
        }

        if (arguments.Names.IsEmpty && arguments.Filter is null)
        {
            return null;
        }

        bool IsChosen(PolicyTest test) => arguments.Names.Contains(test.Name, StringComparer.Ordinal) || (arguments.Filter is { } text && test.Name.Contains(text, StringComparison.OrdinalIgnoreCase));

        return policy.Tests.Any(IsChosen) ? IsChosen : throw new UsageException($"no test has `{arguments.Filter}` in its name", "`policyc test --verbose` lists the tests");
    }

    private int Suggest(PolicyModel policy, PolicyAccessSource source)
    {
        var text = TestSuggestions.Write(policy, source);
        context.Output.Write(text);
        if (!arguments.Quiet)
        {
            context.Error.WriteLine(text.Length == 0 ? "the tests deny everything that would be suggested" : "these hold today; keep those that should always hold");
        }

        return ExitCodes.Fine;
    }

    private void WriteResults(TestRun run)
    {
        switch (arguments.Format)
        {
            case "json":
                TestJson.Write(run, context.Output);
                break;
            case "junit":
                JUnitReport.Write(run, context.Output);
                break;
            default:
                WriteText(run);
                break;
        }
    }

    private void WriteText(TestRun run)
    {
        var diagnostics = new DiagnosticBag();
        ExpectationReport.Report(run, diagnostics);
        if (arguments.Verbose)
        {
            WriteList(run);
        }

        new TextReport(_style, context.OutputWidth).Write(diagnostics.ToSortedArray(), context.Output);
        if (arguments.ShowsCoverage)
        {
            foreach (var rule in run.Coverage.Uncovered)
            {
                context.Output.WriteLine($"uncovered {TerminalText.Escape(AnswerText.RuleOf(rule))}");
            }
        }
    }

    private void WriteList(TestRun run)
    {
        foreach (var guard in run.Guards)
        {
            var outcome = guard.Outcome switch
            {
                GuardOutcome.Holds => _style.Added("holds"),
                GuardOutcome.Broken => _style.Error("broken"),
                _ => _style.Error("unproved"),
            };
            context.Output.WriteLine($"{outcome} {TerminalText.Escape(AnswerText.OneLine(guard.Guard.Location))}");
            foreach (var way in guard.IndirectWays)
            {
                context.Output.WriteLine($"  not excluded: {TerminalText.Escape(GuardReport.Describe(way))}");
            }
        }

        foreach (var test in run.Tests)
        {
            context.Output.WriteLine($"{(test.Passed ? _style.Added("passed") : _style.Error("failed"))} {TerminalText.Escape(test.Test.Name)} ({Count(test.Expectations.Length, "expectation")})");
        }
    }

    private static string Summary(TestRun run, bool hasGuards)
    {
        if (run.Tests.IsEmpty && run.Guards.IsEmpty)
        {
            return "there are no tests and no guards; `policyc test --suggest` writes some";
        }

        var failed = run.Tests.Count(t => !t.Passed);
        var parts = new List<string> { failed == 0 ? $"{Count(run.Tests.Length, "test")} passed" : $"{Count(failed, "test")} of {run.Tests.Length} failed" };
        if (hasGuards && !run.Guards.IsEmpty)
        {
            var held = run.Guards.Count(g => g.Outcome == GuardOutcome.Holds);
            parts.Add(held == run.Guards.Length ? $"{Count(held, "guard")} hold{(held == 1 ? "s" : "")}" : $"{Count(run.Guards.Length - held, "guard")} of {run.Guards.Length} broken or unproved");
        }

        if (hasGuards)
        {
            parts.Add(CoverageOf(run));
        }

        return string.Join("; ", parts);
    }

    private void WriteLcov(string file, RuleCoverage coverage)
    {
        try
        {
            File.WriteAllBytes(Path.GetFullPath(file, context.WorkingDirectory), Encoding.UTF8.GetBytes(LcovReport.Write(coverage)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"`{file}` cannot be written: {exception.Message.TrimEnd('.')}");
        }
    }
}
