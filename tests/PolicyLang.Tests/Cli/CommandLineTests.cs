using System.Diagnostics;
using System.Text;
using PolicyLang.Cli;
using Xunit;

namespace PolicyLang.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliTestHost _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_version_is_the_assembly_s()
    {
        Assert.Equal("policyc 0.1.0\n", Encoding.UTF8.GetString(ToolVersion.Line));
        Assert.Equal(new CliResult(0, "policyc " + ToolVersion.Number + "\n", ""), _cli.Run("--version"));
        Assert.Equal(ToolVersion.Number, typeof(ToolVersion).Assembly.GetName().Version?.ToString(3));
    }

    [Theory]
    [InlineData("error: `policyc` has no command `bild`\nhelp: did you mean `build`?\n", "bild")]
    [InlineData("error: `policyc build` has no option `--chek`\nhelp: did you mean `--check`?\n", "build", "--chek")]
    [InlineData("error: `policyc init` has no option `--force`\nhelp: see `policyc init --help`\n", "init", "--force")]
    [InlineData("error: `policyc build` has no argument `b`\nhelp: see `policyc build --help`\n", "build", "a", "b")]
    [InlineData("error: `--format` takes `text` or `json`, not `xml`\nhelp: see `policyc build --help`\n", "build", "--format", "xml")]
    [InlineData("error: `--as-of` takes a day such as `2026-12-31`, not `2026-02-30`\nhelp: see `policyc build --help`\n", "build", "--as-of", "2026-02-30")]
    [InlineData("error: there is no target `teleprot`\nhelp: did you mean `teleport`?\n", "build", "--target", "teleprot")]
    [InlineData("error: `--check` and `--dry-run` exclude each other\nhelp: `--check` lists the files that are out of date, `--dry-run` shows how they differ\n", "build", "--check", "--dry-run")]
    [InlineData("error: `--expired` belongs to `--check`\nhelp: a build always leaves out rules that have ended\n", "build", "--expired=ignore")]
    [InlineData("error: `--allow-mixed` belongs to `--target`\n", "build", "--allow-mixed")]
    [InlineData("error: there is no completion for `zssh`\nhelp: did you mean `zsh`?\n", "completion", "zssh")]
    public void Wrong_usage_is_status_2_with_a_hint_on_standard_error(string error, params string[] args)
    {
        Assert.Equal(new CliResult(2, "", error), _cli.Run(args));
        Assert.Equal("", _cli.Folder.Snapshot());
    }

    [Fact]
    public void Without_arguments_the_help_goes_to_standard_error()
    {
        var result = _cli.Run();
        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Contains("Usage: policyc COMMAND [OPTIONS]", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usage: policyc COMMAND [OPTIONS]", "--help")]
    [InlineData("Usage: policyc build [PROJECT] [OPTIONS]", "build", "-h")]
    [InlineData("Usage: policyc init [DIR] [OPTIONS]", "init", "--help", "--bogus")]
    [InlineData("Usage: policyc completion SHELL [OPTIONS]", "completion", "--help")]
    public void Help_shows_usage_examples_and_exit_statuses(string usage, params string[] args)
    {
        var result = _cli.Run(args);
        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains(usage, result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit status:", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 90, line));
    }

    [Fact]
    public void Init_writes_a_project_and_never_overwrites()
    {
        var result = _cli.Run("init", "access");
        Assert.Equal(new CliResult(0, "", "wrote policyc.yaml, access.policy, README.md; next: policyc build access\n"), result);
        Assert.StartsWith("# A policyc project.", _cli.Folder.Read("access/policyc.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain('\r', _cli.Folder.Snapshot());

        _cli.Folder.Write("access/access.policy", "mine");
        Assert.Equal(2, _cli.Run("init", "access").Status);
        Assert.Equal("mine", _cli.Folder.Read("access/access.policy"));

        _cli.Folder.Write("other/README.md", "mine");
        Assert.Equal("error: `README.md` would be overwritten\nhelp: choose an empty folder: `policyc init DIR`\n", _cli.Run("init", "other").Error);
        Assert.False(_cli.Folder.Exists("other/policyc.yaml"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Completion_knows_every_command_option_and_target(string shell)
    {
        var result = _cli.Run("completion", shell);
        Assert.Equal((0, ""), (result.Status, result.Error));
        foreach (var word in new[] { "build", "init", "completion", "dry-run", "allow-mixed", "always", "kubernetes", "teleport", "fish" })
        {
            Assert.Contains(word, result.Output, StringComparison.Ordinal);
        }

        Assert.Equal(result, _cli.Run("completion", shell));
    }

    [Theory]
    [InlineData("policyc b", "build")]
    [InlineData("policyc build --dr", "--dry-run")]
    [InlineData("policyc build --color a", "auto always")]
    [InlineData("policyc build --target k", "kubernetes")]
    [InlineData("policyc completion f", "fish")]
    public void The_bash_script_completes(string line, string expected)
    {
        if (!File.Exists("/bin/bash"))
        {
            return;
        }

        var words = line.Split(' ');
        var script = _cli.Run("completion", "bash").Output + $"COMP_WORDS=({line}); COMP_CWORD={words.Length - 1}; _policyc; echo \"${{COMPREPLY[*]}}\"";
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["--noprofile", "--norc", "-c", script]) { RedirectStandardOutput = true });
        Assert.NotNull(bash);
        Assert.Equal(expected, bash.StandardOutput.ReadToEnd().TrimEnd('\n'));
    }
}
