using System.Collections.Immutable;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Linting;

/// <summary>Which fixes are made.</summary>
internal enum FixMode
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those that change nobody's access.</summary>
    Safe,

    /// <summary>All.</summary>
    All,
}

/// <summary>What a run of <c>policyc lint</c> was asked for.</summary>
/// <param name="Files">Files, folders, patterns and <c>-</c>; empty for the project.</param>
/// <param name="Format">The name of the format.</param>
/// <param name="Levels">Levels that count more than the project's.</param>
/// <param name="FailOn"><c>error</c>, <c>warning</c> or <c>never</c>; absent for what the project says.</param>
/// <param name="Baseline">The file of known findings; absent for what the project says.</param>
/// <param name="UpdatesBaseline">Whether that file is written.</param>
/// <param name="Fix">Which fixes are made.</param>
/// <param name="ShowsDiff">Whether fixes are only shown.</param>
/// <param name="Preview">Whether rules that are not settled are checked too.</param>
/// <param name="StdinName">The file that standard input stands for.</param>
/// <param name="AsOf">The day.</param>
/// <param name="IsQuiet">Whether notes are left out.</param>
/// <param name="Color">When to colour.</param>
internal sealed record LintArguments(
    ImmutableArray<string> Files,
    string Format,
    ImmutableArray<LevelSetting> Levels,
    string? FailOn,
    string? Baseline,
    bool UpdatesBaseline,
    FixMode Fix,
    bool ShowsDiff,
    bool Preview,
    string? StdinName,
    DateOnly AsOf,
    bool IsQuiet,
    ColorMode Color)
{
    /// <summary>Reads <c>NAME=LEVEL</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>The level of the name; nothing when it is wrong.</returns>
    public static LevelSetting? ParseLevel(string text, out string problem)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var known = LintSettings.Names.Select(known => known.Name).ToArray();
        problem = "";
        if (equals < 0 || !Enum.TryParse<LintLevel>(text[(equals + 1)..], ignoreCase: true, out var level) || RuleNames.Of(level) != text[(equals + 1)..])
        {
            problem = $"`--level` takes a rule and its level such as `secrets-reader=off`, not `{text}`";
        }
        else if (!known.Contains(name, StringComparer.Ordinal))
        {
            problem = $"`--level` names no rule, category or warning with `{name}`{(Suggestions.Nearest(name, known) is { } nearest ? $"; did you mean `{nearest}`?" : "")}";
        }
        else
        {
            return new LevelSetting(name, level);
        }

        return null;
    }
}
