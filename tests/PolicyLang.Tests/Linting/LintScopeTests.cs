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

    private string Concise(params string[] arguments) => _host.Run(["lint", "--format", "concise", .. arguments]).Output;

    private void Write(string path, string text) => _host.Folder.Write(path, text);
}
