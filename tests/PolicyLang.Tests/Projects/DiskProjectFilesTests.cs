using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Projects;

public sealed class DiskProjectFilesTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("policyc-").FullName;

    private string Root => Path.Combine(_parent, "project");

    public DiskProjectFilesTests() => Directory.CreateDirectory(Root);

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Finds_files_in_ordinal_order_and_leaves_out_hidden_ones()
    {
        foreach (var path in new[] { "b.policy", "B.policy", "a/c.policy", "a-b/c.policy", ".git/x.policy", "a/.hidden/x.policy", "node_modules/m/x.policy", "a/readme.md", ".x.policy" })
        {
            Write(path, "");
        }

        var (found, diagnostics) = Find("**/*.policy", "a/*.policy");
        Assert.Empty(diagnostics.Lines());
        Assert.Equal("B.policy a-b/c.policy a/c.policy b.policy", string.Join(' ', found));
    }

    [Fact]
    public void A_folder_with_the_name_of_a_policy_is_an_error_also_where_a_pattern_finds_it()
    {
        Write("x.policy/y.policy", "");
        Assert.Equal(["x.policy", "x.policy/y.policy"], Find("**/*.policy").Found);
        Assert.Equal(["- not-a-file"], Read("x.policy").Diagnostics.Lines());
        Assert.Equal(["x.policy"], Find("x.policy").Found);
    }

    [Fact]
    public void A_folder_in_place_of_the_project_file_is_an_error_not_a_default()
    {
        Write("policyc.yaml/x", "");
        Write("a.policy", "");
        var diagnostics = new DiagnosticBag();
        ProjectLoader.Load(new DiskProjectFiles(Root), FakeTargets.All, "0.1.0", diagnostics);
        Assert.Equal(["- not-a-file"], diagnostics.Lines());
    }

    [Fact]
    public void Reads_text_with_and_without_a_byte_order_mark()
    {
        Write("a.policy", [0xEF, 0xBB, 0xBF, .. "caf\u00e9\r\n"u8]);
        Write("b.policy", "caf\u00e9\r\n");
        Write("empty.policy", "");
        Assert.Equal("caf\u00e9\r\n", Read("a.policy").Source?.Text);
        Assert.Equal("caf\u00e9\r\n", Read("./x/../b.policy").Source?.Text);
        Assert.Equal("b.policy", Read("./x/../b.policy").Source?.Path);
        Assert.Equal("", Read("empty.policy").Source?.Text);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_named_with_offset_and_line()
    {
        Write("a.policy", [.. "ab\ncd\n"u8, 0xC3, 0x28]);
        Assert.Equal("`a.policy` is not UTF-8: byte 0xC3 at offset 6, line 3", OnlyError("a.policy", "not-utf8").Message);
        Write("bom.policy", [0xEF, 0xBB, 0xBF, 0x61, 0xFF]);
        Assert.Equal("`bom.policy` is not UTF-8: byte 0xFF at offset 4, line 1", OnlyError("bom.policy", "not-utf8").Message);
        Write("utf16.policy", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("allow")).ToArray());
        Assert.Equal("`utf16.policy` is UTF-16 text", OnlyError("utf16.policy", "not-utf8").Message);
        Write("utf16be.policy", Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes("allow")).ToArray());
        Assert.Equal("`utf16be.policy` is UTF-16 text", OnlyError("utf16be.policy", "not-utf8").Message);
        Write("nul.policy", "a\n\0b");
        Assert.Equal("`nul.policy` holds a NUL byte at offset 2, line 2", OnlyError("nul.policy", "nul-byte").Message);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_with_its_size()
    {
        using (var file = File.Create(Path.Combine(Root, "big.policy")))
        {
            file.SetLength((16 * 1024 * 1024) + (1024 * 1024 / 2));
        }

        Assert.Equal("`big.policy` is 16.5 MB large; policyc reads at most 16 MB", OnlyError("big.policy", "file-too-large").Message);
    }

    [Theory]
    [InlineData("missing.policy", "file-not-found")]
    [InlineData("missing/x.policy", "file-not-found")]
    [InlineData("../secret.txt", "outside-project")]
    [InlineData("a/../../secret.txt", "outside-project")]
    [InlineData("/etc/passwd", "outside-project")]
    [InlineData("C:/x", "outside-project")]
    [InlineData("a\\b", "invalid-file-path")]
    [InlineData("", "invalid-file-path")]
    [InlineData("a\0b", "invalid-file-path")]
    public void Paths_that_lead_nowhere_or_out_are_refused(string path, string code)
    {
        File.WriteAllText(Path.Combine(_parent, "secret.txt"), "secret");
        OnlyError(path, code);
    }

    [Fact]
    public void The_place_that_names_the_file_is_where_the_error_stands()
    {
        var here = TestModels.Here("clusters from \"../x.yaml\"");
        var diagnostics = new DiagnosticBag();
        new DiskProjectFiles(Root).Read("../x.yaml", here, diagnostics);
        Assert.Equal(here, Assert.Single(diagnostics.ToSortedArray()).Location);
    }

    [Fact]
    public void Links_inside_the_project_are_read_and_others_are_not()
    {
        Write("real/a.policy", "a");
        File.WriteAllText(Path.Combine(_parent, "secret.txt"), "secret");
        Directory.CreateDirectory(Path.Combine(_parent, "project-two"));
        File.WriteAllText(Path.Combine(_parent, "project-two", "x.policy"), "x");
        Link("in.policy", "real/a.policy");
        Link("out.policy", "../secret.txt");
        Link("sibling.policy", "../project-two/x.policy");
        Link("gone.policy", "nowhere.policy");
        Link("self.policy", "self.policy");
        Link("one.policy", "two.policy");
        Link("two.policy", "one.policy");
        Link("folder", "real");
        Link("away", "..");
        Assert.Equal("a", Read("in.policy").Source?.Text);
        Assert.Equal("a", Read("folder/a.policy").Source?.Text);
        OnlyError("out.policy", "outside-project");
        OnlyError("sibling.policy", "outside-project");
        OnlyError("away/secret.txt", "outside-project");
        OnlyError("gone.policy", "file-not-found");
        OnlyError("self.policy", "symbolic-link-loop");
        OnlyError("one.policy", "symbolic-link-loop");
    }

    [Fact]
    public void Patterns_do_not_go_into_linked_folders_and_loops_end()
    {
        Write("real/a.policy", "a");
        Link("real/loop", "..");
        Link("again", "real");
        var (found, diagnostics) = Find("**/*.policy");
        Assert.Equal("real/a.policy", Assert.Single(found));
        Assert.Equal(["- linked-folder", "- linked-folder"], diagnostics.Lines());
        Assert.False(diagnostics.HasErrors);
        Assert.Empty(Find("real/*.policy").Diagnostics.Lines());
    }

    [Fact]
    public void A_link_to_the_project_folder_itself_is_no_obstacle()
    {
        Write("a.policy", "a");
        File.CreateSymbolicLink(Path.Combine(_parent, "link"), Root);
        var diagnostics = new DiagnosticBag();
        var files = new DiskProjectFiles(Path.Combine(_parent, "link"));
        Assert.Equal("a.policy", Assert.Single(files.Find(["**/*.policy"], diagnostics)));
        Assert.Equal("a", files.Read("a.policy", null, diagnostics)?.Text);
        Assert.Empty(diagnostics.Lines());
    }

    [Fact]
    public void A_pipe_a_socket_and_a_device_are_refused_without_waiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("mkfifo", "pipe.policy");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Root, "s.policy")));
        Assert.Equal("pipe.policy s.policy", string.Join(' ', Find("*.policy").Found));
        Assert.Equal("`pipe.policy` is a device, a pipe or a socket, not a file", OnlyError("pipe.policy", "not-a-file").Message);
        OnlyError("s.policy", "not-a-file");

        // Only root may make a device.
        if (Environment.IsPrivilegedProcess && Run("mknod", "zero.policy", "c", "1", "5") == 0)
        {
            OnlyError("zero.policy", "not-a-file");
        }
    }

    [Fact]
    public void What_may_not_be_read_is_reported()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return; // root reads everything
        }

        Write("a.policy", "a");
        Write("closed/b.policy", "b");
        File.SetUnixFileMode(Path.Combine(Root, "a.policy"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(Root, "closed"), UnixFileMode.None);
        OnlyError("a.policy", "unreadable-file");
        Assert.Equal(["- unreadable-file"], Find("**/*.policy").Diagnostics.Lines());
        File.SetUnixFileMode(Path.Combine(Root, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_project_folder_that_does_not_exist_is_an_error()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Empty(new DiskProjectFiles(Path.Combine(Root, "nowhere")).Find(["*.policy"], diagnostics));
        Assert.Equal(["- unreadable-file"], diagnostics.Lines());
    }

    private Diagnostic OnlyError(string path, string code)
    {
        var (source, diagnostics) = Read(path);
        Assert.Null(source);
        var error = Assert.Single(diagnostics.ToSortedArray());
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain(_parent, error.Message, StringComparison.Ordinal);
        return error;
    }

    private (SourceText? Source, DiagnosticBag Diagnostics) Read(string path)
    {
        var diagnostics = new DiagnosticBag();
        return (new DiskProjectFiles(Root).Read(path, null, diagnostics), diagnostics);
    }

    private (string[] Found, DiagnosticBag Diagnostics) Find(params string[] patterns)
    {
        var diagnostics = new DiagnosticBag();
        return ([.. new DiskProjectFiles(Root).Find(patterns, diagnostics)], diagnostics);
    }

    private void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    private void Write(string path, byte[] bytes)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
        File.WriteAllBytes(full, bytes);
    }

    private void Link(string path, string target)
    {
        var full = Path.Combine(Root, path);
        File.CreateSymbolicLink(full, target);
    }

    private int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = Root, RedirectStandardError = true });
        Assert.NotNull(process);
        process.WaitForExit();
        return process.ExitCode;
    }
}
