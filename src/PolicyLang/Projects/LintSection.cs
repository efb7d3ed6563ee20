using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Projects;

/// <summary>Reads the section <c>lint</c> of <c>policyc.yaml</c>.</summary>
internal static class LintSection
{
    /// <summary>The settings; defaults stand for what is not given or wrong.</summary>
    public static LintSettings Read(SettingBlock block, DiagnosticBag diagnostics) => new(
        LevelsOf(block),
        [.. block.GetBlocks("files").Select(entry => new FileLevels(PatternsOf(entry.Block.GetList("match"), diagnostics), LevelsOf(entry.Block)))],
        block.GetText("fail_on", "error") switch { "warning" => DiagnosticSeverity.Warning, "never" => null, _ => DiagnosticSeverity.Error },
        BaselineOf(block, diagnostics),
        block.GetFlag("preview", false))
    {
        Exclude = PatternsOf(block.GetList("exclude"), diagnostics),
        Artefacts = [.. PatternsOf(block.GetList("artefacts"), diagnostics).Select(pattern => pattern.Text)],
    };

    private static ImmutableArray<LevelSetting> LevelsOf(SettingBlock block)
        => [.. block.GetTextMap("levels").Select(entry => new LevelSetting(entry.Key.Text, LintLevelNames.Parse(entry.Value.Text)))];

    private static ImmutableArray<GlobPattern> PatternsOf(ImmutableArray<SettingText> texts, DiagnosticBag diagnostics)
    {
        var patterns = ImmutableArray.CreateBuilder<GlobPattern>(texts.Length);
        foreach (var text in texts)
        {
            // A folder with everything in it is what people mean by `legacy/**`.
            if (GlobPattern.TryParse(text.Text.EndsWith("**", StringComparison.Ordinal) ? text.Text + "/*" : text.Text, out var problem) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, text.Location, $"the pattern `{text.Text}` {problem}");
            }
        }

        return patterns.ToImmutable();
    }

    private static string? BaselineOf(SettingBlock block, DiagnosticBag diagnostics)
    {
        if (block.FindText("baseline") is not { } path)
        {
            return null;
        }

        if (ProjectPath.TryNormalize(path.Text, out var problem, out _) is { } normal)
        {
            return normal;
        }

        diagnostics.Report(ProjectDiagnostics.InvalidFilePath, path.Location, $"the path `{path.Text}` {problem}");
        return null;
    }
}
