using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;
using PolicyLang.Targets;
using Xunit;

namespace PolicyLang.Tests.Outputs;

/// <summary>Short spellings for output store tests.</summary>
internal static class OutputSets
{
    public static OutputFile NewFile(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Files of one target <c>kubernetes</c>, with one live cluster <c>prod</c>.</summary>
    public static OutputSet Of(params (string Path, string Text)[] files) => Of(["prod"], files);

    public static OutputSet Of(string[] clusters, params (string Path, string Text)[] files) => ByTarget(clusters, ("kubernetes", files));

    /// <summary>A cluster whose name ends in <c>!</c> is retired.</summary>
    public static OutputSet ByTarget(string[] clusters, params (string Target, (string Path, string Text)[] Files)[] targets)
        => new(
            targets.ToImmutableSortedDictionary(t => t.Target, t => t.Files.Select(f => NewFile(f.Path, f.Text)).ToImmutableArray(), StringComparer.Ordinal),
            [.. clusters.Select(c => new OutputCluster(c.TrimEnd('!'), c.EndsWith('!')))]);

    public static OutputResult Write(TemporaryFolder root, OutputSet outputs, DiagnosticBag? diagnostics = null)
        => new OutputStore(new DiskOutputFileSystem(root.Path)).Write(outputs, diagnostics ?? new DiagnosticBag(), CancellationToken.None);

    public static OutputPlan WriteFine(TemporaryFolder root, OutputSet outputs)
    {
        var diagnostics = new DiagnosticBag();
        var result = Write(root, outputs, diagnostics);
        Assert.Empty(diagnostics.ToSortedArray().Select(d => d.Message));
        Assert.Equal(OutputOutcome.Done, result.Outcome);
        return Assert.IsType<OutputPlan>(result.Plan);
    }

    public static OutputResult Inspect(TemporaryFolder root, OutputSet outputs, DiagnosticBag? diagnostics = null)
        => new OutputStore(new DiskOutputFileSystem(root.Path)).Inspect(outputs, diagnostics ?? new DiagnosticBag(), CancellationToken.None);

    /// <summary>Writes, expects exactly one diagnostic and an untouched root, and returns the diagnostic.</summary>
    public static Diagnostic WriteRefused(TemporaryFolder root, OutputSet outputs, OutputOutcome outcome = OutputOutcome.Refused)
    {
        var before = root.Snapshot();
        var diagnostics = new DiagnosticBag();
        var result = Write(root, outputs, diagnostics);
        Assert.Equal(outcome, result.Outcome);
        Assert.Null(result.Plan);
        Assert.Equal(before, root.Snapshot());
        return Assert.Single(diagnostics.ToSortedArray());
    }
}
