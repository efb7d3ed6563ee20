using System.Text;
using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Formatting;

public sealed class FormatCommandTests : IDisposable
{
    private const string Ugly = "default   via tailscale\n";
    private const string Neat = "default via tailscale\n";
    private const string Wrong = "allow sre as view on prod\n";

    private readonly CliTestHost _cli = new() { OtherPipeline = new CompilerPipeline() };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Nothing_is_said_when_nothing_changes()
    {
        _cli.Folder.Write("policyc.yaml", "language: 1\n");
        _cli.Folder.Write("a.policy", Neat);
        var before = File.GetLastWriteTimeUtc(_cli.Folder.Full("a.policy"));
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("fmt"));
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("fmt", "--check", "--diff"));
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("fmt", "a.policy", "."));
        Assert.Equal(before, File.GetLastWriteTimeUtc(_cli.Folder.Full("a.policy")));
    }

    [Fact]
    public void Without_arguments_it_formats_the_sources_of_the_project_and_nothing_else()
    {
        _cli.Folder.Write("policyc.yaml", "language: 1\nsources: [\"teams/*.policy\"]\n");
        _cli.Folder.Write("teams/b.policy", Ugly);
        _cli.Folder.Write("teams/a.policy", "group a{ }\n");
        _cli.Folder.Write("other/c.policy", Ugly);
        _cli.WorkingDirectory = "other";
        Assert.Equal(new CliResult(0, "", "formatted ../teams/a.policy\nformatted ../teams/b.policy\n"), _cli.Run("fmt"));
        Assert.Equal((Neat, "group a { }\n", Ugly), (_cli.Folder.Read("teams/b.policy"), _cli.Folder.Read("teams/a.policy"), _cli.Folder.Read("other/c.policy")));
    }

    [Fact]
    public void A_folder_stands_for_its_policies_and_HuJSON_files_but_for_outputs_and_hidden_folders()
    {
        _cli.Folder.Write("p/a.policy", Ugly);
        _cli.Folder.Write("p/deep/b.hujson", "{\"a\":1}");
        _cli.Folder.Write("p/deep/c.json", "{\"a\":1}");
        _cli.Folder.Write("p/.git/d.policy", Ugly);
        _cli.Folder.Write("p/out/policyc.manifest.json", "{}");
        _cli.Folder.Write("p/out/tailscale/policy.hujson", "{\"a\":1}");
        Assert.Equal(new CliResult(0, "", "formatted p/a.policy\nformatted p/deep/b.hujson\n"), _cli.Run("fmt", "p"));
        Assert.Equal("{\"a\": 1}\n", _cli.Folder.Read("p/deep/b.hujson"));
        Assert.Equal("{\"a\":1}", _cli.Folder.Read("p/out/tailscale/policy.hujson"));
        Assert.Equal(Ugly, _cli.Folder.Read("p/.git/d.policy"));
    }

    [Fact]
    public void Check_lists_files_and_diff_shows_them_and_neither_writes()
    {
        _cli.Folder.Write("a.policy", Ugly);
        _cli.Folder.Write("b.policy", Ugly);
        var before = _cli.Folder.Snapshot();
        Assert.Equal(
            new CliResult(1, "error[not-formatted]: `a.policy` is not formatted\nhelp: run `policyc fmt` and commit the result\nerror[not-formatted]: `b.policy` is not formatted\n2 errors\n", ""),
            _cli.Run("fmt", "--check"));
        Assert.Equal(new CliResult(1, "--- a/a.policy\n+++ b/a.policy\n@@ -1 +1 @@\n-default   via tailscale\n+default via tailscale\n", ""), _cli.Run("fmt", "--diff", "a.policy"));
        Assert.Contains("error[not-formatted]", _cli.Run("fmt", "--diff", "--check", "a.policy").Output, StringComparison.Ordinal);
        Assert.Equal(before, _cli.Folder.Snapshot());
    }

    [Fact]
    public void A_file_with_a_mistake_is_shown_and_left_alone_and_the_others_are_formatted()
    {
        _cli.Folder.Write("a.policy", Wrong + "group  a { }\n");
        _cli.Folder.Write("b.policy", Ugly);
        var result = _cli.Run("fmt", ".");
        Assert.Equal((1, "formatted b.policy\n"), (result.Status, result.Error));
        Assert.StartsWith("error[missing-scope]", result.Output, StringComparison.Ordinal);
        Assert.Contains("a.policy:1:1", result.Output, StringComparison.Ordinal);
        Assert.Equal(Wrong + "group  a { }\n", _cli.Folder.Read("a.policy"));
    }

    [Fact]
    public void Line_ends_and_the_byte_order_mark_become_those_of_the_layout()
    {
        File.WriteAllBytes(_cli.Folder.Full("a.policy"), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("default via tailscale\r\n# a\r\n")]);
        Assert.Equal(1, _cli.Run("fmt", "--check", "a.policy").Status);
        Assert.Equal(0, _cli.Run("fmt", "a.policy").Status);
        Assert.Equal(Encoding.UTF8.GetBytes("default via tailscale\n# a\n"), File.ReadAllBytes(_cli.Folder.Full("a.policy")));
    }

    [Theory]
    [InlineData("error[not-utf8]", 0xFF, 0x41)]
    [InlineData("error[nul-byte]", 0x41, 0x00)]
    [InlineData("error[not-utf8]", 0xFF, 0xFE)]
    public void Bytes_that_are_no_text_are_an_error(string error, params int[] bytes)
    {
        File.WriteAllBytes(_cli.Folder.Full("a.policy"), [.. bytes.Select(b => (byte)b)]);
        var result = _cli.Run("fmt", "a.policy");
        Assert.Equal(2, result.Status);
        Assert.StartsWith(error, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_an_error()
    {
        _cli.Folder.Write("a.policy", "cluster a { " + string.Concat(Enumerable.Repeat("b { ", 100_000)));
        _cli.Folder.Write("a.hujson", new string('[', 100_000));
        Assert.Contains("nested-too-deeply", _cli.Run("fmt", "a.policy").Output, StringComparison.Ordinal);
        Assert.Contains("hujson-syntax", _cli.Run("fmt", "a.hujson").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_an_error()
    {
        using (var file = File.Create(_cli.Folder.Full("a.policy")))
        {
            file.SetLength((16 * 1024 * 1024) + 1);
        }

        var result = _cli.Run("fmt", "a.policy");
        Assert.Equal(2, result.Status);
        Assert.StartsWith("error[file-too-large]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: `nothing.policy` does not exist\n", "nothing.policy")]
    [InlineData("error: `empty` holds no `.policy` and no `.hujson` file\n", "empty")]
    [InlineData("error: `--stdin-filename` names what comes by standard input\nhelp: write `policyc fmt - --stdin-filename NAME`\n", "a.policy", "--stdin-filename", "x")]
    [InlineData("error: beside `-` no file can be named\n", "-", "a.policy")]
    [InlineData("error: `policyc fmt` has no option `--chek`\nhelp: did you mean `--check`?\n", "--chek")]
    public void Wrong_usage_is_status_2(string error, params string[] args)
    {
        _cli.Folder.Write("a.policy", Ugly);
        Directory.CreateDirectory(_cli.Folder.Full("empty"));
        Assert.Equal(new CliResult(2, "", error), _cli.Run(["fmt", .. args]));
    }

    [Fact]
    public void A_file_of_another_kind_is_an_error()
    {
        _cli.Folder.Write("policyc.yaml", "language: 1\n");
        Assert.Equal(new CliResult(2, "error[unknown-file-kind]: `policyc.yaml` is neither a `.policy` nor a `.hujson` file\n1 error\n", ""), _cli.Run("fmt", "policyc.yaml"));
    }

    [Fact]
    public void Standard_input_goes_to_standard_output()
    {
        _cli.Input = Ugly;
        Assert.Equal(new CliResult(0, Neat, ""), _cli.Run("fmt", "-"));
        Assert.Equal(new CliResult(0, Neat, ""), _cli.Run("fmt", "-", "--stdin-filename", "teams/a.policy"));
        Assert.Equal(new CliResult(1, "error[not-formatted]: `<stdin>` is not formatted\nhelp: run `policyc fmt` and commit the result\n1 error\n", ""), _cli.Run("fmt", "-", "--check"));
        _cli.Input = Neat;
        Assert.Equal(new CliResult(0, Neat, ""), _cli.Run("fmt", "-"));
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("fmt", "-", "--check"));
        _cli.Input = "{\"a\":1}";
        Assert.Equal(new CliResult(0, "{\"a\": 1}\n", ""), _cli.Run("fmt", "-", "--stdin-filename", "x.hujson"));
    }

    [Fact]
    public void A_mistake_in_standard_input_never_reaches_standard_output()
    {
        _cli.Input = Wrong;
        var result = _cli.Run("fmt", "-", "--stdin-filename", "teams/a.policy");
        Assert.Equal((1, ""), (result.Status, result.Output));
        Assert.Contains("--> teams/a.policy:1:1", result.Error, StringComparison.Ordinal);
        _cli.Input = "x";
        Assert.Equal(2, _cli.Run("fmt", "-", "--stdin-filename", "x.yaml").Status);
    }

    [Fact]
    public void A_file_keeps_its_permissions_and_leaves_nothing_beside_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _cli.Folder.Write("a.policy", Ugly);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(_cli.Folder.Full("a.policy"), Mode);
        Assert.Equal(0, _cli.Run("fmt", "a.policy").Status);
        Assert.Equal(Mode, File.GetUnixFileMode(_cli.Folder.Full("a.policy")));
        Assert.Equal($"a.policy={Neat}\n", _cli.Folder.Snapshot());
    }

    [Fact]
    public void A_read_only_file_is_an_error()
    {
        _cli.Folder.Write("a.policy", Ugly);
        File.SetAttributes(_cli.Folder.Full("a.policy"), FileAttributes.ReadOnly);
        Assert.Equal(new CliResult(2, "error[file-not-written]: `a.policy` cannot be rewritten: it is read-only\n1 error\n", ""), _cli.Run("fmt", "a.policy"));
        Assert.Equal(Ugly, _cli.Folder.Read("a.policy"));
        File.SetAttributes(_cli.Folder.Full("a.policy"), FileAttributes.Normal);
    }

    [Fact]
    public void A_link_stays_a_link_and_its_file_is_formatted_once()
    {
        _cli.Folder.Write("real/a.policy", Ugly);
        _cli.Folder.Write("p/b.policy", Neat);
        File.CreateSymbolicLink(_cli.Folder.Full("p/link.policy"), _cli.Folder.Full("real/a.policy"));
        File.CreateSymbolicLink(_cli.Folder.Full("p/loop.policy"), _cli.Folder.Full("p/loop.policy"));
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("fmt", "p"));
        Assert.Equal(Ugly, _cli.Folder.Read("real/a.policy"));
        Assert.Equal(new CliResult(0, "", "formatted p/link.policy\n"), _cli.Run("fmt", "p/link.policy", "real/a.policy"));
        Assert.Equal(Neat, _cli.Folder.Read("real/a.policy"));
        Assert.NotNull(new FileInfo(_cli.Folder.Full("p/link.policy")).LinkTarget);
        Assert.StartsWith("error[symbolic-link-loop]", _cli.Run("fmt", "p/loop.policy").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_says_so()
    {
        _cli.Folder.Write("a.policy", Ugly);
        _cli.Cancellation.Cancel();
        Assert.Equal(130, _cli.Run("fmt", "a.policy").Status);
        Assert.Equal(Ugly, _cli.Folder.Read("a.policy"));
    }
}
