using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Syntax;

/// <summary>
/// No small accident changes a policy unseen: each lost word and each swap in the sample is an error, or stands with a judgement in
/// <c>judged-mutations.txt</c>. With the environment variable <c>UPDATE_JUDGED_MUTATIONS</c> the list is written anew, and what is new
/// in it waits to be judged.
/// </summary>
public sealed class MutationTests
{
    private const string ListFile = "judged-mutations.txt";
    private const string Unjudged = "TO JUDGE";
    private const string Separator = "  # ";

    [Fact]
    public void Each_lost_word_and_each_swap_is_an_error_or_judged()
        => CheckAgainstList(SampleFiles.Read("design-sample.policy"), HasSyntaxErrors, SampleFiles.Path(ListFile));

    [Fact]
    public void Each_lost_word_and_each_swap_gives_one_message_for_each_damaged_line()
    {
        var sample = SampleFiles.Read("design-sample.policy");
        var chatty = PolicyMutations.DeleteEachToken(sample)
            .Concat(PolicyMutations.SwapNeighbours(sample))
            .Select(mutation => (mutation.Name, mutation.Lines, Codes: SyntaxTree.Parse(new SourceText("mutated.policy", mutation.Text)).Diagnostics.Select(d => d.Code).ToArray()))
            .Where(mutation => mutation.Codes.Length > mutation.Lines)
            .Select(mutation => $"{mutation.Name}: {string.Join(", ", mutation.Codes)}");
        Assert.Equal("", string.Join("\n", chatty));
    }

    [Fact]
    public void No_lost_line_takes_a_scope_along()
    {
        const string Rules = """
            allow sre
              as admin
              on all clusters
              cluster-wide
              because "INFRA-12"

            allow payments
              as oncall
              on production
              in payments,
                checkout
              via teleport
              when managed
              until 2026-12-31

            allow deployer
              as deploy
              on clusters where env = "prod"
              in namespaces where team = "payments"

            never contractors
              on production
            """;
        var original = Scopes(Rules);
        Assert.Equal(3, original.Count);
        foreach (var mutation in PolicyMutations.DeleteEachLine(Rules))
        {
            if (!HasSyntaxErrors(mutation.Text))
            {
                Assert.True(Scopes(mutation.Text).IsSubsetOf(original), $"{mutation.Name} changes a scope without an error");
            }
        }
    }

    [Fact]
    public void A_lost_line_of_the_sample_takes_no_other_statement_along()
    {
        var sample = SampleFiles.Read("design-sample.policy");
        var original = Statements(sample);
        foreach (var mutation in PolicyMutations.DeleteEachLine(sample))
        {
            if (HasSyntaxErrors(mutation.Text))
            {
                continue;
            }

            var added = Statements(mutation.Text).Except(original, StringComparer.Ordinal).ToArray();
            // Inside braces a line is an entry of its own, so that only its block changes.
            Assert.All(added, statement => Assert.Contains("{", statement, StringComparison.Ordinal));
            Assert.True(added.Length <= 1, mutation.Name);
        }
    }

    /// <summary>Holds the accidents that a check does not find against the judged list, or writes the list anew.</summary>
    internal static void CheckAgainstList(string sample, Func<string, bool> hasErrors, string listPath)
    {
        Assert.False(hasErrors(sample));
        var judged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.Exists(listPath) ? File.ReadAllLines(listPath) : [])
        {
            var separator = line.LastIndexOf(Separator, StringComparison.Ordinal);
            if (separator > 0)
            {
                judged[line[..separator]] = line[(separator + Separator.Length)..];
            }
        }

        var unseen = PolicyMutations.DeleteEachToken(sample)
            .Concat(PolicyMutations.SwapNeighbours(sample))
            .Where(mutation => !hasErrors(mutation.Text))
            .Select(mutation => mutation.Name)
            .ToArray();
        if (Environment.GetEnvironmentVariable("UPDATE_JUDGED_MUTATIONS") is not null)
        {
            File.WriteAllLines(listPath, unseen.Select(name => name + Separator + judged.GetValueOrDefault(name, Unjudged)));
        }

        Assert.Equal(judged.Keys.Order(StringComparer.Ordinal), unseen.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Unjudged, judged.Values);
    }

    private static bool HasSyntaxErrors(string text) => !SyntaxTree.Parse(new SourceText("mutated.policy", text)).Diagnostics.IsEmpty;

    private static HashSet<string> Scopes(string text)
        => [.. SyntaxTree.Parse(new SourceText("lines.policy", text)).Statements.OfType<AllowSyntax>().Select(rule => Squeeze(rule.Head.Text))];

    private static HashSet<string> Statements(string text)
        => [.. SyntaxTree.Parse(new SourceText("lines.policy", text)).Statements.Select(statement => Squeeze(statement.Location.Text))];

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
