using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Cli;

/// <summary><c>policyc explain</c>.</summary>
public sealed class ExplainCommandTests : IDisposable
{
    private readonly CliTestHost _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Every_code_is_explained()
        => Assert.All(DiagnosticCatalog.All.Concat(CommandDiagnostics.All), kind =>
        {
            var (area, descriptor) = kind;
            var output = Explain(descriptor.Code);
            Assert.StartsWith($"{descriptor.Code}: {descriptor.Title}\n", output, StringComparison.Ordinal);
            Assert.Contains(area[1..], output, StringComparison.Ordinal);
            Assert.Contains(Words(descriptor.Explanation!), Words(output), StringComparison.Ordinal);
            Assert.Equal(descriptor.Example is not null, output.Contains("\nExample:\n", StringComparison.Ordinal));
        });

    [Fact]
    public void Every_lint_rule_is_explained()
        => Assert.All(Linter.Rules, rule => Assert.StartsWith($"{rule.Id}: {rule.What}\n", Explain(rule.Id), StringComparison.Ordinal));

    /// <summary>Two meanings of one word could not both be explained.</summary>
    [Fact]
    public void No_code_is_also_a_lint_rule()
        => Assert.Equal([], DiagnosticCatalog.All.Concat(CommandDiagnostics.All).Select(kind => kind.Descriptor.Code).Intersect(Linter.Rules.Select(rule => rule.Id), StringComparer.Ordinal));

    [Fact]
    public void An_explanation_has_title_severity_area_text_and_example()
        => Assert.Equal(
            """
            two-scopes: a statement gives its scope twice
            error, syntax

            A rule has one scope, either `cluster-wide` or `in` and namespaces. Both together could mean the
            wider or the narrower one, so policyc takes neither. Keep one; for different scopes write two rules.

            Example:

                allow sre as admin on prod in payments cluster-wide

            """,
            Explain("two-scopes"));

    [Theory]
    [InlineData("[two-scopes]")]
    [InlineData("`two-scopes`")]
    [InlineData("error[two-scopes]")]
    [InlineData("error[two-scopes]:")]
    public void A_code_may_be_given_as_a_finding_shows_it(string code) => Assert.StartsWith("two-scopes: ", Explain(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("two-scope", "error: there is no code `two-scope`\nhelp: did you mean `two-scopes`?\n")]
    [InlineData("unused-suppressions", "error: there is no code `unused-suppressions`\nhelp: did you mean `unused-suppression`?\n")]
    [InlineData("E0308", "error: there is no code `E0308`\nhelp: write it as it stands in brackets behind `error`, `warning` or `note`; `policyc rules` lists all lint rules\n")]
    public void An_unknown_code_is_a_mistake(string code, string expected)
    {
        var result = _cli.Run("explain", code);
        Assert.Equal((2, "", expected), (result.Status, result.Output, result.Error));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string Explain(string code)
    {
        var result = _cli.Run("explain", code);
        Assert.Equal((0, ""), (result.Status, result.Error));
        return result.Output;
    }
}
