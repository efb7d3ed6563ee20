using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc build</c>: its options, and what they may be combined with.</summary>
internal static class BuildCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Creates the command.</summary>
    public static Command CreateBuildCommand(CliContext context)
    {
        var project = new Argument<string?>("PROJECT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The folder of the project. Without it, the nearest folder at or above this one that holds policyc.yaml, within the git repository",
        };
        var check = new Option<bool>("--check") { Description = "Fail with a list when the outputs on disk are not those of the policy; write nothing" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change as a unified diff; write nothing" };
        var expired = new ChoiceOption("--expired", "error", "ignore") { Description = "Whether --check takes it as an error (the default) that outputs are out of date only because rules have ended" };
        var targets = new Option<string[]>("--target") { HelpName = "NAME", Description = "Show and write only this target (may be repeated); the whole policy is compiled all the same" };
        var allowMixed = new Option<bool>("--allow-mixed") { Description = "Write a --target although the outputs of other targets are out of date" };
        var asOf = new Option<string?>("--as-of") { HelpName = "YYYY-MM-DD", Description = "Compile for this day instead of today (UTC)" };
        var outputRoot = new Option<string?>("--out") { HelpName = "DIR", Description = "Write to this folder instead of the project's output folder" };
        var noProof = new Option<bool>("--no-proof") { Description = "Do not read the outputs back to compare them with the policy before they are written" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leave out the closing line; findings are still printed" };
        var format = new ChoiceOption("--format", "text", "json") { Description = "How findings are printed" };
        var color = new ChoiceOption("--color", "auto", "always", "never") { Description = "When to colour; auto means on a terminal, unless NO_COLOR is set" };
        asOf.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !DateOnly.TryParseExact(token.Value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"`--as-of` takes a day such as `2026-12-31`, not `{token.Value}`");
            }
        });

        var command = new DocumentedCommand(
            "build",
            "Compile the policy and write its outputs. All of them are written or none: nothing changes when anything is wrong.",
            new CommandExample("policyc build", "compile the project around this folder and write what changed"),
            new CommandExample("policyc build --check", "in CI: fail when the committed outputs are not those of the policy"),
            new CommandExample("policyc build --dry-run --target teleport", "show what would change for one target"),
            new CommandExample("policyc build access --out ../gitops/clusters", "compile the project in `access` into another repository"),
            new CommandExample("policyc build --dry-run --as-of 2027-01-01", "show which access ends by that day"))
        {
            project, check, dryRun, expired, targets, allowMixed, asOf, outputRoot, noProof, quiet, format, color,
        };
        command.SetAction(parse =>
        {
            var arguments = new BuildArguments(
                parse.GetValue(project),
                parse.GetValue(check),
                parse.GetValue(dryRun),
                parse.GetValue(expired) == "ignore",
                (parse.GetValue(targets) ?? []).ToImmutableSortedSet(StringComparer.Ordinal),
                parse.GetValue(allowMixed),
                parse.GetValue(asOf) is { } day ? DateOnly.ParseExact(day, DateFormat, CultureInfo.InvariantCulture) : null,
                parse.GetValue(outputRoot),
                !parse.GetValue(noProof),
                parse.GetValue(quiet),
                parse.GetValue(format) == "json",
                parse.GetValue(color) switch
                {
                    "always" => ColorMode.Always,
                    "never" => ColorMode.Never,
                    _ => ColorMode.Auto,
                });
            CheckCombination(arguments, parse.GetResult(expired) is { Implicit: false });
            return new BuildRun(context, arguments).Execute();
        });
        return command;
    }

    private static void CheckCombination(BuildArguments arguments, bool hasExpired)
    {
        if (arguments.Check && arguments.DryRun)
        {
            throw new UsageException("`--check` and `--dry-run` exclude each other", "`--check` lists the files that are out of date, `--dry-run` shows how they differ");
        }

        if (hasExpired && !arguments.Check)
        {
            throw new UsageException("`--expired` belongs to `--check`", "a build always leaves out rules that have ended");
        }

        if (arguments.AllowsMixed && arguments.Targets.IsEmpty)
        {
            throw new UsageException("`--allow-mixed` belongs to `--target`");
        }

        if (arguments.Out is { Length: 0 })
        {
            throw new UsageException("`--out` takes a folder");
        }
    }
}
