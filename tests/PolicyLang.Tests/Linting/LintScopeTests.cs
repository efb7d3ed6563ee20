using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Whose settings count for a file, and which files are left out.</summary>
public sealed class LintScopeTests : IDisposable
{
    private const string Masters = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: admins}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
        """;

    private const string Policy = """
        default via tailscale
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com] }
        role admin = clusterrole "cluster-admin"
        allow sre as admin on prod cluster-wide
        """;

    private readonly CliTestHost _host = new() { OtherPipeline = new CompilerPipeline() };

    public void Dispose() => _host.Dispose();

    [Fact]
    public void For_a_file_of_another_system_the_nearest_project_counts()
    {
        Write("policyc.yaml", "language: 1\nlint: { levels: { kubernetes-superuser-group: info } }\n");
        Write("k8s/admins.yaml", Masters);
        Write("payments/policyc.yaml", "language: 1\nlint: { files: [{ match: \"k8s/old/**\", levels: { kubernetes-superuser-group: \"off\" } }] }\n");
        Write("payments/k8s/admins.yaml", Masters);
        Write("payments/k8s/old/admins.yaml", Masters);
        var output = Concise(".");
        Assert.Contains("k8s/admins.yaml:5:69: note[kubernetes-superuser-group]", output, StringComparison.Ordinal);
        Assert.Contains("payments/k8s/admins.yaml:5:69: error[kubernetes-superuser-group]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("old", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_no_project_has_the_settings_of_the_working_directory()
    {
        Write("ops/policyc.yaml", "language: 1\nlint: { levels: { kubernetes-superuser-group: info } }\n");
        Write("shared/admins.yaml", Masters);
        _host.WorkingDirectory = "ops";
        Assert.Contains("../shared/admins.yaml:5:69: note[kubernetes-superuser-group]", Concise("../shared"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_settings_of_a_files_project_is_shown_at_its_place()
    {
        Write("payments/policyc.yaml", "language: 1\nlint: { levels: { kubernetes-superuser-grop: info } }\n");
        Write("payments/k8s/admins.yaml", Masters);
        var (status, output, _) = _host.Run("lint", "payments/k8s", "--format", "concise");
        Assert.Equal(1, status);
        Assert.Contains("payments/policyc.yaml:2:19: error[", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_counts_more_than_any_project()
    {
        Write("payments/policyc.yaml", "language: 1\nlint: { files: [{ match: \"**/*\", levels: { escalation: \"off\" } }] }\n");
        Write("payments/admins.yaml", Masters);
        Assert.Equal("", Concise("payments"));
        Assert.Contains("warning[kubernetes-superuser-group]", Concise("payments", "--level", "kubernetes-superuser-group=warning"), StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_files_are_left_out_also_where_they_are_named()
    {
        Write("policyc.yaml", "language: 1\nlint: { exclude: [\"vendor/**\", \"old.policy\"] }\n");
        Write("vendor/chart/admins.yaml", Masters);
        Write("k8s/admins.yaml", Masters);
        Write("old.policy", Policy);
        Assert.StartsWith("k8s/admins.yaml:", Concise("."), StringComparison.Ordinal);
        Assert.DoesNotContain("vendor", Concise("."), StringComparison.Ordinal);
        Assert.DoesNotContain("old.policy", Concise("."), StringComparison.Ordinal);
        Assert.Equal(new CliResult(0, "", "2 of the files named are left out by `exclude` of policyc.yaml\n"), _host.Run("lint", "vendor/chart/admins.yaml", "old.policy"));
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "--quiet", "vendor/chart/admins.yaml"));
    }

    [Fact]
    public void What_keeps_an_excluded_policy_from_being_compiled_is_shown()
    {
        Write("policyc.yaml", "language: 1\nlint: { exclude: [\"old.policy\"] }\n");
        Write("old.policy", Policy + "\nallow nobody as admin on prod cluster-wide");
        Assert.Contains("old.policy:6:7: error[unknown-name]", Concise("."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_keeps_no_other_project_from_being_linted()
    {
        Write("one/policyc.yaml", "language: 1\n");
        Write("one/access.policy", Policy);
        Write("two/policyc.yaml", "language: 2\n");
        Write("two/access.policy", Policy);
        Write("broken.yaml", "a: [");
        var output = Concise("one", "two", "broken.yaml");
        Assert.Contains("one/access.policy:5:14: warning[cluster-admin]", output, StringComparison.Ordinal);
        Assert.Contains("two/policyc.yaml:1:11: error[", output, StringComparison.Ordinal);
        Assert.DoesNotContain("two/access.policy", output, StringComparison.Ordinal);
        Assert.Contains("broken.yaml:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_policy_that_its_project_does_not_read_is_an_error()
    {
        Write("access/policyc.yaml", "language: 1\nsources: [\"*.policy\"]\n");
        Write("access/main.policy", Policy.Replace("as admin on prod cluster-wide", "as admin on prod in web", StringComparison.Ordinal));
        Write("access/drafts/d.policy", "garbage !!");
        var (status, output, _) = _host.Run("lint", "access/drafts/d.policy", "--format", "concise");
        Assert.Equal(1, status);
        Assert.Equal("access/drafts/d.policy:1:1: error[policy-not-read] the project does not read `access/drafts/d.policy`, so nothing in it counts\n", output);
        Assert.Equal(new CliResult(0, "", ""), _host.Run("lint", "access/main.policy"));
    }

    [Fact]
    public void A_folder_is_the_same_with_a_stroke_at_its_end()
    {
        Write("ops/access.policy", Policy);
        Assert.Equal(Concise("ops"), Concise("ops/"));
        Assert.NotEqual("", Concise("ops/"));
    }

    [Fact]
    public void A_file_of_a_folder_that_is_no_text_is_a_warning()
    {
        Directory.CreateDirectory(_host.Folder.Full("k8s"));
        File.WriteAllBytes(_host.Folder.Full("k8s/latin.yaml"), [0x61, 0x3A, 0x20, 0xE9]);
        var (status, output, _) = _host.Run("lint", "k8s");
        Assert.Equal(0, status);
        Assert.Contains("warning[not-utf8]", output, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run("lint", "k8s/latin.yaml").Status);
    }

    [Fact]
    public void Comments_of_a_file_that_cannot_be_read_are_not_judged()
    {
        Write("main.tf", "# policyc: ignore gke-project-role because \"OPS-1\"\nresource \"a\" \"b\" {\n  c = \"\n");
        Assert.DoesNotContain("unused-suppression", Concise("main.tf"), StringComparison.Ordinal);
        Assert.Contains("error[invalid-terraform]", Concise("main.tf"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_another_system_or_category_is_no_rule_to_describe()
    {
        Assert.Equal((2, ""), (_host.Run("rules", "secrets-reader", "--category", "upkeep").Status, _host.Run("rules", "secrets-reader", "--system", "kubernetes").Output));
        Assert.Equal(2, _host.Run("rules", "--system", "clouds", "--category", "upkeep").Status);
    }

    [Fact]
    public void Whether_a_comment_is_needed_is_not_said_of_a_manifest_without_its_neighbours()
    {
        Write("k8s/role.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: reader}
            rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
            """);
        Write("k8s/binding.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: readers}
            # policyc: ignore kubernetes-secret-read because "the vault's operators, OPS-9"
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
            # policyc: ignore kubernetes-superuser-group because "until OPS-10"
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:vault"}]
            """);
        Assert.Equal("k8s/binding.yaml:6:19: warning[unused-suppression] `kubernetes-superuser-group` finds nothing here\n", Concise("k8s"));
        Assert.Equal("", Concise("k8s/binding.yaml"));
    }

    private string Concise(params string[] arguments) => _host.Run(["lint", "--format", "concise", .. arguments]).Output;

    private void Write(string path, string text) => _host.Folder.Write(path, text);
}
