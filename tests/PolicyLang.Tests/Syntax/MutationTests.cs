using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Syntax;

/// <summary>A lost word or line gives one message and takes nothing along that stands elsewhere.</summary>
public sealed class MutationTests
{
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

    private static bool HasSyntaxErrors(string text) => !SyntaxTree.Parse(new SourceText("mutated.policy", text)).Diagnostics.IsEmpty;

    private static HashSet<string> Scopes(string text)
        => [.. SyntaxTree.Parse(new SourceText("lines.policy", text)).Statements.OfType<AllowSyntax>().Select(rule => Squeeze(rule.Head.Text))];

    private static HashSet<string> Statements(string text)
        => [.. SyntaxTree.Parse(new SourceText("lines.policy", text)).Statements.Select(statement => Squeeze(statement.Location.Text))];

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
