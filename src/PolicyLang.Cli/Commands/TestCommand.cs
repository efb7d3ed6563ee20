using System.CommandLine;
using System.Globalization;
using PolicyLang.Cli.Help;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc test</c>: its options.</summary>
internal static class TestCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateTestCommand(CliContext context)
    {
        var project = new Argument<string?>("PROJECT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The folder of the project, as for build",
        };
        var names = new Option<string[]>("--name") { HelpName = "NAME", Description = "Run only the test with this name (may be repeated); guards are left out" };
        var filter = new Option<string?>("--filter") { HelpName = "TEXT", Description = "Run only tests whose name contains this text, in any case; guards are left out" };
        var format = new ChoiceOption("--format", "text", "json", "junit") { Description = "How results are printed" };
        var coverage = new Option<bool>("--coverage") { Description = "List the allow rules that no fulfilled `can` rests on" };
        var lcov = new Option<string?>("--lcov") { HelpName = "FILE", Description = "Write the coverage of allow rules to this file, in the format of LCOV" };
        var least = new Option<string?>("--min-coverage") { HelpName = "PERCENT", Description = "Fail when fewer of the allow rules are covered" };
        var suggest = new Option<bool>("--suggest") { Description = "Print tests for what nobody should have and no test denies yet; run nothing" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List every test and guard, and by which rights somebody could get around a guard that holds" };
        var asOf = CommonOptions.AsOf();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leave out the closing line; findings are still printed" };
        var color = CommonOptions.Color();
        least.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ParsePercent(token.Value) is null)
            {
                result.AddError($"`--min-coverage` takes a number from 0 to 100 with at most one decimal, not `{token.Value}`");
            }
        });
        var command = new DocumentedCommand(
            "test",
            "Run the policy's tests and answer its guards. Nothing is written but what --lcov names.",
            new CommandExample("policyc test", "run all tests and guards of the project around this folder"),
            new CommandExample("policyc test --filter payments --verbose", "run the tests whose name speaks of payments"),
            new CommandExample("policyc test --format junit > results.xml", "in CI: for whatever shows test results"),
            new CommandExample("policyc test --coverage --min-coverage 80", "fail when fewer than four fifths of the allow rules are tested"),
            new CommandExample("policyc test --suggest >> denied.policy", "start from deny cases that hold today"))
        {
            project, names, filter, format, coverage, lcov, least, suggest, verbose, asOf, quiet, color,
        };
        command.SetAction(parse => new TestRunCommand(context, new TestArguments(
            parse.GetValue(project),
            [.. parse.GetValue(names) ?? []],
            parse.GetValue(filter),
            parse.GetValue(format) ?? "text",
            parse.GetValue(coverage),
            parse.GetValue(lcov),
            parse.GetValue(least) is { } percent ? ParsePercent(percent) : null,
            parse.GetValue(suggest),
            parse.GetValue(verbose),
            CommonOptions.DayOf(parse.GetValue(asOf), context),
            parse.GetValue(quiet),
            CommonOptions.ModeOf(parse.GetValue(color)))).Execute());
        return command;
    }

    // In tenths of a percent.
    private static int? ParsePercent(string text)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 && percent * 10 == decimal.Truncate(percent * 10)
            ? (int)(percent * 10)
            : null;
}
