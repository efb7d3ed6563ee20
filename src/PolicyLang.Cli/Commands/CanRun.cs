using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;
using PolicyLang.Semantics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc can</c>.</summary>
internal sealed class CanRun(CliContext context, QuestionArguments arguments)
{
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Answers.</summary>
    /// <returns>The exit status: fine only for yes.</returns>
    public int Execute()
    {
        var question = QuestionText.OfSomebody(arguments.Words);
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

        ImmutableArray<SubjectAnswer> answers = [.. Questions(question.In(policy)).Select(asked => SubjectAnswer.Of(asked, access, source))];
        var isRefused = arguments.Strict && answers.Any(a => !a.Assumptions.IsEmpty);
        switch (arguments.Format)
        {
            case "json":
                AnswerJson.Write(answers, isRefused, context.Output);
                break;
            case "csv":
                AnswerCsv.Write(answers, context.Output);
                break;
            default:
                new AnswerReport(_style, context.Output).Write(answers, isRefused);
                break;
        }

        return !isRefused && answers.All(a => a.Answer.Extent == Extent.Full) ? ExitCodes.Fine : ExitCodes.Findings;
    }

    /// <summary>One question a subject.</summary>
    public static IEnumerable<AccessQuestion> Questions(Expectation asked)
        => asked.IsAllowed
            ? asked.Subjects.Select(who => new AccessQuestion(who, asked.Rights, asked.Places, asked.Paths, asked.Condition))
            : throw new UsageException("a question asks what somebody can do", "write `can`, and take `no` for an answer");
}

/// <summary>The answer for one subject.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Assumptions">What it rests on.</param>
internal sealed record SubjectAnswer(AccessQuestion Question, AccessAnswer Answer, ImmutableArray<string> Assumptions)
{
    /// <summary>Asks.</summary>
    public static SubjectAnswer Of(AccessQuestion question, Access.AccessModel access, IAccessSource source)
    {
        var answer = AccessQuery.Ask(question, source);
        return new SubjectAnswer(question, answer, AnswerAssumptions.Of(question, answer, access, source));
    }
}
