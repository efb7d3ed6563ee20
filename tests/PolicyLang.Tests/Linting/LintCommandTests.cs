using Newtonsoft.Json.Linq;
using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary><c>policyc lint</c> as it is run.</summary>
public sealed class LintCommandTests : IDisposable
{
    private const string Company = """
        default via tailscale
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com] }
        role view = clusterrole "view"
        role admin = clusterrole "cluster-admin"

        """;

    private const string Masters = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: admins}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
        """;

    private readonly CliTestHost _host = new() { OtherPipeline = new CompilerPipeline() };

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_project_without_findings_is_silent()
    {
        Write("a.policy", Company + "allow sre as view, admin on prod in web");
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint"));
    }

    [Fact]
    public void A_warning_is_shown_and_fails_only_when_asked_to()
    {
        Write("a.policy", Company + "allow sre as view, admin on prod cluster-wide");
        var (status, output, _) = _host.Run("lint");
        Assert.Equal(0, status);
        Assert.Contains("warning[cluster-admin]: `admin` is everything in the cluster", output, StringComparison.Ordinal);
        Assert.Contains("--> a.policy:6:20", output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("lint", "--fail-on", "warning").Status);
        Assert.Equal(1, _host.Run("lint", "--level", "cluster-admin=error").Status);
        Assert.Equal(0, _host.Run("lint", "--level", "cluster-admin=error", "--fail-on", "never").Status);
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "--level", "escalation=off", "--fail-on", "warning"));
    }

    [Fact]
    public void The_projects_own_settings_count()
    {
        Write("policyc.yaml", "language: 1\nlint: { fail_on: warning, levels: { cluster-admin: info } }\n");
        Write("a.policy", Company + "allow sre as view, admin on prod cluster-wide");
        var (status, output, _) = _host.Run("lint");
        Assert.Equal(0, status);
        Assert.Contains("note[cluster-admin]", output, StringComparison.Ordinal);
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "--quiet"));
        Assert.Contains("error[cluster-admin]", _host.Run("lint", "--level", "cluster-admin=error").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_policy_are_findings_and_fail_whatever_the_level()
    {
        Write("a.policy", Company + "allow nobody as view on prod in web");
        var (status, output, _) = _host.Run("lint", "--fail-on", "never");
        Assert.Equal(1, status);
        Assert.Contains("error[unknown-name]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_file_that_is_named_only_its_own_findings_are_shown()
    {
        Write("a.policy", Company + "allow sre as view on prod in web");
        Write("b.policy", "allow sre as admin on prod cluster-wide");
        Assert.Contains("b.policy:1:14", Concise("b.policy"), StringComparison.Ordinal);
        Assert.Equal("", Concise("a.policy"));

        // An error elsewhere keeps every rule from being checked, so it is shown.
        Write("c.policy", "allow nobody as view on prod in web");
        Assert.Contains("c.policy:1:7: error[unknown-name]", Concise("a.policy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_those_of_the_working_directory()
    {
        Write("policyc.yaml", "language: 1\n");
        Write("teams/a.policy", Company + "allow sre as view, admin on prod cluster-wide");
        _host.WorkingDirectory = "teams";
        Assert.StartsWith("a.policy:6:20: ", Concise(), StringComparison.Ordinal);
        _host.Folder.Write("elsewhere/x", "");
        _host.WorkingDirectory = "elsewhere";
        Assert.StartsWith("../teams/a.policy:6:20: ", Concise("../teams/a.policy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_other_systems_need_no_project()
    {
        Write("k8s/rbac.yaml", Masters);
        Assert.StartsWith("k8s/rbac.yaml:5:69: error[kubernetes-superuser-group] ", Concise("k8s/rbac.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("k8s/rbac.yaml:5:69: ", Concise("k8s"), StringComparison.Ordinal);
        Assert.StartsWith("k8s/rbac.yaml:5:69: ", Concise("k8s/**/*.yaml"), StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("lint", "k8s").Status);
    }

    [Fact]
    public void Without_files_a_project_lints_what_its_section_names()
    {
        Write("policyc.yaml", "language: 1\nlint: { artefacts: \"k8s/**/*.yaml\" }\n");
        Write("a.policy", Company + "allow sre as view, admin on prod in web");
        Write("k8s/rbac.yaml", Masters);
        Write("other/rbac.yaml", Masters);
        Assert.Single(Concise().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_policyc_wrote_is_not_linted()
    {
        Write("policyc.yaml", "language: 1\n");
        Write("a.policy", Company + "allow sre as view, admin on prod cluster-wide because \"INFRA-1\"");
        Assert.Equal(0, _host.Run("build").Status);
        Assert.Equal("", Concise("."));

        // Hooks name what is staged, outputs among it.
        Assert.Equal("", Concise("out/kubernetes/prod/cluster.yaml"));
    }

    [Fact]
    public void Standard_input_stands_for_a_file()
    {
        Write("a.policy", Company + "allow sre as view, admin on prod in web");
        var result = RunWithInput(Company + "allow sre as view, admin on prod cluster-wide", "lint", "-", "--stdin-filename", "a.policy", "--format", "concise");
        Assert.StartsWith("a.policy:6:20: warning[cluster-admin]", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("new.yaml:5:69: error[kubernetes-superuser-group]", RunWithInput(Masters, "lint", "-", "--stdin-filename", "new.yaml", "--format", "concise").Output, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run("lint", "-").Status);
        Assert.Equal(2, _host.Run("lint", "--stdin-filename", "a.policy").Status);
    }

    [Theory]
    [InlineData("missing.yaml", "there is no file or folder `missing.yaml`")]
    [InlineData("notes.txt", "`notes.txt` is nothing that policyc lints")]
    [InlineData("*.hujson", "the pattern `*.hujson` matches no file")]
    public void What_is_not_there_is_wrong_usage(string file, string message)
    {
        Write("notes.txt", "hello");
        var (status, output, error) = _host.Run("lint", file);
        Assert.Equal(2, status);
        Assert.Equal("", output);
        Assert.StartsWith("error: " + message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster-admin")]
    [InlineData("cluster-admin=loud")]
    [InlineData("cluster-admins=off")]
    public void A_level_must_name_a_rule_and_a_level(string level) => Assert.Equal(2, _host.Run("lint", "--level", level).Status);

    [Fact]
    public void A_baseline_leaves_out_what_is_known()
    {
        Write("k8s/rbac.yaml", Masters);
        var (status, output, error) = _host.Run("lint", "k8s", "--baseline", "known.json", "--update-baseline");
        Assert.Equal(new CliResult(0, "", "`known.json` knows 1 finding now\n"), new CliResult(status, output, error));
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "k8s", "--baseline", "known.json"));
        Write("k8s/more.yaml", Masters);
        Assert.Single(_host.Run("lint", "k8s", "--baseline", "known.json", "--format", "concise").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Write("k8s/rbac.yaml", "");
        Write("k8s/more.yaml", "");
        Assert.Contains("note: 1 finding that `known.json` knows is gone", _host.Run("lint", "k8s", "--baseline", "known.json").Error, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run("lint", "k8s", "--baseline", "other.json").Status);
    }

    [Fact]
    public void A_baseline_means_the_same_files_wherever_a_run_starts_and_whatever_it_looks_at()
    {
        Write("k8s/a.yaml", Masters);
        Write("k8s/b.yaml", Masters);
        _host.Run("lint", "k8s", "--baseline", "known.json", "--update-baseline");
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "k8s/a.yaml", "--baseline", "known.json"));
        _host.WorkingDirectory = "k8s";
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", ".", "--baseline", "../known.json"));

        // What a run does not look at stays known.
        Assert.Equal("`../known.json` knows 2 findings now\n", _host.Run("lint", "a.yaml", "--baseline", "../known.json", "--update-baseline").Error);
        File.Delete(_host.Folder.Full("k8s/b.yaml"));
        Assert.Equal("`../known.json` knows 1 finding now\n", _host.Run("lint", "a.yaml", "--baseline", "../known.json", "--update-baseline").Error);
    }

    [Fact]
    public void A_link_is_read_whole_and_left_out_of_folders()
    {
        Write("real/rbac.yaml", Masters);
        Directory.CreateDirectory(_host.Folder.Full("k8s"));
        File.CreateSymbolicLink(_host.Folder.Full("k8s/l.yaml"), "../real/rbac.yaml");
        File.CreateSymbolicLink(_host.Folder.Full("k8s/dead.yaml"), "/nowhere");
        File.CreateSymbolicLink(_host.Folder.Full("k8s/folder"), "../real");
        Assert.StartsWith("k8s/l.yaml:5:69: error[kubernetes-superuser-group]", Concise("k8s/l.yaml"), StringComparison.Ordinal);
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "k8s"));
    }

    [Fact]
    public void Fixes_of_standard_input_are_only_shown()
    {
        Assert.Equal(2, RunWithInput(Company, "lint", "-", "--stdin-filename", "a.policy", "--fix").Status);
        Assert.Contains("-role admin", RunWithInput(Company + "allow sre as view on prod cluster-wide\n", "lint", "-", "--stdin-filename", "a.policy", "--fix", "--diff").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diff_of_fixes_does_not_hide_what_cannot_be_read()
    {
        Write("broken.hujson", "{\n");
        var (status, output, error) = _host.Run("lint", "broken.hujson", "--fix", "--diff");
        Assert.Equal((1, ""), (status, output));
        Assert.Contains("error[invalid-json]", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_never_enter_a_baseline()
    {
        Write("a.policy", Company + "allow nobody as view on prod in web");
        Assert.Equal(1, _host.Run("lint", "--update-baseline").Status);
        Assert.False(_host.Folder.Exists("policyc.lint.json"));
    }

    [Fact]
    public void A_safe_fix_leaves_access_as_it_was()
    {
        const string Rule = "allow sre as view on prod cluster-wide\n";
        Write("a.policy", Company + Rule + Rule + "# the end\n");
        var (status, output, error) = _host.Run("lint", "--fix", "--format", "concise");
        Assert.Equal(0, status);
        Assert.Equal("", output);
        Assert.Equal("made 2 fixes in 1 file\n", error);
        Assert.Equal(Company.Replace("role admin = clusterrole \"cluster-admin\"\n", "", StringComparison.Ordinal) + Rule + "# the end\n", _host.Folder.Read("a.policy"));
    }

    [Fact]
    public void With_diff_fixes_are_shown_and_nothing_changes()
    {
        Write("a.policy", Company + "allow sre as view on prod cluster-wide\n");
        var before = _host.Folder.Snapshot();
        var (status, output, _) = _host.Run("lint", "--fix", "--diff");
        Assert.Equal(1, status);
        Assert.Contains("\n-role admin = clusterrole \"cluster-admin\"\n", output, StringComparison.Ordinal);
        Assert.Equal(before, _host.Folder.Snapshot());
        Write("a.policy", Company + "allow sre as view, admin on prod in web\n");
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "--fix", "--diff"));
    }

    [Fact]
    public void A_report_for_programs_is_one_document_whatever_happens()
    {
        Write("a.policy", Company + "allow nobody as view on prod in web");
        Assert.Equal(1, JObject.Parse(_host.Run("lint", "--format", "json").Output)["summary"]!["errors"]);
        Assert.Equal("2.1.0", JObject.Parse(_host.Run("lint", "--format", "sarif").Output)["version"]);
        Assert.Single(JArray.Parse(_host.Run("lint", "--format", "gitlab").Output));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error()
    {
        Directory.CreateDirectory(_host.Folder.Full("k8s"));
        File.WriteAllBytes(_host.Folder.Full("k8s/rbac.yaml"), [0xC3, 0x28]);
        var (status, output, _) = _host.Run("lint", "k8s/rbac.yaml");
        Assert.Equal(2, status);
        Assert.Contains("`k8s/rbac.yaml` is not UTF-8", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:\n%{ for name in names ~}\n  - ${name}: {}\n%{ endfor ~}\n", 2, 1)]
    [InlineData("metadata: {name: web}\nspec:\n  namespace: @NAMESPACE@\n", 3, 14)]
    [InlineData("kind: Role\nmetadata:\n  name: %NAME%\n", 3, 9)]
    public void Templates_of_Terraform_and_names_between_signs_are_told_apart_from_mistakes(string text, int line, int column)
    {
        Write("role.yaml", text);
        Assert.StartsWith($"role.yaml:{line}:{column}: note[template-not-read]", Concise("role.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_alone_is_no_template()
    {
        Write("role.yaml", "kind: Role\nmetadata: {name: @acme}\n");
        Assert.StartsWith("role.yaml:2:18: error[invalid-yaml]", Concise("role.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_told_apart_from_a_broken_file()
    {
        Write("chart.yaml", "kind: Role\n{{- if .Values.rbac }}\nrules: []\n{{- end }}\n");
        Assert.StartsWith("chart.yaml:2:1: note[template-not-read]", Concise("chart.yaml"), StringComparison.Ordinal);
        Write("role.yaml", "kind: role\nlogins: ['{{internal.logins}}']\ngroups: [a]]\n");
        Assert.Contains("error[invalid-yaml]", Concise("role.yaml"), StringComparison.Ordinal);
        Write("broken.yaml", "kind: [Role\n");
        Assert.Contains("error[invalid-yaml]", Concise("broken.yaml"), StringComparison.Ordinal);

        // Of a file that a folder brings along nobody knows whether it is ours.
        Write("data/lines.json", "{}\n{}\n");
        Assert.StartsWith("data/lines.json:2:1: warning[invalid-json]", Concise("data"), StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("lint", "data").Status);
    }

    private string Concise(params string[] files) => _host.Run(["lint", .. files, "--format", "concise"]).Output;

    private void Write(string path, string text) => _host.Folder.Write(path, text);

    private CliResult RunWithInput(string input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = _host.Context(output, error) with { OpenInput = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)) };
        return new CliResult(PolicyLang.Cli.CommandLine.Run(args, context), output.ToString(), error.ToString());
    }
}
