using System.Globalization;
using System.Text;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>The documentation of a rule, as text for terminals and as Markdown.</summary>
internal static class RulePage
{
    private const int Width = 100;

    /// <summary>The documentation as text.</summary>
    public static string Text(RuleDescription rule)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{rule.Id}: {rule.What}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Facts(rule)}\n\n{string.Join('\n', WrappedText.Lines(rule.Why, Width))}\n");
        AppendExample(text, "Avoid", rule.Avoid);
        AppendExample(text, "Prefer", rule.Prefer);
        if (rule.Fix is { } fix)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nFix: {fix}\n");
        }

        foreach (var reference in rule.References)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nSee {reference.Title}: {reference.Url}");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The documentation as Markdown.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="headingLevel">The level of its heading.</param>
    public static string Markdown(RuleDescription rule, int headingLevel)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{new string('#', headingLevel)} {rule.Id}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Finds: {rule.What}.\n\n{Facts(rule)}\n\n{rule.Why}\n");
        AppendBlock(text, "Avoid", rule.Avoid);
        AppendBlock(text, "Prefer", rule.Prefer);
        if (rule.Fix is { } fix)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nFix: {fix}.\n");
        }

        if (!rule.References.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nSee {string.Join(", ", rule.References.Select(reference => $"[{reference.Title}]({reference.Url})"))}.\n");
        }

        return text.ToString();
    }

    private static string Facts(RuleDescription rule)
        => $"{RuleNames.Of(rule.System)}, category {RuleNames.Of(rule.Category)}, level {RuleNames.Of(rule.DefaultLevel)}, {RuleNames.Of(rule.Lifecycle)}";

    private static void AppendExample(StringBuilder text, string title, RuleExample example)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{title} ({example.FileName}):\n\n");
        foreach (var line in example.Text.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : "    " + line).Append('\n');
        }
    }

    private static void AppendBlock(StringBuilder text, string title, RuleExample example)
    {
        var language = Path.GetExtension(example.FileName) switch { ".yaml" or ".yml" => "yaml", ".tf" => "hcl", ".policy" => "text", _ => "json" };
        text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n\n```{language}\n{example.Text.TrimEnd('\n')}\n```\n");
    }
}
