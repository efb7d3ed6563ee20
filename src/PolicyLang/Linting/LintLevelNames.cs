using System.Collections.Immutable;

namespace PolicyLang.Linting;

/// <summary>What settings of levels may name.</summary>
internal static class LintLevelNames
{
    /// <summary>The levels as they are written.</summary>
    public static ImmutableArray<string> Levels { get; } = ["off", "info", "warning", "error"];

    /// <summary>Categories, rules, and whatever else the compiler warns of, each with what it means.</summary>
    public static ImmutableArray<(string Name, string Description)> All =>
    [
        .. Enum.GetValues<RuleCategory>().Select(category => (RuleNames.Of(category), $"all rules of the category `{RuleNames.Of(category)}`")),
        .. Linter.Rules.Select(rule => (rule.Id, rule.What)),
    ];

    /// <summary>The level with a name among <see cref="Levels"/>.</summary>
    public static LintLevel Parse(string name) => (LintLevel)Levels.IndexOf(name);
}
