using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;

namespace PolicyLang.Linting;

/// <summary>The level that a project gives to a rule or a category.</summary>
/// <param name="Name">The rule's id or the category's name.</param>
/// <param name="Level">The level.</param>
public sealed record LevelSetting(string Name, LintLevel Level);

/// <summary>Levels for some files.</summary>
/// <param name="Files">Which files.</param>
/// <param name="Levels">The levels there.</param>
public sealed record FileLevels(ImmutableArray<GlobPattern> Files, ImmutableArray<LevelSetting> Levels);

/// <summary>What counts for a file: the settings of its project, and the path by which they know it.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Path">The file's path, relative to the project.</param>
public readonly record struct LintScope(LintSettings Settings, string Path)
{
    /// <summary>The level of a rule in the file.</summary>
    /// <param name="rule">The rule.</param>
    public LintLevel LevelOf(RuleDescription rule) => Settings.LevelOf(rule, Path);

    /// <summary>The level of a warning or note of the compiler in the file.</summary>
    /// <param name="warning">The kind of diagnostic.</param>
    public LintLevel LevelOf(DiagnosticDescriptor warning) => Settings.LevelOf(warning, Path);
}

/// <summary>What a project says about linting.</summary>
/// <param name="Levels">Levels for all files.</param>
/// <param name="FileLevels">Levels for some files; of two that match the same file the later one counts.</param>
/// <param name="FailOn">The least severity that makes a run fail; absent when none does.</param>
/// <param name="Baseline">The file of findings that are known and left alone, relative to the project; absent without one.</param>
/// <param name="Preview">Whether rules that are not settled are checked too.</param>
public sealed record LintSettings(ImmutableArray<LevelSetting> Levels, ImmutableArray<FileLevels> FileLevels, DiagnosticSeverity? FailOn, string? Baseline, bool Preview)
{
    /// <summary>The files of other systems that are linted when none is named, as patterns relative to the project.</summary>
    public ImmutableArray<string> Artefacts { get; init; } = [];

    /// <summary>The files in which nothing is looked for; only what keeps a policy from being compiled is said of them.</summary>
    public ImmutableArray<GlobPattern> Exclude { get; init; } = [];

    /// <summary>Whether nothing is looked for in a file.</summary>
    /// <param name="path">The file, relative to the project.</param>
    public bool Excludes(string path) => Exclude.Any(pattern => pattern.IsMatch(path));

    /// <summary>What may be given a level: categories, rules, and what the compiler warns of, each with what it means.</summary>
    public static ImmutableArray<(string Name, string Description)> Names => LintLevelNames.All;

    /// <summary>The settings of a project that says nothing.</summary>
    public static LintSettings Default { get; } = new([], [], DiagnosticSeverity.Error, null, Preview: false);

    /// <summary>
    /// The level of a rule in a file. The nearest word counts: of settings for the file before those for all files, of the rule's own name before its
    /// category's, and what neither names has the rule's default level, or none before it is settled. In excluded files it is off.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">The file, relative to the project.</param>
    public LintLevel LevelOf(RuleDescription rule, string path) => Excludes(path) ? LintLevel.Off : Find(rule.Id, rule.Category, path) ?? DefaultOf(rule);

    /// <summary>The level of a warning or note of the compiler in a file.</summary>
    /// <param name="warning">The kind of diagnostic.</param>
    /// <param name="path">The file, relative to the project.</param>
    public LintLevel LevelOf(DiagnosticDescriptor warning, string path)
        => Excludes(path) ? LintLevel.Off
            : Find(warning.Code, null, path) ?? (warning.Severity == DiagnosticSeverity.Warning ? LintLevel.Warning : LintLevel.Info);

    /// <summary>Whether a rule may find something in some file.</summary>
    /// <param name="rule">The rule.</param>
    public bool IsChecked(RuleDescription rule)
        => rule.Lifecycle != RuleLifecycle.Deprecated
            && ((Find(Levels, rule.Id, rule.Category) ?? DefaultOf(rule)) != LintLevel.Off
                || FileLevels.Any(files => Find(files.Levels, rule.Id, rule.Category) is { } level && level != LintLevel.Off));

    private LintLevel DefaultOf(RuleDescription rule) => rule.Lifecycle switch
    {
        RuleLifecycle.Stable => rule.DefaultLevel,
        RuleLifecycle.Preview when Preview => rule.DefaultLevel,
        _ => LintLevel.Off,
    };

    private LintLevel? Find(string name, RuleCategory? category, string path)
    {
        for (var i = FileLevels.Length - 1; i >= 0; i--)
        {
            if (FileLevels[i].Files.Any(pattern => pattern.IsMatch(path)) && Find(FileLevels[i].Levels, name, category) is { } level)
            {
                return level;
            }
        }

        return Find(Levels, name, category);
    }

    private static LintLevel? Find(ImmutableArray<LevelSetting> levels, string name, RuleCategory? category)
        => levels.FirstOrDefault(setting => setting.Name == name)?.Level
            ?? (category is { } some ? levels.FirstOrDefault(setting => setting.Name == RuleNames.Of(some))?.Level : null);
}
