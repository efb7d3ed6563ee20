using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Projects;

public class ProjectLoaderTests
{
    [Fact]
    public void Without_a_project_file_the_defaults_hold()
    {
        var (project, diagnostics) = Load(new InMemoryProjectFiles(("b.policy", "# b"), ("teams/a.policy", "# a"), (".hidden/c.policy", ""), ("node_modules/d.policy", ""), ("out/e.policy", "")));
        Assert.Empty(diagnostics.Lines());
        Assert.Null(project.ProjectFile);
        Assert.Equal(["b.policy", "teams/a.policy"], project.Policies.Select(p => p.Path));
        Assert.Equal("**/*.policy", Assert.Single(project.Settings.Sources));
        Assert.Equal("out", project.Settings.OutputRoot);
        Assert.Equal(36, project.Settings.KubernetesMinorVersion);
        Assert.Equal(["email", "entra", "github", "google", "okta"], project.Settings.IdentityProviders.Keys);
        Assert.All(project.Settings.IdentityProviders.Values, p => Assert.Equal(p.Name, p.Kind));
        Assert.False(project.Settings.HasPathSection);
        Assert.Empty(project.Settings.Paths);
    }

    [Fact]
    public void Every_setting_arrives()
    {
        var (project, diagnostics) = Load("""
            language: 1
            policyc: ">=0.1 <1"
            sources: ["teams/**/*.policy", a.policy]
            output: { root: ./gitops//x/, outside_project: false }
            identity_providers:
              acme: { kind: saml }
              github: { kind: github }
            paths:
              mesh: { kind: mesh }
              mesh-two: { kind: mesh, people: acme, output: "mesh/{cluster}.json" }
              proxy: { kind: proxy, version: 17.4, edition: oss, client_secret: "secret://vault/proxy" }
            kubernetes:
              version: 1.30
              delivery: flux
              custom_resources:
                - name: certificates.cert-manager.io
                  subresources: [status]
                - { name: clusterissuers.cert-manager.io, namespaced: false }
            """);
        Assert.Empty(diagnostics.Lines());
        var settings = project.Settings;
        Assert.Equal("teams/**/*.policy a.policy", string.Join(' ', settings.Sources));
        Assert.Equal("gitops/x", settings.OutputRoot);
        Assert.Equal(30, settings.KubernetesMinorVersion);
        Assert.Equal(["certificates/cert-manager.io/True/status", "clusterissuers/cert-manager.io/False/"], settings.CustomResources.Select(c => $"{c.Resource}/{c.ApiGroup}/{c.IsNamespaced}/{string.Join(',', c.Subresources)}"));
        Assert.Equal("saml", settings.IdentityProviders["acme"].Kind);
        Assert.NotNull(settings.IdentityProviders["github"].Location);
        Assert.True(settings.HasPathSection);
        Assert.Equal(["mesh:mesh:okta", "mesh-two:mesh:acme", "proxy:proxy:"], settings.Paths.Values.Select(p => $"{p.Name}:{p.Kind.Name}:{p.People}"));
        Assert.Equal("17.4", settings.Paths["proxy"].Settings.GetText("version", ""));
        Assert.Equal("flux", settings.TargetSettings["kubernetes"].GetText("delivery", ""));
    }

    [Theory]
    [InlineData("sorces: [a.policy]", "1:1 unknown-setting [sorces]")]
    [InlineData("output: { rot: x }", "1:11 unknown-setting [rot]")]
    [InlineData("- a", "1:1 wrong-setting-kind [- a]")]
    [InlineData("language: 2\nnew_thing: x", "1:11 unknown-language-version [2]")]
    [InlineData("language: one", "1:11 wrong-setting-kind [one]")]
    [InlineData("policyc: \">=0.2\"\nnew_thing: x", "1:10 wrong-tool-version [\">=0.2\"]")]
    [InlineData("policyc: \"^0.1\"", "1:10 invalid-version-range [\"^0.1\"]")]
    [InlineData("sources: platform/**.policy", "1:10 invalid-pattern [platform/**.policy]")]
    [InlineData("sources: [a.policy, teams/*]", "1:21 invalid-pattern [teams/*]")]
    [InlineData("sources: [a.policy, ../x/*.policy]", "1:21 invalid-pattern [../x/*.policy]")]
    [InlineData("sources: [a.policy, b/*.policy]", "1:21 source-matches-nothing [b/*.policy]")]
    [InlineData("sources: b/*.policy", "1:10 no-policy-files [b/*.policy]")]
    [InlineData("sources: []", "1:10 no-policy-files [[]]")]
    [InlineData("output: { root: ../gitops }", "1:17 invalid-output-path [../gitops]")]
    [InlineData("output: { root: /srv/gitops }", "1:17 invalid-output-path [/srv/gitops]")]
    [InlineData("output: { root: 'a\\b' }", "1:17 invalid-output-path ['a\\b']")]
    [InlineData("output: { root: \"\" }", "1:17 invalid-output-path [\"\"]")]
    [InlineData("output: { root: $HOME/x }", "1:17 environment-in-output [$HOME/x]")]
    [InlineData("output: { root: \"a/${X}\" }", "1:17 environment-in-output [\"a/${X}\"]")]
    [InlineData("output: { root: \"%X%/a\", outside_project: true }", "1:17 environment-in-output [\"%X%/a\"]")]
    [InlineData("output: { root: ~/x }", "1:17 environment-in-output [~/x]")]
    [InlineData("kubernetes: { output: \"$X/{cluster}\" }", "1:23 environment-in-output [\"$X/{cluster}\"]")]
    [InlineData("kubernetes: { output: ../x }", "1:23 invalid-output-path [../x]")]
    [InlineData("paths: { mesh: { kind: mesh, output: /x } }", "1:38 invalid-output-path [/x]")]
    [InlineData("kubernetes: { version: 1.3 }", "1:24 unknown-choice [1.3]")]
    [InlineData("kubernetes: { version: \"1.37\" }", "1:24 unknown-choice [\"1.37\"]")]
    [InlineData("kubernetes: { bands: 10 }", "1:22 number-out-of-range [10]")]
    [InlineData("kubernetes: { custom_resources: [{ name: certificates }] }", "1:42 invalid-custom-resource [certificates]")]
    [InlineData("kubernetes: { custom_resources: [{ name: Certificates.cert-manager.io }] }", "1:42 invalid-custom-resource [Certificates.cert-manager.io]")]
    [InlineData("kubernetes:\n  custom_resources:\n  - name: a.b.c\n  - name: a.b.c\n", "4:11 invalid-custom-resource [a.b.c]")]
    [InlineData("kubernetes: { custom_resources: [{ name: a.b.c, subresources: [pods/x] }] }", "1:64 invalid-custom-resource [pods/x]")]
    [InlineData("identity_providers: { acme: { kind: sml } }", "1:37 unknown-choice [sml]")]
    [InlineData("identity_providers: { acme: {} }", "1:29 missing-setting [{}]")]
    [InlineData("identity_providers: { github: { kind: okta } }", "1:39 built-in-provider [okta]")]
    [InlineData("identity_providers: { Acme: { kind: saml } }", "1:23 invalid-name [Acme]")]
    [InlineData("identity_providers: { members: { kind: saml } }", "1:23 invalid-name [members]")]
    [InlineData("paths: { allow: { kind: mesh } }", "1:10 invalid-name [allow]")]
    [InlineData("paths: { labels: { kind: mesh } }", "1:10 invalid-name [labels]")]
    [InlineData("paths: { a--b: { kind: mesh } }", "1:10 invalid-name [a--b]")]
    [InlineData("paths: { a-: { kind: mesh } }", "1:10 invalid-name [a-]")]
    [InlineData("paths: { a2345678901234567890123456789012345678901: { kind: mesh } }", "1:10 invalid-name [a2345678901234567890123456789012345678901]")]
    [InlineData("paths: { okta: { kind: mesh } }", "1:10 name-taken [okta]")]
    [InlineData("paths: { a: { kind: msh } }", "1:21 unknown-choice [msh]")]
    [InlineData("paths: { a: {} }", "1:10 missing-setting [a]")]
    [InlineData("paths: { a: mesh }", "1:13 wrong-setting-kind [mesh]")]
    [InlineData("paths: [mesh]", "1:8 wrong-setting-kind [[mesh]]")]
    [InlineData("paths: { a: { kind: [mesh] } }", "1:21 wrong-setting-kind [[mesh]]")]
    [InlineData("paths: { a: { kind: mesh, version: 1 } }", "1:27 unknown-setting [version]")]
    [InlineData("paths: { a: { kind: proxy } }", "1:13 missing-setting [{ kind: proxy }]")]
    [InlineData("paths: { a: { kind: mesh, people: otka } }", "1:35 unknown-provider [otka]")]
    [InlineData("paths: { a: { kind: mesh, tailnet: wrong } }", "1:36 fake-checked [wrong]")]
    [InlineData("paths: { a: { kind: proxy, version: 1, client_secret: hunter2 } }", "1:55 literal-secret [hunter2]")]
    [InlineData("paths: { a: { kind: mesh, tailnet: tskey-auth-x } }", "1:36 literal-secret [tskey-auth-x]")]
    [InlineData("mesh: {}", "1:1 unknown-setting [mesh]")]
    [InlineData("retired: yes", "1:10 ambiguous-value [yes]")]
    [InlineData("output: { outside_project: \"yes\" }", "1:28 wrong-setting-kind [\"yes\"]")]
    public void One_mistake_gives_one_message_at_its_place(string text, string expected)
    {
        Assert.Equal([expected], Load(text).Diagnostics.Lines());
        Assert.Equal([expected], Load(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Diagnostics.Lines());
    }

    [Theory]
    [InlineData("sorces: [a.policy]", "did you mean `sources`?")]
    [InlineData("paths: { a: { kind: msh } }", "did you mean `mesh`?")]
    [InlineData("paths: { a: { kind: mesh, people: otka } }", "did you mean `okta`?")]
    [InlineData("output: { root: ../gitops }", "keep it in the project, or set `outside_project: true` beside it")]
    public void Help_says_what_to_do(string text, string help) => Assert.Equal(help, Load(text).Diagnostics.ToSortedArray()[0].Help);

    [Theory]
    [InlineData("../gitops/", "../gitops")]
    [InlineData("/srv/gitops", "/srv/gitops")]
    [InlineData(".", ".")]
    public void Outputs_may_leave_the_project_when_it_says_so(string root, string expected)
    {
        var (project, diagnostics) = Load($"output:\n  root: {root}\n  outside_project: true\n");
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(expected, project.Settings.OutputRoot);
        Assert.True(project.Settings.AllowsOutputOutside);
    }

    [Theory]
    [InlineData("a: { client-secret: x }")]
    [InlineData("a: { apiKey: x }")]
    [InlineData("a: { api_key: \"12\" }")]
    [InlineData("a: { password: 12 }")]
    [InlineData("a: { Token: [x] }")]
    [InlineData("a: { credentials: { user: x } }")]
    [InlineData("a: { auth_token: \"x${y}\" }")]
    [InlineData("a: { auth_token: \"secret://\" }")]
    public void A_secret_that_is_written_out_is_found_anywhere_and_never_shown(string text)
    {
        var found = Load(text).Diagnostics.ToSortedArray().Where(d => d.Code == "literal-secret").ToArray();
        var secret = Assert.Single(found);
        Assert.DoesNotContain(secret.Location?.Text ?? "?", secret.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: { client_secret: \"secret://x/y\" }")]
    [InlineData("a: { client_secret: \"${var.x}\" }")]
    [InlineData("a: { secret: true }")]
    [InlineData("a: { token_lifetime: 3 }")]
    public void A_reference_is_no_secret(string text)
        => Assert.DoesNotContain(Load(text).Diagnostics.ToSortedArray(), d => d.Code == "literal-secret");

    [Fact]
    public void A_project_file_with_another_ending_is_an_error_not_a_default()
    {
        var (_, alone) = Load(new InMemoryProjectFiles(("policyc.yml", "language: 1"), ("a.policy", "")));
        Assert.Equal(["- misnamed-project-file"], alone.Lines());
        Assert.Equal("rename it to `policyc.yaml`", alone.ToSortedArray()[0].Help);
        var (_, both) = Load(new InMemoryProjectFiles(("policyc.yml", ""), ("policyc.yaml", "language: 1"), ("a.policy", "")));
        Assert.Equal(["- misnamed-project-file"], both.Lines());
    }

    [Fact]
    public void No_policy_file_is_an_error_that_says_what_to_do()
    {
        var (project, diagnostics) = Load(new InMemoryProjectFiles(("readme.md", "")));
        var error = Assert.Single(diagnostics.ToSortedArray());
        Assert.Equal("no-policy-files", error.Code);
        Assert.Contains("policyc init", error.Help, StringComparison.Ordinal);
        Assert.Empty(project.Policies);
    }

    [Fact]
    public void A_project_file_that_is_no_text_is_an_error_not_a_default()
    {
        var (_, diagnostics) = Load(new InMemoryProjectFiles(("a.policy", "")).With("policyc.yaml", [0x61, 0xFF]));
        Assert.Equal(["- not-utf8"], diagnostics.Lines());
    }

    [Theory]
    [InlineData(">=0.1 <1", "0.1.0", true)]
    [InlineData(">=0.1 <1", "1.0.0", false)]
    [InlineData(">=0.1 <1", "1.0.0-rc.1", false)]
    [InlineData("=0.1", "0.1.7", true)]
    [InlineData("=0.1.6", "0.1.7", false)]
    [InlineData("<=0.1", "0.1.7", true)]
    [InlineData(">0.1", "0.1.7", false)]
    [InlineData(">0.1", "0.2.0", true)]
    [InlineData(">=0.10", "0.9.9", false)]
    [InlineData(">=0.1.2", "0.1.2-beta+5", true)]
    public void Version_ranges(string range, string tool, bool expected)
    {
        var diagnostics = new DiagnosticBag();
        ProjectLoader.Load(Files($"policyc: \"{range}\""), FakeTargets.All, tool, diagnostics);
        Assert.Equal(expected ? [] : ["wrong-tool-version"], diagnostics.ToSortedArray().Select(d => d.Code));
        Assert.All(diagnostics.ToSortedArray(), d => Assert.Contains($"`{range}`", d.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.0")]
    [InlineData(">= 0.1")]
    [InlineData("~0.1")]
    [InlineData(">=0.1.2.3")]
    [InlineData(">=x")]
    [InlineData(">=0.1, <1")]
    public void A_range_that_cannot_be_read_is_an_error(string range)
        => Assert.Equal(["invalid-version-range"], Load($"policyc: \"{range}\"").Diagnostics.ToSortedArray().Select(d => d.Code));

    private static InMemoryProjectFiles Files(string projectFile)
        => new(("policyc.yaml", projectFile), ("a.policy", "# a"), ("teams/x/b.policy", "# b"));

    private static (Project Project, DiagnosticBag Diagnostics) Load(string projectFile) => Load(Files(projectFile));

    private static (Project Project, DiagnosticBag Diagnostics) Load(IProjectFiles files)
    {
        var diagnostics = new DiagnosticBag();
        return (ProjectLoader.Load(files, FakeTargets.All, "0.1.0", diagnostics), diagnostics);
    }
}
