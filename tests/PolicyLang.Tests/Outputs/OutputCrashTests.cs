using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;
using Xunit;
using static PolicyLang.Tests.Outputs.OutputSets;

namespace PolicyLang.Tests.Outputs;

public sealed class OutputCrashTests
{
    private static readonly OutputSet Old = Of(["prod"], ("a", "old\n"), ("gone/x", "old\n"), ("gone/y", "old\n"), ("same", "same\n"), ("swap", "old\n"), ("folder/file", "old\n"));

    private static readonly OutputSet New = Of(["prod", "next"], ("a", "new\n"), ("fresh/deep/z", "new\n"), ("same", "same\n"), ("swap/inner", "new\n"), ("folder", "new\n"));

    private static readonly string NewTree = TreeOf(Old, New);
    private static readonly string OldTree = TreeOf(Old);

    [Fact]
    public void After_a_crash_at_any_operation_the_next_build_finds_all_old_or_all_new()
    {
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        var failAt = 1;
        for (; ; failAt++)
        {
            using var root = new TemporaryFolder();
            WriteFine(root, Old);
            var failing = new FailingFileSystem(new DiskOutputFileSystem(root.Path), failAt, crash: true);
            Record.Exception(() => new OutputStore(failing).Write(New, new DiagnosticBag(), CancellationToken.None));
            if (!failing.HasFailed)
            {
                Assert.Equal(NewTree, root.Snapshot());
                break;
            }

            Assert.True(new OutputTransaction(new DiskOutputFileSystem(root.Path)).Recover(new DiagnosticBag()));
            var tree = root.Snapshot();
            Assert.True(tree == OldTree || tree == NewTree, $"operation {failAt} left a mixture:\n{tree}");
            outcomes.Add(tree);

            WriteFine(root, New);
            Assert.Equal(NewTree, root.Snapshot());
        }

        Assert.True(failAt > 30, "the test must reach every step");
        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public void After_a_refused_operation_the_tree_is_all_old_or_all_new_at_once()
    {
        for (var failAt = 1; ; failAt++)
        {
            using var root = new TemporaryFolder();
            WriteFine(root, Old);
            var failing = new FailingFileSystem(new DiskOutputFileSystem(root.Path), failAt, crash: false);
            var diagnostics = new DiagnosticBag();
            var result = new OutputStore(failing).Write(New, diagnostics, CancellationToken.None);
            if (!failing.HasFailed)
            {
                break;
            }

            var tree = WithoutStaging(root);
            if (result.Outcome == OutputOutcome.Done)
            {
                tree = tree.StartsWith(".policyc-journal.json=", StringComparison.Ordinal) ? tree[(tree.IndexOf('\n', StringComparison.Ordinal) + 1)..] : tree;
                Assert.Equal(NewTree, tree);
            }
            else
            {
                Assert.Equal(OutputDiagnostics.NotAccessible, Assert.Single(diagnostics.ToSortedArray()).Descriptor);
                Assert.Equal(OldTree, tree);
            }

            WriteFine(root, New);
            Assert.Equal(NewTree, root.Snapshot());
        }
    }

    [Fact]
    public void A_crash_in_the_middle_of_a_recovery_is_recovered_too()
    {
        for (var crashAt = 12; crashAt < 40; crashAt += 3)
        {
            for (var again = 1; again < 12; again++)
            {
                using var root = new TemporaryFolder();
                WriteFine(root, Old);
                var disk = new DiskOutputFileSystem(root.Path);
                Record.Exception(() => new OutputStore(new FailingFileSystem(disk, crashAt, crash: true)).Write(New, new DiagnosticBag(), CancellationToken.None));
                Record.Exception(() => new OutputTransaction(new FailingFileSystem(disk, again, crash: true)).Recover(new DiagnosticBag()));
                Assert.True(new OutputTransaction(disk).Recover(new DiagnosticBag()));
                var tree = root.Snapshot();
                Assert.True(tree == OldTree || tree == NewTree, $"{crashAt}, {again}:\n{tree}");
            }
        }
    }

    [Fact]
    public void Leftovers_of_an_interrupted_staging_are_cleaned_up()
    {
        using var root = new TemporaryFolder();
        WriteFine(root, Old);
        root.Write(".policyc-staging/new-0", "half");
        WriteFine(root, Old);
        Assert.Equal(OldTree, root.Snapshot());
    }

    [Fact]
    public void A_staging_folder_that_is_a_link_is_not_written_through()
    {
        using var root = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("mine", "mine");
        Directory.CreateSymbolicLink(root.Full(".policyc-staging"), elsewhere.Path);
        var diagnostics = new DiagnosticBag();
        Assert.Equal(OutputOutcome.Failed, Write(root, Old, diagnostics).Outcome);
        Assert.Equal("mine=mine\n", elsewhere.Snapshot());
        Assert.False(root.Exists("a"));
    }

    [Fact]
    public void Inspecting_after_an_interruption_says_so_and_changes_nothing()
    {
        using var root = new TemporaryFolder();
        root.Write(".policyc-journal.json", """{"format":1,"removals":[],"moves":[]}""");
        var before = root.Snapshot();
        var diagnostics = new DiagnosticBag();
        Assert.Equal(OutputOutcome.Refused, Inspect(root, Old, diagnostics).Outcome);
        Assert.Equal(OutputDiagnostics.InterruptedBuild, Assert.Single(diagnostics.ToSortedArray()).Descriptor);
        Assert.Equal(before, root.Snapshot());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"format":1,"removals":["../../etc/passwd"],"moves":[]}""")]
    [InlineData("""{"format":1,"removals":[],"moves":["/etc/passwd"]}""")]
    [InlineData("""{"format":9,"removals":[],"moves":[]}""")]
    public void A_damaged_journal_is_an_error_and_nothing_is_touched(string journal)
    {
        using var root = new TemporaryFolder();
        root.Write(".policyc-journal.json", journal);
        Assert.Equal(OutputDiagnostics.InterruptedBuild, WriteRefused(root, Old, OutputOutcome.Failed).Descriptor);
    }

    [Fact]
    public void A_cancelled_write_leaves_everything_as_it_was()
    {
        using var root = new TemporaryFolder();
        WriteFine(root, Old);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new OutputStore(new DiskOutputFileSystem(root.Path)).Write(New, new DiagnosticBag(), cancellation.Token));
        Assert.Equal(OldTree, root.Snapshot());
    }

    private static string TreeOf(params OutputSet[] builds)
    {
        using var root = new TemporaryFolder();
        foreach (var build in builds)
        {
            WriteFine(root, build);
        }

        return root.Snapshot();
    }

    // Failing to tidy up is no failure of the build; what is left then is not part of the outputs.
    private static string WithoutStaging(TemporaryFolder root)
    {
        if (Directory.Exists(root.Full(".policyc-staging")))
        {
            Directory.Delete(root.Full(".policyc-staging"), recursive: true);
        }

        return root.Snapshot();
    }
}
