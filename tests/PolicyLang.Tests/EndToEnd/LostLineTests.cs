using System.Collections.Concurrent;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>
/// A merge that loses a line must not widen access unseen. The design's sample is written with one clause, setting or item a line, each line is lost in turn, and what is
/// then no error stands with a judgement in <c>judged-lost-lines.txt</c>. <c>POLICYC_UPDATE</c> writes the list anew, as for lost words.
/// </summary>
public sealed class LostLineTests
{
    private const string Unjudged = "TO JUDGE";
    private const string Separator = "  # ";

    private static readonly string s_listPath = Repository.Path("tests", "PolicyLang.Tests", "EndToEnd", "judged-lost-lines.txt");
    private static readonly string s_lines = OneClauseALine(DesignSample.Policy);

    [Fact]
    public void The_sample_with_one_clause_a_line_is_the_same_policy()
        => Assert.Equal(ExampleProject.OutputsOf(DesignSample.Compile(DesignSample.Policy)), ExampleProject.OutputsOf(DesignSample.Compile(s_lines)));

    [Fact]
    public void Each_lost_line_is_an_error_or_judged()
    {
        var unseen = new ConcurrentBag<string>();
        var lines = s_lines.Split('\n');
        Parallel.For(0, lines.Length, i =>
        {
            if (lines[i].Length > 0 && !DesignSample.Compile(string.Join('\n', lines.Where((_, index) => index != i))).HasErrors)
            {
                unseen.Add($"{Array.FindLast(lines[..(i + 1)], line => line.Length > 0 && line[0] != ' ')} … {lines[i].Trim()}");
            }
        });

        var names = unseen.Order(StringComparer.Ordinal).ToArray();
        var judged = Judged();
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllLines(s_listPath, names.Select(name => name + Separator + judged.GetValueOrDefault(name, Unjudged)));
        }

        Assert.Equal(judged.Keys.Order(StringComparer.Ordinal), names);
        Assert.DoesNotContain(Unjudged, judged.Values);
    }

    [Theory]
    [InlineData("as ")]
    [InlineData("on ")]
    [InlineData("in ")]
    [InlineData("cluster-wide")]
    public void No_part_of_a_rules_head_gets_lost_unseen(string part)
    {
        Assert.Contains("\n  " + part, s_lines, StringComparison.Ordinal);
        Assert.DoesNotContain(Judged().Keys, name => name.StartsWith("allow ", StringComparison.Ordinal) && name.Split(" … ")[1].StartsWith(part, StringComparison.Ordinal));
    }

    [Fact]
    public void No_guard_gets_lost_with_a_line_of_it()
        => Assert.DoesNotContain(Judged().Keys, name => name.StartsWith("only ", StringComparison.Ordinal) || name.StartsWith("never ", StringComparison.Ordinal) || name.StartsWith("assume ", StringComparison.Ordinal));

    // A clause or an item begins a line; what a statement holds is indented.
    private static string OneClauseALine(string policy)
    {
        string[] clauses = ["as", "on", "in", "cluster-wide", "via", "when", "until", "because", "can", "include", "expect"];
        var tokens = PolicyTokens.Read(new SourceText("sample.policy", policy), CancellationToken.None);
        var text = new StringBuilder();
        var (depth, brackets) = (0, 0);
        for (var i = 0; i < tokens.Tokens.Length; i++)
        {
            string At(int index) => index >= 0 && index < tokens.Tokens.Length ? tokens.Tokens[index].Text : "";
            var token = At(i);
            depth -= token == "}" ? 1 : 0;
            var isStatement = depth == 0 && token != "}" && tokens.IsFirstOnLine(i);
            var isSetting = depth > 0 && brackets == 0 && At(i - 1) is "{" or "}" || (depth > 0 && brackets == 0 && At(i + 1) is "=" or "{" && At(i - 1) is not "where");
            var isClause = brackets == 0 && clauses.Contains(token, StringComparer.Ordinal) && At(i - 1) is not "=" and not "expect" && !(At(i - 2) == "expect" && token == "can");
            var isItem = brackets > 0 && At(i - 1) is "[" or ",";
            text.Append(i == 0 ? "" : isStatement ? "\n" : isSetting || isClause || isItem || token == "}" ? "\n" + new string(' ', 2 * Math.Max(1, depth + brackets + (token == "}" ? 1 : 0))) : " ").Append(token);
            depth += token == "{" ? 1 : 0;
            brackets += token == "[" ? 1 : token == "]" ? -1 : 0;
        }

        return text.Append('\n').ToString();
    }

    private static Dictionary<string, string> Judged()
        => (File.Exists(s_listPath) ? File.ReadAllLines(s_listPath) : [])
            .Select(line => (Line: line, At: line.LastIndexOf(Separator, StringComparison.Ordinal)))
            .Where(line => line.At > 0)
            .ToDictionary(line => line.Line[..line.At], line => line.Line[(line.At + Separator.Length)..], StringComparer.Ordinal);
}
