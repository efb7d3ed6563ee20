using System.Globalization;
using PolicyLang.Comparing;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Comparing;

/// <summary>Compares policy texts beside the test company, and says the differences in short lines.</summary>
internal static class Comparing
{
    public static PolicyComparison Compare(string old, string @new) => PolicyComparer.Compare(Policy(TestPolicy.Company + old), Policy(TestPolicy.Company + @new));

    /// <summary>Compares whole policies, with inventories.</summary>
    public static PolicyComparison Whole(string old, string @new, (string Path, string Text)[]? oldFiles = null, (string Path, string Text)[]? newFiles = null)
        => PolicyComparer.Compare(Policy(old, oldFiles ?? []), Policy(@new, newFiles ?? oldFiles ?? []));

    public static ComparedPolicy Policy(string text, params (string Path, string Text)[] files) => Policy([("test.policy", text)], files);

    public static ComparedPolicy Policy((string Path, string Text)[] policies, params (string Path, string Text)[] files)
        => TryPolicy(policies, out var findings, files) ?? throw new InvalidOperationException(findings);

    /// <summary>The policy, or nothing when it has errors.</summary>
    public static ComparedPolicy? TryPolicy((string Path, string Text)[] policies, out string findings, params (string Path, string Text)[] files)
    {
        var compilation = TestPolicy.Compile(policies, files);
        findings = string.Join('\n', compilation.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}"));
        return compilation is { Policy: { } policy, Access: { } access, HasErrors: false }
            ? new ComparedPolicy(policy, access, TestPolicy.Settings, [.. policies.Select(p => new SourceText(p.Path, p.Text))], compilation.Assumptions)
            : null;
    }

    /// <summary>The differences: each cause, its effects below it, then guards.</summary>
    public static string[] Lines(this PolicyComparison comparison)
        => [.. comparison.Changes.SelectMany(c => c.Effects.Select(Line).Prepend(c.Cause.Title)), .. comparison.Guards.Select(g => $"{(g.IsWeaker ? "weaker" : "stronger")}: {g.Title}")];

    public static string Line(AccessEffect effect)
    {
        var where = effect.Namespaces is { } namespaces ? $" in {string.Join(",", namespaces)}" : "";
        var until = effect.Until is { } day ? string.Create(CultureInfo.InvariantCulture, $" until {day:yyyy-MM-dd}") : "";
        return $"{(effect.IsGain ? "+" : "-")} {string.Join(",", effect.Who)}: {string.Join("; ", effect.Rights)} on {string.Join(",", effect.Clusters)}{where} via {string.Join(",", effect.Paths)}{(effect.Condition.Length > 0 ? " when " + effect.Condition : "")}{until}";
    }

    public static void Unchanged(PolicyComparison comparison)
    {
        Assert.Equal([], comparison.Lines());
        Assert.Equal(AccessVerdict.Unchanged, comparison.Access);
        Assert.True(comparison.IsUnchanged);
    }
}
