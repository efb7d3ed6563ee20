using System.CommandLine;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Commands;

/// <summary>What a question is asked with.</summary>
/// <param name="Words">The words of the question.</param>
/// <param name="Project">The project folder; absent for the one around the working directory.</param>
/// <param name="Format"><c>text</c>, <c>json</c> or <c>csv</c>.</param>
/// <param name="Strict">Whether an answer that rests on assumptions is refused.</param>
/// <param name="Indirect">Whether to follow rights that lead to others.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Color">When to colour.</param>
/// <param name="Artefacts">Which artefacts the question is about, if any.</param>
internal sealed record QuestionArguments(IReadOnlyList<string> Words, string? Project, string Format, bool Strict, bool Indirect, DateOnly AsOf, ColorMode Color, ArtefactArguments Artefacts);

/// <summary><c>policyc can</c>, <c>who</c> and <c>why</c>: their options.</summary>
internal static class QuestionCommands
{
    /// <summary>The name of the argument that is no folder.</summary>
    public const string QuestionArgument = "QUESTION";

    /// <summary>Creates <c>policyc can</c>.</summary>
    public static Command CreateCanCommand(CliContext context) => Create(
        "can",
        "Say whether somebody can do something, by what the policy gives. Exit status 0 means yes, 1 no or only partly.",
        "WHO VERB RESOURCE on CLUSTERS [in NAMESPACES] [via PATHS] [when POSTURES], or WHO reach CLUSTERS: the words of an expectation",
        false,
        ["text", "json", "csv"],
        arguments => new CanRun(context, arguments).Execute(),
        context,
        new CommandExample("policyc can sre create pods/exec on prod-tokyo in payments via teleport", "one right of somebody in a group"),
        new CommandExample("policyc can alice@acme.com read secrets on all clusters", "a person, with all that the policy says of them"),
        new CommandExample("policyc can payments reach prod-tokyo when managed", "any right at all, on a device that passes a check"));

    /// <summary>Creates <c>policyc who</c>.</summary>
    public static Command CreateWhoCommand(CliContext context) => Create(
        "who",
        "List who can do something, or any part of it, and by which rule.",
        "can VERB RESOURCE on CLUSTERS [in NAMESPACES] [via PATHS] [when POSTURES], or can reach CLUSTERS",
        true,
        ["text", "json", "csv"],
        arguments => new WhoRun(context, arguments).Execute(),
        context,
        new CommandExample("policyc who can read secrets on production", "everybody who reads some secret there"),
        new CommandExample("policyc who can reach prod-tokyo --format csv", "for a review of access in a spreadsheet"),
        new CommandExample("policyc who can read secrets on prod-tokyo --export prod-tokyo=rbac.yaml", "by the bindings that the cluster has now"),
        new CommandExample("policyc who can read secrets on production --indirect", "those too who can give themselves that right, or run code as somebody else"));

    /// <summary>Creates <c>policyc why</c>.</summary>
    public static Command CreateWhyCommand(CliContext context) => Create(
        "why",
        "Show how somebody comes to a right: from the rule by way of the other systems to the API server. With `not`, what is missing.",
        "[not] WHO can VERB RESOURCE on CLUSTERS [in NAMESPACES] [via PATHS] [when POSTURES]",
        false,
        ["text", "json"],
        arguments => new WhyRun(context, arguments).Execute(),
        context,
        new CommandExample("policyc why sre can exec pods on prod-tokyo via teleport", "the chain for one path"),
        new CommandExample("policyc why not payments can exec pods on prod-tokyo in kube-system", "which link is missing"));

    private static DocumentedCommand Create(
        string name,
        string description,
        string phrase,
        bool hasIndirect,
        string[] formats,
        Func<QuestionArguments, int> run,
        CliContext context,
        params CommandExample[] examples)
    {
        var words = new Argument<string[]>(QuestionArgument) { Arity = ArgumentArity.OneOrMore, Description = phrase };
        var project = new Option<string?>("--project") { HelpName = "DIR", Description = "The folder of the project; without it, as for build" };
        var format = new ChoiceOption("--format", [.. formats]) { Description = "How the answer is printed" };
        var strict = new Option<bool>("--strict") { Description = "Refuse an answer that rests on assumptions: exit status 1" };
        var indirect = new Option<bool>("--indirect") { Description = "Follow rights that give others, such as impersonate, and code that runs as a service account" };
        var asOf = CommonOptions.AsOf();
        var color = CommonOptions.Color();
        var artefacts = new ArtefactOptions();
        var command = new DocumentedCommand(name, description, [.. examples]) { words, project, format, strict, asOf, color };
        if (hasIndirect)
        {
            command.Options.Add(indirect);
        }

        artefacts.AddTo(command);
        command.SetAction(parse => run(new QuestionArguments(
            parse.GetValue(words) ?? [],
            parse.GetValue(project),
            parse.GetValue(format) ?? "text",
            parse.GetValue(strict),
            hasIndirect && parse.GetValue(indirect),
            CommonOptions.DayOf(parse.GetValue(asOf), context),
            CommonOptions.ModeOf(parse.GetValue(color)),
            artefacts.In(parse))));
        return command;
    }
}
