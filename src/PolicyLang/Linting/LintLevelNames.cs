using System.Collections.Immutable;
using PolicyLang.Diagnostics;

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
        .. CompilerWarnings.Select(kind => (kind.Code, kind.Title)),
    ];

    /// <summary>What the compiler warns of: lint says it too, as loud as a project wants it.</summary>
    public static IEnumerable<DiagnosticDescriptor> CompilerWarnings
        => DiagnosticCatalog.All.Select(kind => kind.Descriptor).Where(kind => kind.Severity != DiagnosticSeverity.Error);

    /// <summary>The level with a name among <see cref="Levels"/>.</summary>
    public static LintLevel Parse(string name) => (LintLevel)Levels.IndexOf(name);

    /// <summary>The severity of findings at a level.</summary>
    /// <param name="level">The level; not <see cref="LintLevel.Off"/>.</param>
    public static DiagnosticSeverity SeverityOf(LintLevel level) => level switch
    {
        LintLevel.Error => DiagnosticSeverity.Error,
        LintLevel.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
