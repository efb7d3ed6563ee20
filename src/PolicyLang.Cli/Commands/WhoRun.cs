using PolicyLang.Cli.Rendering;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc who</c>.</summary>
internal sealed class WhoRun(CliContext context, QuestionArguments arguments)
{
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Answers.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        var question = QuestionText.OfEverybody(arguments.Words);
        var (project, status) = AnalysedProject.Load(arguments.Project, arguments.AsOf, question, arguments.Format == "json", _style, context);
        if (project is not var (_, policy, access))
        {
            return status;
        }

        var (source, sourceStatus) = project.SourceOf(arguments.Artefacts, arguments.AsOf, arguments.Format == "json", _style, context);
        if (source is null)
        {
            return sourceStatus;
        }

        var asked = question.In(policy);
        var rows = WhoQuery.Ask(asked.Rights, asked.Places, asked.Paths, asked.Condition.IsAlways ? null : asked.Condition, arguments.Indirect, source);
        var assumptions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            AnswerAssumptions.AddOf(row.Entitlement, row.Paths, aboutMembers: true, access, assumptions);
        }

        var isRefused = arguments.Strict && assumptions.Count > 0;
        switch (arguments.Format)
        {
            case "json":
                AnswerJson.Write(rows, [.. assumptions], isRefused, context.Output);
                break;
            case "csv":
                AnswerCsv.Write(rows, context.Output);
                break;
            default:
                new AnswerReport(_style, context.Output).Write(rows, [.. assumptions], isRefused);
                break;
        }

        return isRefused ? ExitCodes.Findings : ExitCodes.Fine;
    }
}
