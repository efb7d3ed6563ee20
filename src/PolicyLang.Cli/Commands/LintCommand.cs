using System.CommandLine;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Linting;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc lint</c>: its options.</summary>
internal static class LintCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateLintCommand(CliContext context)
    {
        var files = new Argument<string[]>("FILES")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Policies, files of other systems, folders, patterns, or - for standard input; without any the policies of the project around this folder and what its `lint` section names",
        };
        var format = new ChoiceOption("--format", [.. FindingReports.Names]) { Description = "How findings are printed" };
        var levels = new Option<string[]>("--level") { HelpName = "NAME=LEVEL", Description = "Set the level of a rule or category: off, info, warning or error (may be repeated)" };
        var failOn = new ChoiceOption("--fail-on", "error", "warning", "never") { Description = "The least level of findings that makes the run fail" };
        var baseline = new Option<string?>("--baseline") { HelpName = "FILE", Description = "Leave out the findings that this file knows" };
        var update = new Option<bool>("--update-baseline") { Description = "Write all present findings to the baseline instead of printing them" };
        var fix = new Option<bool>("--fix") { Description = "Make the suggested fixes that change nobody's access" };
        var unsafeFixes = new Option<bool>("--unsafe-fixes") { Description = "Make all suggested fixes, those that change access too" };
        var diff = new Option<bool>("--diff") { Description = "With fixes: print what they would change, and change nothing" };
        var preview = new Option<bool>("--preview") { Description = "Check rules that are not settled yet too" };
        var stdin = new Option<string?>("--stdin-filename") { HelpName = "NAME", Description = "The file that standard input stands for" };
        var asOf = CommonOptions.AsOf();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print errors and warnings only" };
        var color = CommonOptions.Color();
        levels.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (LintArguments.ParseLevel(token.Value, out var problem) is null)
                {
                    result.AddError(problem);
                }
            }
        });
        var command = new DocumentedCommand(
            "lint",
            "Find mistakes and risks in policies, and in files of Kubernetes, Tailscale, Teleport, Cloudflare and clouds. Nothing is written unless fixes or a baseline are asked for.",
            new CommandExample("policyc lint", "lint the policies of the project around this folder"),
            new CommandExample("policyc lint tailnet/policy.hujson teleport k8s", "lint a file and two folders of other systems; no policy is needed"),
            new CommandExample("policyc lint --format sarif > policyc.sarif", "in CI: for code scanning"),
            new CommandExample("policyc lint k8s --baseline lint.json --update-baseline", "begin with what is there already, and see only what is new from now on"),
            new CommandExample("policyc lint --fix --diff", "show what the safe fixes would change"))
        {
            files, format, levels, failOn, baseline, update, fix, unsafeFixes, diff, preview, stdin, asOf, quiet, color,
        };
        command.SetAction(parse => new LintRun(context, new LintArguments(
            [.. parse.GetValue(files) ?? []],
            parse.GetValue(format) ?? "text",
            [.. (parse.GetValue(levels) ?? []).Select(level => LintArguments.ParseLevel(level, out _)).OfType<LevelSetting>()],
            parse.GetValue(failOn),
            parse.GetValue(baseline),
            parse.GetValue(update),
            parse.GetValue(unsafeFixes) ? FixMode.All : parse.GetValue(fix) ? FixMode.Safe : FixMode.None,
            parse.GetValue(diff),
            parse.GetValue(preview),
            parse.GetValue(stdin),
            CommonOptions.DayOf(parse.GetValue(asOf), context),
            parse.GetValue(quiet),
            CommonOptions.ModeOf(parse.GetValue(color)))).Execute());
        return command;
    }
}
