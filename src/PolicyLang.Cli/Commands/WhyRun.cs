using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc why</c>.</summary>
internal sealed class WhyRun(CliContext context, QuestionArguments arguments)
{
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Answers.</summary>
    /// <returns>The exit status: fine when the answer is what the question takes for granted.</returns>
    public int Execute()
    {
        var isNot = arguments.Words is ["not", ..] || (arguments.Words is [var only] && only.StartsWith("not ", StringComparison.Ordinal));
        var question = QuestionText.OfSomebody(!isNot ? arguments.Words : arguments.Words.Count > 1 ? [.. arguments.Words.Skip(1)] : [arguments.Words[0]["not ".Length..]]);
        var (project, status) = AnalysedProject.Load(arguments.Project, arguments.AsOf, question, arguments.Format == "json", _style, context);
        if (project is not var (loaded, policy, access))
        {
            return status;
        }

        var (source, sourceStatus) = project.SourceOf(arguments.Artefacts, arguments.AsOf, arguments.Format == "json", _style, context);
        if (source is null)
        {
            return sourceStatus;
        }

        ImmutableArray<SubjectAnswer> answers = [.. CanRun.Questions(question.In(policy)).Select(asked => SubjectAnswer.Of(asked, access, source))];

        // Places in the outputs are a help, so a policy whose outputs are refused is explained without them.
        var chain = new AccessChain(access, context.Pipeline.Value.Compile(loaded, arguments.AsOf, context.Cancellation).Outputs);
        ImmutableArray<WhyAnswer> whys = [.. answers.Select(a => WhyAnswer.Of(a, chain, source))];
        var isRefused = arguments.Strict && answers.Any(a => !a.Assumptions.IsEmpty);
        if (arguments.Format == "json")
        {
            AnswerJson.Write(whys, isRefused, context.Output);
        }
        else
        {
            new AnswerReport(_style, context.Output).Write(whys, isRefused);
        }

        return !isRefused && answers.All(a => (a.Answer.Extent == Extent.Full) != isNot) ? ExitCodes.Fine : ExitCodes.Findings;
    }
}

/// <summary>How one way leads to a right.</summary>
/// <param name="Place">Where.</param>
/// <param name="Path">The path.</param>
/// <param name="Links">The links of the chain.</param>
internal sealed record Way(PlaceAnswer Place, string Path, ImmutableArray<ChainLink> Links);

/// <summary>An answer with its reasons.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Ways">The ways that give all of it, or of a partial answer what there is.</param>
/// <param name="Missing">What is missing, place by place.</param>
/// <param name="OtherRules">Where nothing is given: the rules that reach these clusters, for others.</param>
internal sealed record WhyAnswer(SubjectAnswer Answer, ImmutableArray<Way> Ways, ImmutableArray<string> Missing, ImmutableArray<string> OtherRules)
{
    private const int MostRules = 5;

    /// <summary>Finds the reasons.</summary>
    public static WhyAnswer Of(SubjectAnswer answer, AccessChain chain, IAccessSource source)
    {
        var ways = ImmutableArray.CreateBuilder<Way>();
        var missing = ImmutableArray.CreateBuilder<string>();
        var asked = answer.Question;
        var memberships = source.Relations.MembershipsOf(asked.Who);
        foreach (var place in answer.Answer.Places)
        {
            foreach (var path in place.Paths.Where(p => p.Extent == Extent.Full || place.Extent != Extent.Full))
            {
                foreach (var entitlement in path.By)
                {
                    var right = asked.Rights is { } rights ? AccessQuery.OneOf(entitlement, rights) : null;
                    ways.Add(new Way(place, path.Path.Name, chain.Of(asked.Who, entitlement, path.Path, place.Namespace, right)));
                }
            }

            if (place.Extent != Extent.Full)
            {
                missing.AddRange(MissingOf(place, asked, source.On(place.Cluster).Where(e => memberships.Contains(e.Holder)).ToArray()));
            }
        }

        string[] others = answer.Answer.Extent != Extent.None ? []
            : [.. asked.Places.SelectMany(p => source.On(p.Cluster)).Where(e => asked.Rights is null || AccessQuery.OneOf(e, asked.Rights) is not null).Select(e => AnswerText.RuleOf(e.Rule)).Distinct().Take(MostRules)];
        return new WhyAnswer(answer, ways.ToImmutable(), missing.ToImmutable(), [.. others]);
    }

    private static IEnumerable<string> MissingOf(PlaceAnswer place, AccessQuestion asked, Entitlement[] held)
    {
        var where = AnswerText.PlaceOf(place);
        if (held.Length == 0)
        {
            yield return $"{where}: no rule gives `{asked.Who.Name}` anything there";
            yield break;
        }

        foreach (var path in asked.Paths ?? [])
        {
            if (!place.Cluster.Paths.ContainsKey(path.Name))
            {
                yield return $"{where}: the cluster does not declare path `{path.Name}`";
            }
            else if (!held.Any(e => e.Paths.Contains(path)))
            {
                yield return $"{where}: no rule lets `{asked.Who.Name}` come via `{path.Name}`, only via {string.Join(", ", held.SelectMany(e => e.Paths).Select(p => p.Name).Distinct().Order(StringComparer.Ordinal).Select(p => $"`{p}`"))}";
            }
        }

        if (place.Paths.Any(p => !p.Limits.IsEmpty))
        {
            foreach (var shortfall in AnswerText.Shortfalls(place))
            {
                yield return shortfall;
            }
        }
        else if (asked.Paths is null || held.Any(e => asked.Paths.Value.Any(e.Paths.Contains)))
        {
            yield return $"{where}: none of the roles that `{asked.Who.Name}` has there ({string.Join(", ", held.Select(e => e.RoleName).Distinct().Select(r => $"`{r}`"))}) gives this right";
        }
    }
}
