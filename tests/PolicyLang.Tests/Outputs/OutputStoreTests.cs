using PolicyLang.Diagnostics;
using PolicyLang.Projects.Outputs;
using Xunit;
using static PolicyLang.Tests.Outputs.OutputSets;

namespace PolicyLang.Tests.Outputs;

public sealed class OutputStoreTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_first_build_writes_the_files_and_a_manifest_and_nothing_else()
    {
        WriteFine(_root, ByTarget(["prod", "old!"], ("tailscale", [("tailnet.hujson", "{}\n")]), ("kubernetes", [("prod/b.yaml", "b\n"), ("prod/a.yaml", "a\n")])));

        Assert.Equal(
            """
            policyc.manifest.json={
              "format": 1,
              "clusters": [
                {
                  "name": "old",
                  "retired": true
                },
                {
                  "name": "prod",
                  "retired": false
                }
              ],
              "files": {
                "kubernetes": [
                  "prod/a.yaml",
                  "prod/b.yaml"
                ],
                "tailscale": [
                  "tailnet.hujson"
                ]
              }
            }

            prod/
            prod/a.yaml=a

            prod/b.yaml=b

            tailnet.hujson={}


            """.ReplaceLineEndings("\n"),
            _root.Snapshot());
    }

    [Fact]
    public void A_missing_root_is_created_with_its_parents()
    {
        var store = new OutputStore(new DiskOutputFileSystem(_root.Full("deep/er/out")));
        Assert.Equal(OutputOutcome.Done, store.Write(Of(("a", "1\n")), new DiagnosticBag(), CancellationToken.None).Outcome);
        Assert.Equal("1\n", _root.Read("deep/er/out/a"));
    }

    [Fact]
    public void Unchanged_files_keep_their_time_and_changed_ones_do_not()
    {
        WriteFine(_root, Of(("a", "1\n"), ("b", "1\n")));
        var past = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var name in new[] { "a", "b", "policyc.manifest.json" })
        {
            File.SetLastWriteTimeUtc(_root.Full(name), past);
        }

        var plan = WriteFine(_root, Of(("a", "1\n"), ("b", "2\n")));

        Assert.Equal(past, File.GetLastWriteTimeUtc(_root.Full("a")));
        Assert.Equal(past, File.GetLastWriteTimeUtc(_root.Full("policyc.manifest.json")));
        Assert.NotEqual(past, File.GetLastWriteTimeUtc(_root.Full("b")));
        Assert.Equal(1, plan.UnchangedCount);
        Assert.Equal(("b", OutputChangeKind.Update), Assert.Single(plan.Changes.Select(c => (c.Path, c.Kind))));
    }

    [Fact]
    public void A_file_no_longer_produced_is_removed_with_its_empty_folders_but_neighbours_stay()
    {
        WriteFine(_root, Of(("x/y/a", "1\n"), ("z/b", "1\n")));
        _root.Write("z/mine.txt", "mine");

        WriteFine(_root, Of(("c", "1\n")));

        Assert.False(Directory.Exists(_root.Full("x")));
        Assert.False(_root.Exists("z/b"));
        Assert.Equal("mine", _root.Read("z/mine.txt"));
    }

    [Fact]
    public void An_owned_file_that_somebody_removed_is_nothing_to_remove()
    {
        WriteFine(_root, Of(("x/a", "1\n"), ("b", "1\n")));
        Directory.Delete(_root.Full("x"), recursive: true);
        var plan = WriteFine(_root, Of(("b", "1\n")));
        Assert.Equal(["policyc.manifest.json"], plan.Changes.Select(c => c.Path));
    }

    [Fact]
    public void An_edited_owned_file_is_rewritten()
    {
        WriteFine(_root, Of(("a", "1\n")));
        _root.Write("a", "edited\n");
        WriteFine(_root, Of(("a", "1\n")));
        Assert.Equal("1\n", _root.Read("a"));
    }

    [Fact]
    public void A_foreign_file_in_the_way_is_an_error_and_nothing_is_written()
    {
        _root.Write("a", "mine\n");
        var diagnostic = WriteRefused(_root, Of(("a", "1\n"), ("b", "1\n")));
        Assert.Equal(OutputDiagnostics.ForeignFile, diagnostic.Descriptor);
        Assert.Equal("`a` exists, and policyc did not write it", diagnostic.Message);
    }

    [Fact]
    public void A_foreign_file_with_the_same_bytes_is_adopted_and_later_removed()
    {
        _root.Write("a", "1\n");
        WriteFine(_root, Of(("a", "1\n")));
        WriteFine(_root, Of(("b", "1\n")));
        Assert.False(_root.Exists("a"));
    }

    [Fact]
    public void A_foreign_folder_and_a_foreign_file_in_place_of_a_folder_are_errors()
    {
        _root.Write("a/mine", "mine\n");
        Assert.Equal("a folder stands at `a`, where policyc would write a file", WriteRefused(_root, Of(("a", "1\n"))).Message);
        Assert.Equal("a file stands at `a/mine`, where policyc needs a folder", WriteRefused(_root, Of(("a/mine/x", "1\n"), ("a/mine/y", "1\n"))).Message);
    }

    [Fact]
    public void A_file_may_become_a_folder_and_a_folder_a_file()
    {
        WriteFine(_root, Of(("a", "1\n"), ("b/c/d", "1\n")));
        WriteFine(_root, Of(("a/x", "2\n"), ("b", "2\n")));
        Assert.Equal("2\n", _root.Read("a/x"));
        Assert.Equal("2\n", _root.Read("b"));
    }

    [Fact]
    public void A_change_of_case_alone_moves_the_file()
    {
        WriteFine(_root, Of(("Prod/a", "1\n")));
        WriteFine(_root, Of(("prod/a", "1\n")));
        Assert.Equal("1\n", _root.Read("prod/a"));
        Assert.Single(Directory.EnumerateFiles(_root.Path, "a", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("c:/a")]
    [InlineData("aux.yaml")]
    [InlineData("a./b")]
    [InlineData("a\nb")]
    [InlineData("")]
    [InlineData(".policyc.lock")]
    [InlineData(".policyc-staging/new-0")]
    [InlineData("Policyc.Manifest.json")]
    [InlineData("x/.git/config")]
    public void A_path_that_is_not_safe_everywhere_is_refused(string path)
        => Assert.Equal(OutputDiagnostics.UnsafePath, WriteRefused(_root, Of((path, "1\n"))).Descriptor);

    [Theory]
    [InlineData("a", "a", "two outputs have the path `a`")]
    [InlineData("a", "A", "the outputs `a` and `A` differ only in case")]
    [InlineData("x/a", "X/b", "the output folders `x` and `X` differ only in case")]
    [InlineData("x", "x/b", "`x` would be both a file and a folder")]
    public void Paths_that_collide_are_refused(string first, string second, string message)
    {
        var diagnostic = WriteRefused(_root, Of((first, "1\n"), (second, "2\n")));
        Assert.Equal(OutputDiagnostics.PathCollision, diagnostic.Descriptor);
        Assert.Equal(message, diagnostic.Message);
    }

    [Fact]
    public void Nothing_is_written_or_removed_through_a_symbolic_link()
    {
        using var elsewhere = new TemporaryFolder();
        WriteFine(_root, Of(("x/a", "1\n")));
        elsewhere.Write("a", "1\n");
        Directory.Delete(_root.Full("x"), recursive: true);
        Directory.CreateSymbolicLink(_root.Full("x"), elsewhere.Path);

        Assert.Equal(OutputDiagnostics.ThroughLink, WriteRefused(_root, Of(("x/a", "2\n"), ("x/b", "2\n"))).Descriptor);
        Assert.Equal(OutputDiagnostics.ThroughLink, WriteRefused(_root, Of(("c", "2\n"))).Descriptor);
        Assert.Equal("a=1\n\n", elsewhere.Snapshot());
    }

    [Fact]
    public void A_symbolic_link_in_place_of_a_file_is_refused()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("secret", "1\n");
        File.CreateSymbolicLink(_root.Full("a"), elsewhere.Full("secret"));
        Assert.Equal(OutputDiagnostics.ThroughLink, WriteRefused(_root, Of(("a", "1\n"))).Descriptor);
    }

    [Fact]
    public void A_cluster_that_vanishes_is_an_error_until_it_was_retired()
    {
        WriteFine(_root, Of(["old", "prod"], ("old/a", "1\n"), ("prod/a", "1\n")));

        var diagnostic = WriteRefused(_root, Of(["prod"], ("prod/a", "1\n")));
        Assert.Equal(OutputDiagnostics.ClusterVanished, diagnostic.Descriptor);
        Assert.Contains("`old`", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("cluster old { retired }", diagnostic.Help, StringComparison.Ordinal);

        WriteFine(_root, Of(["old!", "prod"], ("old/a", "empty\n"), ("prod/a", "1\n")));
        WriteFine(_root, Of(["prod"], ("prod/a", "1\n")));
        Assert.False(Directory.Exists(_root.Full("old")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": \"1\", \"clusters\": [], \"files\": {}}")]
    [InlineData("{\"format\": 1, \"clusters\": [{\"name\": \"a\"}], \"files\": {}}")]
    [InlineData("{\"format\": 1, \"clusters\": [], \"files\": {}, \"more\": 1}")]
    [InlineData("{\"format\": 1, \"clusters\": [], \"files\": {\"k\": [\"../../etc/passwd\"]}}")]
    [InlineData("{\"format\": 1, \"clusters\": [], \"files\": {\"k\": [\"a\"], \"t\": [\"a\"]}}")]
    [InlineData("{\"format\": 1, \"clusters\": [], \"files\": {\"k\": [null]}}")]
    [InlineData("<<<<<<< HEAD\n{}\n")]
    public void A_damaged_manifest_is_an_error(string text)
    {
        _root.Write("policyc.manifest.json", text);
        Assert.Equal(OutputDiagnostics.DamagedManifest, WriteRefused(_root, Of(("a", "1\n")), OutputOutcome.Failed).Descriptor);
    }

    [Fact]
    public void A_manifest_of_a_later_version_is_an_error()
    {
        _root.Write("policyc.manifest.json", "{\"format\": 2}");
        Assert.Equal(OutputDiagnostics.UnknownManifestFormat, WriteRefused(_root, Of(("a", "1\n")), OutputOutcome.Failed).Descriptor);
    }

    [Fact]
    public void Inspecting_finds_every_difference_and_changes_nothing()
    {
        WriteFine(_root, Of(("extra", "1\n"), ("missing", "1\n"), ("same", "1\n"), ("stale", "1\n")));
        File.Delete(_root.Full("missing"));
        var before = _root.Snapshot();

        var plan = Assert.IsType<OutputPlan>(Inspect(_root, Of(("missing", "1\n"), ("same", "1\n"), ("stale", "2\n"))).Plan);

        Assert.Equal(
            [("extra", OutputChangeKind.Remove), ("missing", OutputChangeKind.Create), ("stale", OutputChangeKind.Update), ("policyc.manifest.json", OutputChangeKind.Update)],
            plan.Changes.Select(c => (c.Path, c.Kind)));
        Assert.Equal(before, _root.Snapshot());
    }

    [Fact]
    public void Inspecting_a_missing_root_does_not_create_it()
    {
        var store = new OutputStore(new DiskOutputFileSystem(_root.Full("out")));
        var result = store.Inspect(Of(("x/a", "1\n")), new DiagnosticBag(), CancellationToken.None);
        Assert.Equal(["x/a", "policyc.manifest.json"], result.Plan?.Changes.Select(c => c.Path));
        Assert.False(Directory.Exists(_root.Full("out")));
    }

    [Fact]
    public void A_root_that_is_a_file_fails_with_a_reason()
    {
        _root.Write("out", "a file");
        var diagnostics = new DiagnosticBag();
        var result = new OutputStore(new DiskOutputFileSystem(_root.Full("out"))).Write(Of(("a", "1\n")), diagnostics, CancellationToken.None);
        Assert.Equal(OutputOutcome.Failed, result.Outcome);
        Assert.Equal(OutputDiagnostics.NotAccessible, Assert.Single(diagnostics.ToSortedArray()).Descriptor);
    }
}
