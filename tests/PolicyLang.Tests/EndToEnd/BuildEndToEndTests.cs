using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary><c>policyc build</c> from the files of a project to the files on disk.</summary>
public sealed class BuildEndToEndTests : IDisposable
{
    private readonly CliTestHost _project = SampleOnDisk.Create();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_build_is_up_to_date_afterwards()
    {
        var built = Run(0, "build");
        Assert.StartsWith("wrote ", built.Error, StringComparison.Ordinal);
        Assert.True(_project.Folder.Exists("out/policyc.manifest.json"));
        var before = _project.Folder.Snapshot();

        Assert.EndsWith("out/ is up to date (22 files)\n", Run(0, "build", "--check").Error, StringComparison.Ordinal);
        Assert.EndsWith("out/ is up to date (22 files)\n", Run(0, "build").Error, StringComparison.Ordinal);
        Assert.Equal(before, _project.Folder.Snapshot());
    }

    [Fact]
    public void What_is_on_disk_is_what_the_compiler_returned()
    {
        Run(0, "build");
        var expected = ExampleProject.OutputsOf(DesignSample.Compile(DesignSample.Policy));
        Assert.All(expected, file => Assert.Equal(file.Value, File.ReadAllText(_project.Folder.Full("out/" + file.Key), System.Text.Encoding.Latin1)));
        Assert.Equal(expected.Count + 1, Directory.EnumerateFiles(_project.Folder.Full("out"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void An_output_folder_that_is_a_link_needs_permission()
    {
        Directory.CreateDirectory(_project.Folder.Full("elsewhere"));
        Directory.CreateSymbolicLink(_project.Folder.Full("out"), _project.Folder.Full("elsewhere"));
        Assert.Contains("output-through-link", Run(1, "build").Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_project.Folder.Full("elsewhere")));
        Run(0, "build", "--out", "out");
    }

    [Fact]
    public void A_changed_policy_makes_the_check_fail_with_the_names_of_the_stale_files()
    {
        Run(0, "build");
        var before = _project.Folder.Snapshot("out");
        _project.ReplaceInPolicy("allow sre      as oncall on production    cluster-wide  via cloudflare", "allow sre      as view on production    cluster-wide  via cloudflare");
        var check = Run(1, "build", "--check");
        Assert.Contains("error[stale-output]: `kubernetes/prod-tokyo/cluster.yaml` differs", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("kubernetes/stg-osaka", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("teleport/", check.Output, StringComparison.Ordinal);
        Assert.Equal(before, _project.Folder.Snapshot("out"));
    }

    [Fact]
    public void A_dry_run_prints_the_difference_and_writes_nothing()
    {
        Run(0, "build");
        var before = _project.Folder.Snapshot("out");
        _project.ReplaceInPolicy("bob@acme.com, ", "");
        var run = Run(0, "build", "--dry-run");
        Assert.Contains("-\t\t\"group:sre\": [\"alice@acme.com\", \"bob@acme.com\", \"carol@acme.com\"],\n+\t\t\"group:sre\": [\"alice@acme.com\", \"carol@acme.com\"],\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("would write 1 file to out/ (21 unchanged, 0 removed)\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _project.Folder.Snapshot("out"));
    }

    [Fact]
    public void The_day_after_a_rule_ended_the_check_says_expired_access_and_a_build_drops_the_rights()
    {
        Run(0, "build");
        _project.Now = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);
        Run(0, "build", "--check");

        _project.Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var check = Run(1, "build", "--check");
        Assert.Contains("error[expired-access]", check.Output, StringComparison.Ordinal);
        Assert.Contains("2026-12-31", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stale-output", check.Output, StringComparison.Ordinal);
        Run(0, "build", "--check", "--expired", "ignore");

        Run(0, "build");
        Assert.DoesNotContain("payments:via-teleport", _project.Folder.Snapshot("out"), StringComparison.Ordinal);
        Run(0, "build", "--check");
    }

    [Fact]
    public void A_cluster_that_vanishes_is_refused_until_it_was_retired()
    {
        Run(0, "build");
        var inventory = _project.Folder.Read("inventory/clusters.yaml");
        var without = inventory[..inventory.IndexOf("- name: stg-osaka", StringComparison.Ordinal)];
        _project.Folder.Write("inventory/clusters.yaml", without);
        var before = _project.Folder.Snapshot("out");
        var refused = Run(1, "build");
        Assert.Contains("`stg-osaka`", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, _project.Folder.Snapshot("out"));
        Run(1, "build", "--check");

        _project.Folder.Write("inventory/clusters.yaml", inventory.TrimEnd() + "\n  retired: true\n");
        Run(0, "build");
        Assert.DoesNotContain("Binding", string.Concat(Directory.EnumerateFiles(_project.Folder.Full("out/kubernetes/stg-osaka"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        _project.Folder.Write("inventory/clusters.yaml", without);
        Run(0, "build");
        Assert.False(Directory.Exists(_project.Folder.Full("out/kubernetes/stg-osaka")));
    }

    [Fact]
    public void A_mistake_in_the_policy_writes_nothing_and_names_the_place()
    {
        _project.ReplaceInPolicy("allow deployer as deploy", "allow deployr as deploy");
        var result = Run(1, "build");
        Assert.Contains("--> sample.policy:31:7", result.Output, StringComparison.Ordinal);
        Assert.Contains("`deployer`", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_project.Folder.Full("out")));
    }

    [Fact]
    public void A_policy_that_is_no_utf8_is_status_2()
    {
        File.WriteAllBytes(_project.Folder.Full("teams.policy"), [.. "group a { okta = \""u8, 0xC3, 0x28, .. "\" }"u8]);
        var result = Run(2, "build");
        Assert.Contains("`teams.policy`", result.Output, StringComparison.Ordinal);
        Assert.Contains("UTF-8", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_project.Folder.Full("out")));
    }

    [Fact]
    public void A_folder_with_the_name_of_a_policy_is_an_error()
    {
        Directory.CreateDirectory(_project.Folder.Full("x.policy"));
        Assert.Contains("error[not-a-file]: `x.policy` is a folder, not a file", Run(2, "build").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inventory_that_leads_out_of_the_project_is_refused()
    {
        _project.ReplaceInPolicy("inventory/clusters.yaml", "../clusters.yaml");
        var result = Run(1, "build");
        Assert.Contains("`../clusters.yaml`", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_below_the_output_folder_is_not_followed()
    {
        using var elsewhere = new Outputs.TemporaryFolder();
        Directory.CreateDirectory(_project.Folder.Full("out"));
        Directory.CreateSymbolicLink(_project.Folder.Full("out/kubernetes"), elsewhere.Path);
        var result = Run(1, "build");
        Assert.Contains("error[output-through-link]", result.Output, StringComparison.Ordinal);
        Assert.Equal("", elsewhere.Snapshot());
        Assert.Equal(["out/kubernetes"], Directory.EnumerateFileSystemEntries(_project.Folder.Full("out")).Select(entry => Path.GetRelativePath(_project.Folder.Path, entry)));
    }

    [Fact]
    public void A_foreign_file_where_an_output_belongs_is_not_overwritten()
    {
        _project.Folder.Write("out/teleport/00-roles.yaml", "kind: role # by hand\n");
        var before = _project.Folder.Snapshot("out");
        var result = Run(1, "build");
        Assert.Contains("teleport/00-roles.yaml", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, _project.Folder.Snapshot("out"));
    }

    [Fact]
    public void A_project_without_policies_is_no_project()
    {
        File.Delete(_project.Folder.Full(SampleOnDisk.PolicyFile));
        var result = Run(2, "build");
        Assert.Contains("no policy file matches", result.Output, StringComparison.Ordinal);
    }

    private CliResult Run(int status, params string[] args)
    {
        var result = _project.Run(args);
        Assert.True(status == result.Status, $"status {result.Status}\n{result.Output}\n{result.Error}");
        return result;
    }
}
