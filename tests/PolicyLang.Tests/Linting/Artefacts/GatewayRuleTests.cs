using System.Diagnostics;
using System.Text;
using CsCheck;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Linting.Artefacts;

/// <summary>No Gateway rule, however strange, makes a lint rule fail or take long.</summary>
public sealed class GatewayRuleTests
{
    private static readonly string[] Pieces =
    [
        "net.dst.ip", "net.dst.port", "net.sni.host", "net.sni.domains[*]", "identity.email", "identity.groups.name[*]", "identity.groups[*].name", "device_posture.checks.passed[*]",
        " in ", "{", "}", " == ", " != ", " matches ", " contains ", "\\\"a.b\\\"", "\\\"", "any(", "all(", "not(", "(", ")", " and ", " or ", "10.0.0.0/8", "2001:db8::/32", "198.51.100", "443", "0443", "1-2",
        "1..2", "$", "$0130295149f947c9a4000297e60b6a10", "${var.x}", "${", "\\\\.", "[", "]", ",", "'", "|", "é", "x", " ",
    ];

    [Fact]
    public void No_expression_makes_a_rule_fail()
    {
        var expression = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 14].Select(string.Concat);
        var rule = Gen.Select(expression, expression, expression, Gen.OneOf("allow", "block", "off"), Gen.OneOf("l4", "http", "dns"), Gen.Int[-2, 3], (traffic, identity, posture, action, filter, number) =>
            $"name = \"r\"\n enabled = true\n action = \"{action}\"\n filters = [\"{filter}\"]\n precedence = {number}\n traffic = \"{traffic}\"\n identity = \"{identity}\"\n device_posture = \"{posture}\"\n");
        rule.Array[1, 4].Sample(
            rules =>
            {
                var text = new StringBuilder();
                foreach (var (body, i) in rules.Select((body, i) => (body, i)))
                {
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"resource \"cloudflare_zero_trust_gateway_policy\" \"r{i}\" {{\n {body}}}\n");
                }

                Lint(text.ToString());
            },
            iter: 3_000);
    }

    [Theory]
    [InlineData("not ", "net.dst.port == 1", "")]
    [InlineData("(", "net.dst.port == 1", ")")]
    [InlineData("", "net.dst.port == 1", " or net.dst.port == 1 and net.dst.ip in {10.0.0.0/8}")]
    [InlineData("", "net.sni.host matches \\\"a.b", "|a.b")]
    public void Long_expressions_take_no_longer_than_their_length(string before, string middle, string after)
    {
        var expression = new StringBuilder().Insert(0, before, 20_000).Append(middle).Append(new StringBuilder().Insert(0, after, 20_000)).ToString();
        var watch = Stopwatch.StartNew();
        Lint($"resource \"cloudflare_teams_rule\" \"r\" {{\n enabled = true\n action = \"allow\"\n filters = [\"l4\"]\n traffic = \"{expression}\"\n}}\n");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    private static void Lint(string text)
    {
        foreach (var finding in Linter.LintArtefacts([new SourceText("gateway.tf", text)], path => new LintScope(LintRun.AllRules, path)).Findings)
        {
            Assert.True(finding.Location!.Span.End <= text.Length, finding.Message);
        }
    }
}
