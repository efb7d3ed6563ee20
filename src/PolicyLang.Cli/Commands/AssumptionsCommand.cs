using System.CommandLine;
using PolicyLang.Access;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc assumptions</c>: what the outputs rest on that no file can enforce.</summary>
internal static class AssumptionsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateAssumptionsCommand(CliContext context)
    {
        var project = new Argument<string?>("PROJECT") { Arity = ArgumentArity.ZeroOrOne, Description = "The folder of the project. Without it, as for build" };
        var kinds = new Option<string[]>("--kind") { HelpName = "KIND", Description = "Only these kinds, such as `revocation-lag`; may be given several times" };
        var format = new ChoiceOption("--format", "text", "markdown", "json") { Description = "For people, as a checklist to tick off, or one JSON document" };
        var asOf = CommonOptions.AsOf();
        var color = CommonOptions.Color();
        var command = new DocumentedCommand(
            "assumptions",
            "List what the outputs rest on that no generated file can enforce, by system and kind, each with a way to make sure of it.",
            new CommandExample("policyc assumptions", "everything"),
            new CommandExample("policyc assumptions --kind revocation-lag", "how long until a change is in force"),
            new CommandExample("policyc assumptions --format markdown", "a checklist for a review"))
        { project, kinds, format, asOf, color };
        command.SetAction(parse =>
        {
            var style = TextStyle.For(CommonOptions.ModeOf(parse.GetValue(color)), context);
            return Execute(context, parse.GetValue(project), parse.GetValue(kinds) ?? [], parse.GetValue(format) ?? "text", CommonOptions.DayOf(parse.GetValue(asOf), context), style);
        });
        return command;
    }

    private static int Execute(CliContext context, string? project, string[] kinds, string format, DateOnly asOf, TextStyle style)
    {
        foreach (var kind in kinds.Where(kind => !AssumptionGuide.All.Any(guide => guide.Word == kind)))
        {
            throw new UsageException($"there is no kind of assumption `{kind}`", Suggestions.DidYouMean(kind, AssumptionGuide.All.Select(guide => guide.Word)) ?? "`docs/assumptions.md` lists the kinds");
        }

        var diagnostics = new DiagnosticBag();
        var pipeline = context.Pipeline.Value;
        if (pipeline.Load(ProjectFolder.Find(project, context.WorkingDirectory), diagnostics) is not { } loaded || diagnostics.HasErrors)
        {
            return AnalysedProject.Print(diagnostics, format == "json", style, context);
        }

        var compilation = pipeline.Compile(loaded with { Proves = false }, asOf, context.Cancellation);
        if (compilation.HasErrors)
        {
            diagnostics.AddRange(compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            return AnalysedProject.Print(diagnostics, format == "json", style, context);
        }

        var wanted = kinds.Length == 0 ? compilation.Assumptions : [.. compilation.Assumptions.Where(a => kinds.Contains(AssumptionGuide.Of(a.Kind).Word, StringComparer.Ordinal))];
        AssumptionList.Write(wanted, format, style, context.Output);
        return ExitCodes.Fine;
    }
}
