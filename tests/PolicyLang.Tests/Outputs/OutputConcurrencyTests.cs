using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;
using Xunit;
using static PolicyLang.Tests.Outputs.OutputSets;

namespace PolicyLang.Tests.Outputs;

public sealed class OutputConcurrencyTests
{
    [Fact]
    public void While_another_build_writes_a_second_one_gives_up_with_a_message()
    {
        using var root = new TemporaryFolder();
        var disk = new DiskOutputFileSystem(root.Path);
        using (Assert.IsAssignableFrom<IDisposable>(disk.TryLock(".policyc.lock")))
        {
            var diagnostics = new DiagnosticBag();
            var result = new OutputStore(disk) { LockTimeout = TimeSpan.FromMilliseconds(60) }.Write(Of(("a", "1\n")), diagnostics, CancellationToken.None);
            Assert.Equal(OutputOutcome.Failed, result.Outcome);
            Assert.Equal(OutputDiagnostics.Locked, Assert.Single(diagnostics.ToSortedArray()).Descriptor);
            Assert.False(root.Exists("a"));
        }

        WriteFine(root, Of(("a", "1\n")));
        Assert.False(root.Exists(".policyc.lock"));
    }

    [Fact]
    public async Task Builds_at_once_leave_the_outputs_of_one_of_them()
    {
        using var root = new TemporaryFolder();
        var names = Enumerable.Range(0, 20).Select(i => $"f{i}").ToArray();
        var builds = Enumerable.Range(0, 8).Select(build => Task.Run(() =>
        {
            for (var round = 0; round < 5; round++)
            {
                WriteFine(root, Of([.. names.Select(name => (name, $"{build}\n"))]));
            }
        }));
        await Task.WhenAll(builds);

        Assert.Single(names.Select(root.Read).Distinct(StringComparer.Ordinal));
        Assert.Equal(names.Length + 1, Directory.EnumerateFileSystemEntries(root.Path).Count());
    }

    [Fact]
    public void A_lock_file_left_by_a_killed_build_is_no_obstacle()
    {
        using var root = new TemporaryFolder();
        root.Write(".policyc.lock", "");
        WriteFine(root, Of(("a", "1\n")));
        Assert.False(root.Exists(".policyc.lock"));
    }
}
