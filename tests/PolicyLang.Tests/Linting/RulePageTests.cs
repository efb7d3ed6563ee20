using System.Globalization;
using System.Text;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>The page of the rules is made from the rules and their cases; <c>POLICYC_UPDATE</c> writes it anew.</summary>
public sealed class RulePageTests
{
    [Fact]
    public void The_page_is_current()
    {
        var text = new StringBuilder("""
            # Lint rules

            What [`policyc lint`](linting.md) checks. This page is made from the rules themselves and from their tests: each of the cases listed here is one.

            """);
        var systems = Linter.Rules.GroupBy(rule => rule.System).OrderBy(group => group.Key).ToArray();
        foreach (var system in systems)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Title(system.Key)}\n\n| rule | level | finds |\n|---|---|---|\n");
            foreach (var rule in system)
            {
                var level = rule.Lifecycle == RuleLifecycle.Stable ? RuleNames.Of(rule.DefaultLevel) : $"{RuleNames.Of(rule.DefaultLevel)}, {RuleNames.Of(rule.Lifecycle)}";
                text.Append(CultureInfo.InvariantCulture, $"| [`{rule.Id}`](#{rule.Id}) | {level} | {rule.What.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        foreach (var rule in systems.SelectMany(system => system))
        {
            text.Append('\n').Append(RulePage.Markdown(rule, headingLevel: 3));
            foreach (var (title, cases) in new[] { ("Also found", Cases(rule.Id, isFound: true)), ("Left alone", Cases(rule.Id, isFound: false)) })
            {
                if (cases.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\n{title}: {string.Join("; ", cases)}.\n");
                }
            }
        }

        var path = Path.Combine(LintRun.Root, "docs", "rules.md");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    [Fact]
    public void The_front_page_counts_the_rules()
        => Assert.Contains($"\n{Linter.Rules.Length.ToString(CultureInfo.InvariantCulture)} rules read ", File.ReadAllText(Path.Combine(LintRun.Root, "README.md")), StringComparison.Ordinal);

    private static string Title(RuleSystem system) => char.ToUpperInvariant(RuleNames.Of(system)[0]) + RuleNames.Of(system)[1..];

    private static string[] Cases(string id, bool isFound)
    {
        var path = Path.Combine(LintRun.Root, "tests", "PolicyLang.Tests", "Linting", "Cases", id + ".md");
        if (!File.Exists(path))
        {
            return [];
        }

        return
        [
            .. File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n## ").Skip(1)
                .Where(section => section.Split('\n').Where(line => line.StartsWith("```", StringComparison.Ordinal) && line.Contains(" => ", StringComparison.Ordinal)).Any(line => !line.EndsWith("=> quiet", StringComparison.Ordinal)) == isFound)
                .Select(section => Lower(section.Split('\n')[0].Trim().TrimEnd('.'))),
        ];
    }

    private static string Lower(string text) => text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
