using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Of files that are linted by their names, as hooks do it, the rest of the folder may be missing.</summary>
public sealed class NamedFileTests
{
    private const string Rule = "cloudflare-allow-without-block";

    private const string Allow = """
        resource "cloudflare_zero_trust_gateway_policy" "sre" {
          name     = "sre"
          enabled  = true
          action   = "allow"
          filters  = ["l4"]
          traffic  = "net.dst.ip in {198.51.100.7}"
          identity = "any(identity.groups.name[*] in {\"sre\"})"
        }

        """;

    private const string OtherBlock = """
        resource "cloudflare_zero_trust_gateway_policy" "other" {
          name    = "other"
          enabled = true
          action  = "block"
          filters = ["l4"]
          traffic = "net.dst.ip in {203.0.113.0/24}"
        }
        """;

    private const string OfApi = """
        {"result": [{"name": "sre", "action": "allow", "enabled": true, "filters": ["l4"], "traffic": "net.dst.ip in {198.51.100.7}", "identity": "any(identity.groups.name[*] in {\"sre\"})"}]}
        """;

    [Theory]
    [InlineData("main.tf", Allow, false, 1)]
    [InlineData("main.tf", Allow, true, 0)]
    [InlineData("main.tf", Allow + OtherBlock, true, 1)]
    [InlineData("rules.json", OfApi, true, 1)]
    public void A_block_that_another_file_may_hold_is_not_missed(string path, string text, bool isNamed, int count)
        => Assert.Equal(count, Lint(isNamed, new SourceText(path, text)));

    [Fact]
    public void A_block_in_another_named_file_does_not_show_that_none_is_missing()
        => Assert.Equal(0, Lint(true, new SourceText("allows.tf", Allow), new SourceText("others.tf", OtherBlock)));

    private static int Lint(bool isNamed, params SourceText[] files)
        => Linter.LintArtefacts([.. files], path => new LintScope(LintRun.AllRules, path), _ => isNamed).Findings.Count(finding => finding.Code == Rule);
}
