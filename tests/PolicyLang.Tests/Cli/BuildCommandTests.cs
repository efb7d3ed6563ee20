using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Outputs;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Cli;

public sealed class BuildCommandTests : IDisposable
{
    private static readonly DiagnosticDescriptor Wrong = new("wrong-thing", DiagnosticSeverity.Error, "something is wrong");
    private static readonly DiagnosticDescriptor Odd = new("odd-thing", DiagnosticSeverity.Warning, "something is odd");

    private readonly CliTestHost _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_build_writes_the_outputs_and_says_so_in_one_line_on_standard_error()
    {
        Assert.Equal(new CliResult(0, "", "wrote 2 files to out/ (0 unchanged, 0 removed)\n"), _cli.Run("build"));
        Assert.Equal("bound\n", _cli.Folder.Read("out/prod/rbac.yaml"));

        _cli.Pipeline.Files = _ => [("kubernetes", "prod/rbac.yaml", "more\n")];
        Assert.Equal(new CliResult(0, "", "wrote 1 file to out/ (0 unchanged, 1 removed)\n"), _cli.Run("build"));
        Assert.Equal(new CliResult(0, "", "out/ is up to date (1 file)\n"), _cli.Run("build"));
    }

    [Fact]
    public void Quiet_leaves_out_the_line_and_keeps_the_findings()
    {
        Assert.Equal(new CliResult(0, "", ""), _cli.Run("build", "--quiet"));
        _cli.Pipeline.CompileDiagnostics.Add(new Diagnostic(Odd, "this is odd", TestModels.Here()));
        var result = _cli.Run("build", "-q");
        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.StartsWith("warning[odd-thing]: this is odd\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 warning\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_printed_on_standard_output_and_nothing_is_written()
    {
        _cli.Pipeline.CompileDiagnostics.Add(new Diagnostic(Wrong, "this is wrong", TestModels.Here()));
        var result = _cli.Run("build");
        Assert.Equal((1, ""), (result.Status, result.Error));
        Assert.StartsWith("error[wrong-thing]: this is wrong\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("", _cli.Folder.Snapshot());
    }

    [Fact]
    public void Input_that_cannot_be_read_is_status_2_and_stops_before_the_policy()
    {
        _cli.Pipeline.LoadDiagnostics.Add(new Diagnostic(Wrong, "`access.policy` cannot be read", null));
        var result = _cli.Run("build");
        Assert.Equal(2, result.Status);
        Assert.Equal("error[wrong-thing]: `access.policy` cannot be read\n1 error\n", result.Output);
        Assert.Empty(_cli.Pipeline.CompiledDays);
    }

    [Fact]
    public void The_clock_is_read_once_in_utc_and_as_of_replaces_it()
    {
        _cli.Run("build");
        Assert.Equal([new DateOnly(2026, 6, 16)], _cli.Pipeline.CompiledDays);
        Assert.Equal(1, _cli.ClockReads);

        _cli.Run("build", "--as-of", "2030-01-02");
        Assert.Equal(new DateOnly(2030, 1, 2), _cli.Pipeline.CompiledDays[^1]);
        Assert.Equal(1, _cli.ClockReads);
    }

    [Fact]
    public void The_project_is_found_above_but_not_beyond_the_repository()
    {
        _cli.Folder.Write("repo/policyc.yaml", "");
        _cli.Folder.Write("repo/a/b/x", "");
        _cli.Folder.Write("repo/inner/.git", "gitdir: elsewhere");
        _cli.WorkingDirectory = "repo/a/b";
        _cli.Run("build");
        Assert.Equal(_cli.Folder.Full("repo"), _cli.Pipeline.LoadedFolder);
        Assert.True(_cli.Folder.Exists("repo/out/teleport.yaml"));

        _cli.WorkingDirectory = "repo/inner";
        _cli.Run("build");
        Assert.Equal(_cli.Folder.Full("repo/inner"), _cli.Pipeline.LoadedFolder);
    }

    [Fact]
    public void A_project_is_named_by_its_folder_or_its_file()
    {
        _cli.Folder.Write("p/policyc.yaml", "");
        _cli.Run("build", "p");
        Assert.Equal(_cli.Folder.Full("p"), _cli.Pipeline.LoadedFolder);
        Assert.Equal(0, _cli.Run("build", "p/policyc.yaml").Status);
        Assert.Equal(new CliResult(2, "", "error: the project `q` does not exist\n"), _cli.Run("build", "q"));
    }

    [Fact]
    public void Out_replaces_the_output_root_relative_to_the_working_directory()
    {
        _cli.Folder.Write("p/policyc.yaml", "");
        Assert.Equal("wrote 2 files to gitops/access/ (0 unchanged, 0 removed)\n", _cli.Run("build", "p", "--out", "gitops/access").Error);
        Assert.True(_cli.Folder.Exists("gitops/access/policyc.manifest.json"));
        Assert.False(_cli.Folder.Exists("p/out"));
    }

    [Fact]
    public void Check_lists_what_is_out_of_date_and_writes_nothing()
    {
        var result = _cli.Run("build", "--check");
        Assert.Equal((1, ""), (result.Status, result.Error));
        Assert.Equal(
            """
            error[missing-output]: `policyc.manifest.json` is missing
            help: run `policyc build` and commit the result
            error[missing-output]: `prod/rbac.yaml` is missing
            error[missing-output]: `teleport.yaml` is missing
            3 errors

            """,
            result.Output);
        Assert.Equal("", _cli.Folder.Snapshot());

        _cli.Run("build");
        Assert.Equal(new CliResult(0, "", "out/ is up to date (2 files)\n"), _cli.Run("build", "--check"));

        _cli.Folder.Write("out/prod/rbac.yaml", "edited\n");
        _cli.Pipeline.Files = _ => [("kubernetes", "prod/rbac.yaml", "bound\n")];
        result = _cli.Run("build", "--check", "--target", "kubernetes");
        Assert.Equal(1, result.Status);
        Assert.StartsWith("error[stale-output]: `prod/rbac.yaml` differs from what the policy compiles to\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 error\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("error[extra-output]: `teleport.yaml` is left over", _cli.Run("build", "--check").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_only_rules_that_ended_explain_are_expired_access()
    {
        CommitOutputsThenExpire();
        var result = _cli.Run("build", "--check");
        Assert.Equal(1, result.Status);
        Assert.Equal(2, result.Output.Split("error[expired-access]").Length - 1);
        Assert.Contains("this rule ended with 2026-05-31, and the outputs on disk still give its access", result.Output, StringComparison.Ordinal);
        Assert.Contains("this rule ended with 2026-06-01", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-01-31", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stale-output", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Expired_ignore_accepts_them_and_nothing_else()
    {
        CommitOutputsThenExpire();
        Assert.Equal(new CliResult(0, "", "out/ is up to date but for 2 rules that ended\n"), _cli.Run("build", "--check", "--expired=ignore"));

        _cli.Folder.Write("out/teleport.yaml", "edited\n");
        var result = _cli.Run("build", "--check", "--expired", "ignore");
        Assert.Equal(1, result.Status);
        Assert.Contains("error[stale-output]: `teleport.yaml`", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-access", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_fifty_days_are_tried()
    {
        _cli.Run("build");
        _cli.Folder.Write("out/teleport.yaml", "edited\n");
        _cli.Pipeline.Rules.AddRange(Enumerable.Range(0, 80).Select(i => Rule(new DateOnly(2026, 1, 1).AddDays(i))));
        _cli.Pipeline.CompiledDays.Clear();
        Assert.Contains("stale-output", _cli.Run("build", "--check").Output, StringComparison.Ordinal);
        Assert.Equal(1 + 50, _cli.Pipeline.CompiledDays.Count);
        Assert.Equal(new DateOnly(2026, 3, 21), _cli.Pipeline.CompiledDays[1]);
    }

    [Fact]
    public void Dry_run_shows_a_diff_and_writes_nothing()
    {
        _cli.Run("build");
        _cli.Pipeline.Files = _ => [("kubernetes", "prod/rbac.yaml", "bound\nmore\n"), ("teleport", "teleport.yaml", "roles\n")];
        var before = _cli.Folder.Snapshot();
        Assert.Equal(
            new CliResult(0, "--- a/prod/rbac.yaml\n+++ b/prod/rbac.yaml\n@@ -1 +1,2 @@\n bound\n+more\n", "would write 1 file to out/ (1 unchanged, 0 removed)\n"),
            _cli.Run("build", "--dry-run"));
        Assert.Equal(before, _cli.Folder.Snapshot());
    }

    [Fact]
    public void A_diff_never_sends_control_characters_to_the_terminal()
    {
        _cli.Run("build");
        _cli.Folder.Write("out/teleport.yaml", "\u001b[31mred\u202e\n");
        Assert.Contains("-\\u{1b}[31mred\\u{202e}\n", _cli.Run("build", "--dry-run").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_alone_is_written_only_when_the_others_are_up_to_date()
    {
        _cli.Run("build");
        _cli.Pipeline.Files = _ => [("kubernetes", "prod/rbac.yaml", "new\n"), ("teleport", "teleport.yaml", "new\n")];
        var result = _cli.Run("build", "--target", "teleport");
        Assert.Equal(1, result.Status);
        Assert.StartsWith("error[mixed-targets]", result.Output, StringComparison.Ordinal);
        Assert.Equal("roles\n", _cli.Folder.Read("out/teleport.yaml"));

        Assert.Equal(0, _cli.Run("build", "--target", "teleport", "--allow-mixed").Status);
        Assert.Equal("new\n", _cli.Folder.Read("out/teleport.yaml"));
        Assert.Equal("bound\n", _cli.Folder.Read("out/prod/rbac.yaml"));
    }

    [Fact]
    public void A_foreign_file_is_a_finding_and_a_damaged_manifest_is_unreadable_input()
    {
        _cli.Folder.Write("out/teleport.yaml", "mine\n");
        Assert.Equal(1, _cli.Run("build").Status);
        _cli.Folder.Write("out/policyc.manifest.json", "{");
        Assert.Equal(2, _cli.Run("build").Status);
        Assert.Equal("mine\n", _cli.Folder.Read("out/teleport.yaml"));
    }

    [Fact]
    public void A_cluster_that_vanishes_is_a_finding_with_the_way_out()
    {
        _cli.Run("build");
        _cli.Pipeline.Clusters.Clear();
        var result = _cli.Run("build");
        Assert.Equal(1, result.Status);
        Assert.Contains("error[cluster-vanished]", result.Output, StringComparison.Ordinal);
        Assert.Contains("help: declare it as `cluster prod { retired }`", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_status_2_and_leaves_the_outputs()
    {
        _cli.Run("build");
        var before = _cli.Folder.Snapshot();
        _cli.Pipeline.Files = _ => [("kubernetes", "prod/rbac.yaml", "new\n")];
        _cli.OpenOutputs = root => new FailingFileSystem(new PolicyLang.Projects.Outputs.DiskOutputFileSystem(root), 4, crash: false);
        var result = _cli.Run("build");
        Assert.Equal(2, result.Status);
        Assert.Contains("No space left on device", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, _cli.Folder.Snapshot());
    }

    [Fact]
    public void A_second_build_at_once_says_so()
    {
        Directory.CreateDirectory(_cli.Folder.Full("out"));
        using var other = new PolicyLang.Projects.Outputs.DiskOutputFileSystem(_cli.Folder.Full("out")).TryLock(".policyc.lock");
        var result = _cli.Run("build");
        Assert.Equal(2, result.Status);
        Assert.StartsWith("error[outputs-locked]: another build is writing to the same output folder\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_with_130_and_changes_nothing()
    {
        _cli.Pipeline.OnCompile = _cli.Cancellation.Cancel;
        Assert.Equal(new CliResult(130, "", "interrupted; nothing was changed\n"), _cli.Run("build"));
        Assert.Equal("", _cli.Folder.Snapshot());
    }

    [Fact]
    public void A_defect_is_one_sentence_and_status_2_with_more_on_request()
    {
        _cli.Pipeline.OnCompile = () => throw new InvalidOperationException("oh\u001bno");
        var result = _cli.Run("build");
        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Equal(
            "error: policyc failed unexpectedly (InvalidOperationException: oh\\u{1b}no)\nhelp: this is a defect of policyc 0.1.0: please report it with the command line and, if you can, the policy; POLICYC_DEBUG=1 prints more\n",
            result.Error);
        _cli.Environment["POLICYC_DEBUG"] = "1";
        Assert.Contains("   at ", _cli.Run("build").Error, StringComparison.Ordinal);
    }

    private static AllowRule Rule(DateOnly until) => TestModels.Rule() with { Until = until };

    // Committed on 2026-05-20, when two of three rules were in force; looked at on 2026-06-16, when none is.
    private void CommitOutputsThenExpire()
    {
        _cli.Pipeline.Rules.AddRange([Rule(new DateOnly(2026, 1, 31)), Rule(new DateOnly(2026, 5, 31)), Rule(new DateOnly(2026, 6, 1))]);
        _cli.Pipeline.Files = day => [("teleport", "teleport.yaml", string.Join(' ', _cli.Pipeline.Rules.Where(r => r.Until >= day).Select(r => FormattableString.Invariant($"{r.Until:yyyyMMdd}"))) + "\n")];
        _cli.Run("build", "--as-of", "2026-05-20");
        Assert.Equal("20260531 20260601\n", _cli.Folder.Read("out/teleport.yaml"));
    }
}
