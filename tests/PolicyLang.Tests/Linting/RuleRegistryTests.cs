using System.Text;
using PolicyLang.Linting;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>The registry names every rule, once; <c>POLICYC_UPDATE</c> writes it anew.</summary>
public sealed class RuleRegistryTests
{
    [Fact]
    public void The_registry_is_made_from_the_rule_files()
    {
        var folder = Path.Combine(LintRun.Root, "src", "PolicyLang", "Linting");
        var rules = Directory.EnumerateFiles(Path.Combine(folder, "Rules"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line == $"internal sealed class {Path.GetFileNameWithoutExtension(file)} : {line[(line.LastIndexOf(' ') + 1)..]}" && line.EndsWith("Rule", StringComparison.Ordinal)))
            .Select(file => $"Rules.{Path.GetFileName(Path.GetDirectoryName(file))}.{Path.GetFileNameWithoutExtension(file)}")
            .Order(StringComparer.Ordinal);
        var text = new StringBuilder("""
            // Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
            using System.Collections.Immutable;

            namespace PolicyLang.Linting;

            internal static class RuleRegistry
            {
                public static ImmutableArray<LintRule> All { get; } =
                [

            """);
        foreach (var rule in rules)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"        new {rule}(),\n");
        }

        text.Append("    ];\n}\n");
        var path = Path.Combine(folder, "RuleRegistry.cs");
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_which_is_that_of_its_file()
    {
        Assert.Equal([], Linter.Rules.GroupBy(rule => rule.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        var classes = File.ReadLines(Path.Combine(LintRun.Root, "src", "PolicyLang", "Linting", "RuleRegistry.cs"))
            .Where(line => line.TrimStart().StartsWith("new Rules.", StringComparison.Ordinal))
            .Select(line => line.Trim().TrimEnd(',', '(', ')').Split('.')[^1]);
        Assert.Equal(Linter.Rules.Select(rule => ClassOf(rule.Id)).Order(StringComparer.Ordinal), classes.Order(StringComparer.Ordinal));
    }

    private static string ClassOf(string id) => string.Concat(id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
