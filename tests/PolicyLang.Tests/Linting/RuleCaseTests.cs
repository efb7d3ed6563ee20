using System.Text;
using System.Text.RegularExpressions;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>
/// What each rule finds and does not: <c>Cases/RULE.md</c>. Blocks under one heading are linted together; behind <c>=&gt;</c> stand the places (line:column)
/// of the rule's findings in the block, or <c>quiet</c>. <c>POLICYC_UPDATE</c> writes the places anew.
/// </summary>
public sealed partial class RuleCaseTests
{
    private static readonly string Folder = Path.Combine(LintRun.Root, "tests", "PolicyLang.Tests", "Linting", "Cases");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_rule_finds_what_it_should(string id)
    {
        Assert.Contains(Linter.Rules, rule => rule.Id == id);
        var path = Path.Combine(Folder, id + ".md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var current = new StringBuilder();
        foreach (var section in Heading().Split(text))
        {
            var blocks = Block().Matches(section).Select(match => new RuleExample(match.Groups["file"].Value, match.Groups["text"].Value)).ToArray();
            var found = blocks.Length == 0 ? [] : LintRun.Lint(blocks).Where(finding => finding.Code == id).ToArray();
            current.Append(Block().Replace(section, match => $"```{match.Groups["language"].Value} {match.Groups["file"].Value} => {Places(found, match.Groups["file"].Value)}\n{match.Groups["text"].Value}```\n"));
        }

        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, current.ToString());
        }

        Assert.Equal(text, current.ToString());
    }

    private static string Places(Diagnostic[] findings, string file)
    {
        var places = findings.Where(finding => finding.Location!.Source.Path == file).Select(finding =>
        {
            var (line, column) = finding.Location!.Source.GetLineAndColumn(finding.Location.Span.Start);
            return FormattableString.Invariant($"{line + 1}:{column + 1}");
        }).ToArray();
        return places.Length == 0 ? "quiet" : string.Join(' ', places);
    }

    [GeneratedRegex("(?=^## )", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex("^```(?<language>[a-z]+) (?<file>[^ \n]+) =>[^\n]*\n(?<text>.*?)^```\n", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
