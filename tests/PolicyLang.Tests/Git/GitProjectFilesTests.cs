using System.Diagnostics;
using System.Text;
using PolicyLang.Cli.Git;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Git;

public sealed class GitProjectFilesTests : IDisposable
{
    private readonly CliTestHost _cli = GitFolder.Host();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_revision_holds_what_the_disk_held()
    {
        _cli.Folder.Write("p/policyc.yaml", "language: 1\n");
        _cli.Folder.Write("p/a b/c\"d.policy", "# one\n");
        _cli.Folder.Write("p/é/ü.policy", "# two\n");
        _cli.Folder.Write("p/-x.policy", "# three\n");
        _cli.Folder.Write("p/tab\there.policy", "# four\n");
        _cli.Folder.Write("p/line\nbreak.policy", "# five\n");
        _cli.Folder.Write("p/.hidden/no.policy", "# six\n");
        _cli.Folder.Write("p/empty.policy", "");
        _cli.Folder.Write("other/no.policy", "# seven\n");
        GitFolder.Commit(_cli.Folder);
        var disk = new DiskProjectFiles(_cli.Folder.Full("p"));
        var expected = Contents(disk);
        Assert.Equal(6, expected.Length);
        _cli.Folder.Write("p/a b/c\"d.policy", "# changed\n");
        Assert.Equal(expected, Contents(Files("HEAD", "p")));
        Assert.NotEqual(expected, Contents(disk));
    }

    [Theory]
    [InlineData("to-file.policy", "real.policy", "# real\n", "")]
    [InlineData("to-link.policy", "to-file.policy", "# real\n", "")]
    [InlineData("up.policy", "sub/../real.policy", "# real\n", "")]
    [InlineData("out.policy", "../other/secret.policy", null, "outside-project")]
    [InlineData("abs.policy", "/etc/passwd", null, "outside-project")]
    [InlineData("loop.policy", "loop.policy", null, "symbolic-link-loop")]
    [InlineData("none.policy", "nothing", null, "file-not-found")]
    [InlineData("folder.policy", "sub", null, "linked-folder not-a-file")]
    public void Links_are_followed_inside_the_project_only(string link, string target, string? text, string code)
    {
        _cli.Folder.Write("other/secret.policy", "# secret\n");
        _cli.Folder.Write("p/real.policy", "# real\n");
        _cli.Folder.Write("p/sub/x.policy", "# x\n");
        File.CreateSymbolicLink(_cli.Folder.Full("p/to-file.policy"), "real.policy");
        if (link != "to-file.policy")
        {
            File.CreateSymbolicLink(_cli.Folder.Full("p/" + link), target);
        }

        GitFolder.Commit(_cli.Folder);
        foreach (var files in new IProjectFiles[] { Files("HEAD", "p"), new DiskProjectFiles(_cli.Folder.Full("p")) })
        {
            var diagnostics = new DiagnosticBag();
            Assert.Contains(link, files.Find(["**/*.policy"], diagnostics));
            Assert.Equal(text, files.Read(link, null, diagnostics)?.Text);
            Assert.Equal(code, string.Join(' ', diagnostics.ToSortedArray().Select(d => d.Code)));
        }
    }

    [Fact]
    public void Patterns_do_not_go_into_linked_folders_and_say_so_but_a_path_does()
    {
        _cli.Folder.Write("p/real/x.policy", "# x\n");
        File.CreateSymbolicLink(_cli.Folder.Full("p/linked"), "real");
        GitFolder.Commit(_cli.Folder);
        foreach (var files in new IProjectFiles[] { Files("HEAD", "p"), new DiskProjectFiles(_cli.Folder.Full("p")) })
        {
            var diagnostics = new DiagnosticBag();
            Assert.Equal("real/x.policy", Assert.Single(files.Find(["**/*.policy"], diagnostics)));
            Assert.Equal(["linked-folder"], diagnostics.ToSortedArray().Select(d => d.Code));
            Assert.Equal("# x\n", files.Read("linked/x.policy", null, diagnostics)?.Text);
        }
    }

    [Fact]
    public void A_submodule_that_could_hold_sources_is_an_error()
    {
        _cli.Folder.Write("a.policy", "");
        var commit = GitFolder.Commit(_cli.Folder);
        GitFolder.Run(_cli.Folder, "update-index", "--add", "--cacheinfo", $"160000,{commit},vendor");
        GitFolder.Run(_cli.Folder, "commit", "-q", "-m", "with a submodule");
        var diagnostics = new DiagnosticBag();
        Assert.Equal("a.policy", Assert.Single(Files("HEAD", "").Find(["*.policy"], diagnostics)));
        Assert.Empty(diagnostics.ToSortedArray());
        Files("HEAD", "").Find(["**/*.policy"], diagnostics);
        Assert.Equal("unreadable-file: `vendor` is a submodule: its files are in another repository, and they may hold sources", string.Join(' ', diagnostics.ToSortedArray().Select(d => $"{d.Code}: {d.Message}")));
        Assert.Null(Files("HEAD", "").Read("vendor", null, diagnostics));
    }

    [Fact]
    public void Names_and_contents_that_are_not_utf8_and_large_files_are_refused()
    {
        var blob = Hash("# text\n"u8.ToArray());
        var latin = Hash([0x23, 0xE9, 0x0A]);
        var large = Hash(new byte[SourceTextDecoder.MaxBytes + 1]);
        var tree = new MemoryStream();
        foreach (var (name, id) in new[] { ("a\u00e9.policy", blob), ("b.policy", latin), ("c.policy", large) })
        {
            tree.Write(Encoding.ASCII.GetBytes($"100644 blob {id}\t"));
            tree.Write(Encoding.Latin1.GetBytes(name));
            tree.WriteByte(0);
        }

        var commit = GitFolder.Run(_cli.Folder, "commit-tree", Pipe(tree.ToArray(), "mktree", "-z"), "-m", "raw").Trim();
        GitFolder.Run(_cli.Folder, "update-ref", "refs/heads/raw", commit);
        var diagnostics = new DiagnosticBag();
        var files = Files("raw", "");
        foreach (var path in files.Find(["*.policy"], diagnostics))
        {
            Assert.Null(files.Read(path, null, diagnostics));
        }

        Assert.Equal(["file-too-large", "not-utf8", "unreadable-file"], diagnostics.ToSortedArray().Select(d => d.Code));
    }

    private static string[] Contents(IProjectFiles files)
    {
        var diagnostics = new DiagnosticBag();
        string[] contents = [.. files.Find(["**/*.policy"], diagnostics).Select(path => $"{path}: {files.Read(path, null, diagnostics)?.Text}")];
        Assert.Empty(diagnostics.ToSortedArray());
        return contents;
    }

    private GitProjectFiles Files(string revision, string project)
    {
        var repository = GitRepository.Open(_cli.Folder.Full(project), _cli.Context());
        return new GitProjectFiles(repository, repository.List(repository.Resolve(revision), repository.Prefix()) ?? throw new InvalidOperationException("no such folder"));
    }

    private string Hash(byte[] content) => Pipe(content, "hash-object", "-w", "--stdin");

    private string Pipe(byte[] input, params string[] args)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = _cli.Folder.Path, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
