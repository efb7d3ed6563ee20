using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>What becomes of findings: levels are set, suppressed ones are left out, suppressions themselves are judged.</summary>
internal static class FindingFilter
{
    private static readonly FrozenDictionary<string, LintRule> RulesById = RuleRegistry.All.ToFrozenDictionary(rule => rule.Description.Id, StringComparer.Ordinal);

    /// <summary>Applies settings and suppressions.</summary>
    /// <param name="findings">What rules and the compiler found.</param>
    /// <param name="sources">The files that were linted.</param>
    /// <param name="commentsOf">Tells of places in a file whether they stand in a comment, and not in a text that only looks like one; asked once for each file that needs it.</param>
    /// <param name="scopeOf">What counts for a file, by its path.</param>
    /// <param name="isAlone">Whether a file was linted without those that belong to it, so that rules may find less in it than there is; by its path.</param>
    public static LintResult Apply(ImmutableArray<Diagnostic> findings, ImmutableArray<SourceText> sources, Func<SourceText, Func<int, bool>> commentsOf, Func<string, LintScope> scopeOf, Func<string, bool> isAlone)
    {
        var suppressions = sources.Select(source => InComments(SuppressionReader.Read(source), commentsOf)).Where(found => !found.IsEmpty).ToDictionary(found => found[0].Location.Source.Path, StringComparer.Ordinal);
        var used = new HashSet<SuppressedRule>(ReferenceEqualityComparer.Instance);
        var kept = new DiagnosticBag();
        var suppressed = 0;
        foreach (var finding in findings)
        {
            if (IsSuppressed(finding, suppressions, used))
            {
                suppressed++;
            }
            else if (WithLevel(finding, scopeOf) is { } levelled)
            {
                kept.Report(WithComments(levelled, suppressions));
            }
        }

        foreach (var suppression in suppressions.Values.SelectMany(found => found))
        {
            foreach (var finding in Judge(suppression, used, scopeOf, isAlone))
            {
                kept.Report(finding);
            }
        }

        return new LintResult(kept.ToSortedArray(), suppressed);
    }

    private static ImmutableArray<Suppression> InComments(ImmutableArray<Suppression> suppressions, Func<SourceText, Func<int, bool>> commentsOf)
    {
        if (suppressions.IsEmpty)
        {
            return suppressions;
        }

        var isComment = commentsOf(suppressions[0].Location.Source);
        return suppressions.RemoveAll(suppression => !isComment(suppression.Location.Span.Start));
    }

    // An error of the compiler stands whatever a comment says.
    private static bool IsSuppressed(Diagnostic finding, Dictionary<string, ImmutableArray<Suppression>> suppressions, HashSet<SuppressedRule> used)
    {
        if (finding.Location is not { } location
            || !suppressions.TryGetValue(location.Source.Path, out var here)
            || (finding.Severity == DiagnosticSeverity.Error && !RulesById.ContainsKey(finding.Code)))
        {
            return false;
        }

        var line = location.Source.GetLineAndColumn(location.Span.Start).Line;
        foreach (var suppression in here)
        {
            if (suppression.Covers(line) && suppression.Rules.FirstOrDefault(rule => rule.Id == finding.Code) is { } rule)
            {
                used.Add(rule);
                return true;
            }
        }

        return false;
    }

    // A comment above what a fix takes away would speak of what comes next.
    private static Diagnostic WithComments(Diagnostic finding, Dictionary<string, ImmutableArray<Suppression>> suppressions)
    {
        if (finding is not { Fix: { } fix, Location: { } location } || !suppressions.TryGetValue(location.Source.Path, out var here))
        {
            return finding;
        }

        var orphans = here.Where(suppression => fix.Edits.Any(edit => edit.Text.Length == 0 && suppression.OutlivesItsLines(edit.Location.Span)));
        return finding with { Fix = fix with { Edits = [.. fix.Edits, .. orphans.Select(suppression => suppression.Removal())] } };
    }

    private static Diagnostic? WithLevel(Diagnostic finding, Func<string, LintScope> scopeOf)
    {
        var isRule = RulesById.TryGetValue(finding.Code, out var rule);
        if (finding.Location is not { } location || (!isRule && finding.Severity == DiagnosticSeverity.Error))
        {
            return finding;
        }

        var scope = scopeOf(location.Source.Path);
        var level = rule is null ? scope.LevelOf(finding.Descriptor) : scope.LevelOf(rule.Description);
        return level == LintLevel.Off ? null : finding with { Descriptor = finding.Descriptor with { Severity = LintLevelNames.SeverityOf(level) } };
    }

    private static IEnumerable<Diagnostic> Judge(Suppression suppression, HashSet<SuppressedRule> used, Func<string, LintScope> scopeOf, Func<string, bool> isAlone)
    {
        var path = suppression.Location.Source.Path;
        var scope = scopeOf(path);
        var use = new SuppressionUse(
            isAlone(path) ? [] : [.. suppression.Rules.Where(rule => !used.Contains(rule) && IsChecked(rule.Id))],
            [.. suppression.Rules.Where(rule => !RulesById.ContainsKey(rule.Id) && !LintLevelNames.CompilerWarnings.Any(warning => warning.Code == rule.Id))],
            [.. RulesById.Keys, .. LintLevelNames.CompilerWarnings.Select(warning => warning.Code)]);
        bool IsChecked(string id)
            => RulesById.TryGetValue(id, out var known)
                ? known is not FindingRule && scope.LevelOf(known.Description) != LintLevel.Off
                : LintLevelNames.CompilerWarnings.FirstOrDefault(warning => warning.Code == id) is { } kind && scope.LevelOf(kind) != LintLevel.Off;

        foreach (var rule in RuleRegistry.All.OfType<FindingRule>().Where(rule => scope.Settings.IsChecked(rule.Description)))
        {
            var report = new LintReport(rule);
            rule.Check(suppression, use, report);
            foreach (var finding in report.Findings)
            {
                if (WithLevel(finding, scopeOf) is { } levelled)
                {
                    yield return levelled;
                }
            }
        }
    }
}
