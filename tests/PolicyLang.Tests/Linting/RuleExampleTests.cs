using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>What the rules say about themselves is true.</summary>
public sealed class RuleExampleTests
{
    public static TheoryData<string> Ids => [.. Linter.Rules.Where(rule => rule.Lifecycle != RuleLifecycle.Deprecated).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_to_avoid_is_found_once_and_the_one_to_prefer_is_not(string id)
    {
        var rule = Linter.Rules.Single(r => r.Id == id);
        var avoid = LintRun.Lint([rule.Avoid]);
        var prefer = LintRun.Lint([rule.Prefer]);
        Assert.True(avoid.Any(finding => finding.Code == id), $"`avoid` is not found; what is found: {string.Join(", ", avoid.Select(Findings.Line))}");
        Assert.True(avoid.Count(finding => finding.Code == id) == 1, $"`avoid` is found more than once: {string.Join(", ", avoid.Select(Findings.Line))}");
        Assert.True(!prefer.Any(finding => finding.Code == id), $"`prefer` is found: {string.Join(", ", prefer.Select(Findings.Line))}");
        Assert.DoesNotContain(avoid.Concat(prefer), finding => finding.Severity == DiagnosticSeverity.Error && !Linter.Rules.Any(r => r.Id == finding.Code));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_text_is_written_as_texts_are(string id)
    {
        var rule = Linter.Rules.Single(r => r.Id == id);
        Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", rule.Id);
        Assert.True(rule.Id.Length <= 44, "the name is too long");
        Assert.DoesNotContain('\n', rule.What);
        Assert.False(rule.What.EndsWith('.'));
        Assert.False(char.IsUpper(rule.What[0]) && !char.IsUpper(rule.What[1]), rule.What);
        Assert.True(char.IsUpper(rule.Why[0]) || rule.Why[0] == '`', rule.Why);
        Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
        Assert.NotEqual(LintLevel.Off, rule.DefaultLevel);
        Assert.Equal(rule.Avoid.FileName, rule.Prefer.FileName);
        Assert.All(rule.References, reference => Assert.StartsWith("https://", reference.Url, StringComparison.Ordinal));
        Assert.All(LintRun.Lint([rule.Avoid]).Where(finding => finding.Code == id), finding =>
        {
            Assert.False(finding.Message.EndsWith('.'), finding.Message);
            Assert.NotNull(finding.Help);
            Assert.True(finding.Location!.Span.Length > 0, "the place is empty");
        });
    }
}
