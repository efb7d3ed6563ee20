using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Cli.Commands;

/// <summary>
/// A question in the words of the language. It is read as the only expectation of a test that stands beside the policy, so that the names, verbs and selectors in it mean what they mean there.
/// </summary>
internal sealed class QuestionText
{
    private const string Head = "test \"question\" { expect ";
    private const string Nobody = "somebody@question.invalid";

    private readonly string _phrase;
    private readonly int _added;

    private QuestionText(string phrase, string expectation, int added)
    {
        _phrase = phrase;
        _added = added;
        Source = new SourceText("question", Head + expectation + " }");
    }

    /// <summary>The text beside the policy.</summary>
    public SourceText Source { get; }

    /// <summary>Reads <c>WHO [can] VERBS RESOURCES on …</c>.</summary>
    public static QuestionText OfSomebody(IReadOnlyList<string> words)
    {
        var phrase = Join(words);
        var end = EndOfNames(phrase);
        var rest = phrase[end..].TrimStart();
        if (end == 0 || rest.Length == 0)
        {
            throw new UsageException("the question is not complete", "write `policyc can WHO VERB RESOURCE on CLUSTER`, such as `policyc can sre read secrets on prod`, or `policyc can WHO reach CLUSTER`");
        }

        var says = rest == "can" || rest.StartsWith("can ", StringComparison.Ordinal);
        return new QuestionText(phrase, says ? phrase : $"{phrase[..end]} can {rest}", says ? 0 : "can ".Length);
    }

    /// <summary>Reads <c>can VERBS RESOURCES on …</c>, which asks for everybody.</summary>
    /// <param name="words">The words behind <c>who</c>.</param>
    public static QuestionText OfEverybody(IReadOnlyList<string> words)
    {
        var phrase = Join(words);
        if (!phrase.StartsWith("can ", StringComparison.Ordinal))
        {
            throw new UsageException("the question is not complete", "write `policyc who can VERB RESOURCE on CLUSTER`, such as `policyc who can read secrets on prod`, or `policyc who can reach CLUSTER`");
        }

        // As a denial, which is about any one of the rights: whoever has a part of them is in the answer.
        return new QuestionText(phrase, $"{Nobody} cannot {phrase["can ".Length..]}", Nobody.Length + 1 + "not".Length);
    }

    /// <summary>The question, bound.</summary>
    public Expectation In(PolicyModel policy)
        => policy.Tests.First(t => t.Location.Source == Source).Expectations is [var only] ? only : throw new UsageException("one question at a time", "quote names that are words of the language");

    /// <summary>A finding in the question as a mistake of the command line.</summary>
    public UsageException ToUsage(Diagnostic finding)
    {
        var column = Math.Max(0, (finding.Location?.Span.Start ?? 0) - Head.Length - _added);
        var place = column > 0 && column < _phrase.Length ? $" (at `{_phrase[column..].Split(' ')[0]}`)" : "";
        return new UsageException(finding.Message + (finding.Message.Contains('`', StringComparison.Ordinal) ? "" : place), finding.Help);
    }

    // A shell takes the quotes away that URLs and object names need.
    private static string Join(IReadOnlyList<string> words)
    {
        var result = new List<string>();
        var isName = false;
        foreach (var word in words.Count == 1 ? [words[0]] : words)
        {
            var isQuoted = word.Contains('"', StringComparison.Ordinal);
            result.Add(!isQuoted && words.Count > 1 && ((word.StartsWith('/') && !word.Contains(' ', StringComparison.Ordinal)) || (isName && !word.StartsWith('['))) ? Quote(word) : word);
            isName = word == "named" || (isName && word.EndsWith(','));
        }

        return string.Join(' ', result).Trim();

        static string Quote(string word) => word.EndsWith(',') ? $"\"{word[..^1]}\"," : $"\"{word}\"";
    }

    // The end of a comma list of names.
    private static int EndOfNames(string phrase)
    {
        var i = 0;
        while (true)
        {
            while (i < phrase.Length && phrase[i] is not (' ' or ','))
            {
                i++;
            }

            var next = i;
            while (next < phrase.Length && phrase[next] == ' ')
            {
                next++;
            }

            if (next == phrase.Length || phrase[next] != ',')
            {
                return i;
            }

            i = next + 1;
            while (i < phrase.Length && phrase[i] == ' ')
            {
                i++;
            }
        }
    }
}
