using System.CommandLine;
using System.Globalization;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc diff</c>: who gains and who loses what between two policies, and why.</summary>
internal static class DiffCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Creates the command.</summary>
    public static Command CreateDiffCommand(CliContext context)
    {
        var old = new Argument<string?>("OLD") { Arity = ArgumentArity.ZeroOrOne, Description = "A git revision, a range of them (main..HEAD; main...HEAD begins at their merge base), or a project folder. A folder is written with a slash where a revision has the same name" };
        var @new = new Argument<string?>("NEW") { Arity = ArgumentArity.ZeroOrOne, Description = "A git revision or a project folder. Without it, the files as they are now" };
        var project = new Argument<string?>("PROJECT") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder of the project in both revisions. Without it, as for build" };
        var failOn = new ChoiceOption("--fail-on", "wider", "narrower", "weaker-guard", "any") { Description = "Exit with 1 when somebody gains something or a guard is weaker (wider), when somebody loses something, when a guard is weaker, or for any of these" };
        var asOf = new Option<string?>("--as-of") { HelpName = "YYYY-MM-DD", Description = "Compile both for this day instead of today (UTC)" };
        var format = new ChoiceOption("--format", "text", "markdown", "json") { Description = "For people, for a comment on a pull request, or for programs" };
        var color = new ChoiceOption("--color", "auto", "always", "never") { Description = "When to colour; auto means on a terminal, unless NO_COLOR is set" };
        asOf.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !DateOnly.TryParseExact(token.Value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"`--as-of` takes a day such as `2026-12-31`, not `{token.Value}`");
            }
        });

        var command = new DocumentedCommand(
            "diff",
            "Say who gains and who loses what between two policies, and which edit is the cause. Text that only moved is no difference; a verb more in a role is one.",
            new CommandExample("policyc diff main", "compare the files as they are now with those of a branch"),
            new CommandExample("policyc diff main...HEAD --fail-on wider", "in CI: fail when a pull request gives more access or weakens a guard"),
            new CommandExample("policyc diff main...HEAD access --format markdown", "write a comment for a pull request about the project in `access`"),
            new CommandExample("policyc diff ../old ../new", "compare two folders"),
            new CommandExample("policyc diff --export tailscale=live.hujson", "compare the policy with what a system has now; see `policyc verify`"))
        {
            old, @new, project, failOn, asOf, format, color,
        };
        var artefacts = new ArtefactOptions();
        artefacts.AddTo(command);
        command.SetAction(parse => new DiffRun(context, new DiffArguments(
            [.. new[] { parse.GetValue(old), parse.GetValue(@new), parse.GetValue(project) }.OfType<string>()],
            parse.GetValue(failOn) switch
            {
                "wider" => DiffFailure.Wider,
                "narrower" => DiffFailure.Narrower,
                "weaker-guard" => DiffFailure.WeakerGuard,
                "any" => DiffFailure.Any,
                _ => DiffFailure.Never,
            },
            parse.GetValue(asOf) is { } day ? DateOnly.ParseExact(day, DateFormat, CultureInfo.InvariantCulture) : null,
            parse.GetValue(format) switch
            {
                "markdown" => DiffFormat.Markdown,
                "json" => DiffFormat.Json,
                _ => DiffFormat.Text,
            },
            parse.GetValue(color) switch
            {
                "always" => ColorMode.Always,
                "never" => ColorMode.Never,
                _ => ColorMode.Auto,
            })
        {
            Artefacts = artefacts.In(parse),
        }).Execute());
        return command;
    }
}
