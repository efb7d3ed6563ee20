using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Syntax;
using PolicyLang.Syntax.Generated;
using PolicyLang.Tests.EndToEnd;
using PolicyLang.Tests.Support;
using PolicyLang.Tests.Syntax;
using Xunit;

namespace PolicyLang.Tests.Formatting;

/// <summary>What must hold for every text, however it is laid out.</summary>
public sealed partial class FormattingProperty
{
    private static readonly string[] s_gaps = [" ", " ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\n\n\n  ", " # a comment\n", "\n# a comment of its own\n", "\n\n  # after a blank line\n\n", " #\r\n#b\n"];

    [Fact]
    public void A_random_policy_keeps_its_words_and_comments_and_is_formatted_once()
        => RandomPolicyText.Statements.Sample(
            statements => { Check(string.Join('\n', statements)); },
            iter: 2_000);

    [Fact]
    public void A_random_policy_with_any_layout_keeps_its_words_and_comments()
    {
        var valid = 0;
        var gaps = Gen.Frequency((6, Gen.Const(" ")), (1, Gen.Int[0, s_gaps.Length - 1].Select(i => s_gaps[i]))).Array[256];
        Gen.Select(RandomPolicyText.Statements, gaps).Sample(
            (statements, random) =>
            {
                if (Check(Scatter(string.Join('\n', statements), random)))
                {
                    Interlocked.Increment(ref valid);
                }
            },
            iter: 4_000);

        // A line break can turn a word of another system into the beginning of a statement; most texts have none in such a place.
        Assert.True(valid > 1_000, $"only {valid} texts were without mistakes");
    }

    [Fact]
    public void White_space_within_lines_does_not_matter()
        => Gen.Select(RandomPolicyText.Statements, Gen.OneOf(Gen.Const(" "), Gen.Const("   "), Gen.Const("\t")).Array[64]).Sample(
            (statements, random) =>
            {
                var text = string.Join('\n', statements);
                Assert.Equal(Format(text).Text, Format(Scatter(text, random)).Text);
            },
            iter: 1_000);

    [Fact]
    public void The_order_of_clauses_does_not_matter()
    {
        string[] clauses = [" via tailscale", " when managed", " until 2030-01-31", " because \"x\""];
        Gen.Shuffle(clauses).Sample(order => Assert.Equal(
            "allow sre as view on prod cluster-wide via tailscale when managed until 2030-01-31 because \"x\"\n",
            Format("allow sre as view on prod cluster-wide" + string.Concat(order)).Text));
    }

    [Fact]
    public void No_line_that_could_be_broken_is_too_long_and_none_ends_in_white_space()
        => RandomPolicyText.Statements.Sample(
            statements =>
            {
                var text = Format(string.Join('\n', statements)).Text ?? "";
                Assert.EndsWith("\n", text, StringComparison.Ordinal);
                Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
                Assert.DoesNotContain('\t', text);
                Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
            },
            iter: 1_000);

    [Fact]
    public void Any_damage_to_a_text_gives_its_mistakes_or_the_layout()
    {
        var sample = SampleFiles.Read("design-sample.policy");
        foreach (var mutation in PolicyMutations.DeleteEachToken(sample).Concat(PolicyMutations.DeleteEachLine(sample)))
        {
            Check(mutation.Text);
        }

        Gen.Int[0, sample.Length].Sample(length => { Check(sample[..length]); }, iter: 500);
    }

    [Fact]
    public void Any_text_gives_findings_or_the_layout()
    {
        Gen.String[Gen.Char, 0, 200].Sample(text => { Check(text); }, iter: 2_000);
        Gen.String[Gen.Char, 0, 200].Sample(text => HuJsonFileFormatter.Format(new SourceText("any.hujson", text)) is { Text: not null } or { Diagnostics.IsEmpty: false }, iter: 2_000);
    }

    [Theory]
    [InlineData("allow a as b on c cluster-wide via d because \"x\" # y\n")]
    [InlineData("group a { b = [c, d]  e { f = g } }\n")]
    [InlineData("# a\n\n")]
    [InlineData("allow a, # b\n c as d on e cluster-wide\n")]
    public void Work_grows_with_the_length_only(string piece)
        => AllocatedWork.AssertGrowsWithTheInput(500, pieces =>
        {
            var source = new SourceText("long.policy", string.Concat(Enumerable.Repeat(piece, pieces)));
            return () => Assert.NotNull(PolicyFormatter.Format(source).Text);
        });

    [Theory]
    [InlineData("group a { x = [", "b, ", "b] }")]
    [InlineData("allow ", "b, ", "b as c on d cluster-wide")]
    [InlineData("fleet a = clusters where ", "b = c and ", "has d")]
    [InlineData("group a { ", "b = c ", "}")]
    public void Work_on_one_statement_grows_with_its_length_only(string start, string piece, string end)
        => AllocatedWork.AssertGrowsWithTheInput(2_000, pieces =>
        {
            var source = new SourceText("long.policy", start + string.Concat(Enumerable.Repeat(piece, pieces)) + end);
            return () => Assert.NotNull(PolicyFormatter.Format(source).Text);
        });

    [Fact]
    public void Formatting_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => PolicyFormatter.Format(new SourceText("a.policy", "default via a"), stop.Token));
    }

    [Fact]
    public void The_examples_and_the_starter_project_are_formatted()
    {
        var files = Directory.GetFiles(Repository.Path("examples"), "*.policy", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length > 30);
        Assert.All(files, file => Assert.Equal(Format(File.ReadAllText(file)).Text, File.ReadAllText(file)));
        Assert.All(
            PolicyLang.Cli.Commands.StarterProject.Files.Where(file => FileFormatter.IsPolicy(file.Name)),
            file => Assert.Equal(Format(file.Content).Text, file.Content));
    }

    [Fact]
    public void The_page_of_the_layout_shows_the_layout()
    {
        var blocks = PolicyBlock().Matches(Repository.Read("docs", "formatting.md"));
        Assert.True(blocks.Count > 5);
        Assert.All(blocks.Select(block => block.Groups["text"].Value), text => Assert.Equal(Format(text).Text, text));
    }

    /// <summary>Whether a text is without mistakes; if it is, what becomes of it says the same, by a comparison of this test's own.</summary>
    private static bool Check(string text)
    {
        var source = new SourceText("any.policy", text);
        var result = PolicyFormatter.Format(source);
        var mistakes = SyntaxTree.Parse(source).Diagnostics;
        if (!mistakes.IsEmpty)
        {
            Assert.Equal(mistakes.Select(d => $"{d.Code} {d.Location} {d.Message}"), result.Diagnostics.Select(d => $"{d.Code} {d.Location} {d.Message}"));
            Assert.Null(result.Text);
            return false;
        }

        Assert.True(result.Text is not null, string.Join('\n', result.Diagnostics.Select(d => d.Message).Append(text)));
        Assert.Equal(Format(result.Text).Text, result.Text);
        Assert.Equal(Words(text), Words(result.Text));
        Assert.Equal(Comments(text), Comments(result.Text));
        return true;
    }

    private static FormattedText Format(string text) => PolicyFormatter.Format(new SourceText("any.policy", text));

    // In order, but for clauses, which stand at the end of their statement.
    private static string Words(string text)
    {
        var words = new StringBuilder();
        var clauses = new SortedDictionary<int, string>();
        var clause = -1;
        foreach (var token in PolicyTokens.Read(new SourceText("any.policy", text), CancellationToken.None).Tokens)
        {
            var order = Array.IndexOf([PolicyParser.VIA, PolicyParser.WHEN, PolicyParser.UNTIL, PolicyParser.BECAUSE], token.Type);
            var goesOn = clause >= 0 && (token.Type is PolicyParser.WORD or PolicyParser.STRING or PolicyParser.COMMA or PolicyParser.AND);
            if (order < 0 && !goesOn)
            {
                words.AppendJoin(' ', clauses.Values).Append(' ');
                clauses.Clear();
                clause = -1;
            }

            clause = order >= 0 ? order : clause;
            if (token.Type == PolicyParser.COMMA)
            {
                continue;
            }

            if (clause < 0)
            {
                words.Append(token.Text).Append(' ');
            }
            else
            {
                clauses[clause] = clauses.GetValueOrDefault(clause) + token.Text + " ";
            }
        }

        return string.Join(' ', words.AppendJoin(' ', clauses.Values).ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string[] Comments(string text)
    {
        var source = new SourceText("any.policy", text);
        return [.. PolicyTokens.Read(source, CancellationToken.None).Comments.Select(span => text.Substring(span.Start, span.Length).TrimEnd())];
    }

    private static string Scatter(string text, string[] gaps)
    {
        var scattered = new StringBuilder();
        var gap = 0;
        foreach (var line in text.Split('\n'))
        {
            foreach (var token in PolicyTokens.Read(new SourceText("line.policy", line), CancellationToken.None).Tokens)
            {
                scattered.Append(token.Text).Append(gaps[gap++ % gaps.Length]);
            }

            scattered.Append('\n');
        }

        return scattered.ToString();
    }

    [GeneratedRegex("^```policy\\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PolicyBlock();
}
