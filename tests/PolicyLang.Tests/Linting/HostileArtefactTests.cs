using System.Text;
using CsCheck;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>No text makes the linter fail: examples of all rules, cut, doubled and stirred.</summary>
public sealed class HostileArtefactTests
{
    private static readonly RuleExample[] Examples =
    [
        .. Linter.Rules.Where(rule => rule.System != RuleSystem.Policy).SelectMany(rule => new[] { rule.Avoid, rule.Prefer }),
    ];

    private static readonly string[] Pieces = ["", "{", "}", "[", "]", "\"", ":", ",", "- ", "\n", "*", "&a ", "*a", "<<: *a", "!!x ", "|\n", "${", "<<EOF\n", "//", "/*", "#", "\u0000", "\uD800", "null", "~", "1e999", "{{", "---\n", "[[[[[[[[", "kind: "];

    [Fact]
    public void Any_text_is_linted_without_failing()
        => Gen.Select(Gen.Int[0, Examples.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, Pieces.Length - 1]).Array[0, 6]).Sample(
            (index, edits) =>
            {
                var text = new StringBuilder(Examples[index].Text);
                foreach (var (at, length, piece) in edits)
                {
                    var start = (int)(at * text.Length);
                    var end = Math.Min(text.Length, start + (int)(length * length * length * 40));
                    text.Remove(start, end - start).Insert(start, Pieces[piece]);
                }

                var findings = LintRun.Lint([new RuleExample(Examples[index].FileName, text.ToString())]);
                return findings.All(finding => finding.Location is not { } location || (location.Span.Start >= 0 && location.Span.End <= location.Source.Text.Length));
            },
            iter: 4000);

    [Theory]
    [InlineData("deep.yaml", "[", 100_000)]
    [InlineData("deep.json", "[", 100_000)]
    [InlineData("deep.tf", "a {\n", 50_000)]
    [InlineData("deep.tf", "a = [", 50_000)]
    [InlineData("wide.yaml", "- {kind: Group, name: a}\n", 50_000)]
    [InlineData("wide.tf", "resource \"x\" \"y\" {\n}\n", 20_000)]
    [InlineData("long.yaml", "a: \"b\"  # policyc: ignore x because \"y\"\n", 20_000)]
    public void Large_and_deep_texts_take_work_in_proportion(string file, string piece, int times)
        => AllocatedWork.AssertGrowsWithTheInput(times, size =>
        {
            var text = string.Concat(Enumerable.Repeat(piece, size));
            return () => LintRun.Lint([new RuleExample(file, text)]);
        });

    [Fact]
    public void An_alias_cannot_stand_for_more_than_memory_holds()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var found = Assert.Single(LintRun.Lint([new RuleExample("bomb.yaml", bomb.ToString())]));
        Assert.Equal(("too-many-values", DiagnosticSeverity.Error), (found.Code, found.Severity));
    }
}
