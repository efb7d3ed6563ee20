using System.CommandLine;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary>What <c>policyc verify</c> was asked for.</summary>
/// <param name="Project">The project folder; absent for the one around the working directory.</param>
/// <param name="Artefacts">Which artefacts.</param>
/// <param name="Format"><c>text</c> or <c>json</c>.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Color">When to colour.</param>
internal sealed record VerifyArguments(string? Project, ArtefactArguments Artefacts, string Format, DateOnly AsOf, ColorMode Color);

/// <summary><c>policyc verify</c>: whether artefacts give what the policy gives.</summary>
internal static class VerifyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateVerifyCommand(CliContext context)
    {
        var project = new Argument<string?>("PROJECT") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder of the project. Without it, as for build" };
        var artefacts = new ArtefactOptions();
        var format = new ChoiceOption("--format", "text", "json") { Description = "For people, or one JSON document" };
        var asOf = CommonOptions.AsOf();
        var color = CommonOptions.Color();
        var command = new DocumentedCommand(
            "verify",
            "Say whether artefacts give exactly what the policy gives: the files on disk, or exports of the live systems. Lists who has more, by which line of which file, and who has less.",
            new CommandExample("policyc verify", "the outputs on disk, together with what `base` names"),
            new CommandExample("policyc verify --export tailscale=live.hujson", "the policy file that the tailnet has now; the rest as the policy compiles to it"),
            new CommandExample("policyc verify --export prod-tokyo=rbac.yaml --export github=teams.json", "the bindings of a cluster, and who is in which team"))
        { project };
        artefacts.AddTo(command);
        command.Options.Add(format);
        command.Options.Add(asOf);
        command.Options.Add(color);
        command.SetAction(parse => new VerifyRun(context, new VerifyArguments(
            parse.GetValue(project),
            artefacts.In(parse),
            parse.GetValue(format) ?? "text",
            CommonOptions.DayOf(parse.GetValue(asOf), context),
            CommonOptions.ModeOf(parse.GetValue(color)))).Execute());
        return command;
    }
}
