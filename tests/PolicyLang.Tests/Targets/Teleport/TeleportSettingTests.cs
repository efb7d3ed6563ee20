using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Teleport;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

public sealed class TeleportSettingTests
{
    private static readonly TeleportPathKind s_kind = new();
    private static readonly Subject s_sre = TestModels.Group("sre", ("github", "acme/sre"));

    [Theory]
    [InlineData("eighteen", "teleport-version")]
    [InlineData("v18", "teleport-version")]
    [InlineData("18.x", "teleport-version")]
    [InlineData("", "teleport-version")]
    [InlineData("3.2", "teleport-version")]
    [InlineData("20", "teleport-version")]
    [InlineData("18.2.1.4", "teleport-version")]
    [InlineData("٤", "teleport-version")]
    public void Unknown_versions_are_refused(string version, string code) => Assert.Equal(code, PathError(("version", version)).Code);

    [Fact]
    public void Agents_newer_than_the_servers_are_refused()
    {
        Assert.Equal("teleport-agent-version", PathError(("version", "17.2"), ("oldest_agent", "18")).Code);
        Assert.Equal("teleport-agent-version", PathError(("version", "17.2"), ("oldest_agent", "17.3")).Code);
        Assert.Empty(PathErrors(("version", "17"), ("oldest_agent", "17.3")));
        Assert.Empty(PathErrors(("version", "17.2"), ("oldest_agent", "17")));
    }

    [Theory]
    [InlineData("4.4")]
    [InlineData("9")]
    [InlineData("11")]
    public void Old_servers_have_no_operator(string version) => Assert.Equal("teleport-operator-unsupported", PathError(("version", version), ("form", "operator")).Code);

    [Fact]
    public void The_operator_of_18_0_has_no_resource_for_v8_roles()
    {
        Assert.Contains("\"TeleportRoleV7\"", Role(("version", "18.0.2"), ("form", "operator")), StringComparison.Ordinal);
        Assert.Contains("\"TeleportRoleV8\"", Role(("version", "18"), ("form", "operator")), StringComparison.Ordinal);
        Assert.Contains("\"TeleportRoleV6\"", Role(("version", "18"), ("oldest_agent", "13"), ("form", "operator")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8h", "8h0m0s")]
    [InlineData("90m", "1h30m0s")]
    [InlineData("1h30m15s", "1h30m15s")]
    [InlineData("3600s", "1h0m0s")]
    [InlineData("10m", "10m0s")]
    [InlineData("30h", "30h0m0s")]
    public void Durations_become_what_go_prints(string text, string canonical)
        => Assert.Contains($"max_session_ttl: \"{canonical}\"", Role(("max_session_ttl", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("8 hours")]
    [InlineData("8")]
    [InlineData("")]
    [InlineData("-8h")]
    [InlineData("1.5h")]
    [InlineData("5m1h")]
    [InlineData("1h1h")]
    [InlineData("0s")]
    [InlineData("59s")]
    [InlineData("31h")]
    [InlineData("99999999999h")]
    public void Other_durations_are_refused(string text) => Assert.Equal("teleport-setting", PathError(("max_session_ttl", text)).Code);

    [Theory]
    [InlineData("tctl", "0123456789abcdef0123456789abcdef01234567")]
    [InlineData("tctl", "hunter2")]
    [InlineData("tctl", "")]
    [InlineData("tctl", "${GITHUB}x")]
    [InlineData("tctl", "${A}${B}")]
    [InlineData("tctl", "<a>\n<b>")]
    [InlineData("operator", "<client-secret>")]
    [InlineData("operator", "secret://lonely")]
    [InlineData("operator", "secret://Name/key/more")]
    public void Literal_secrets_are_refused_and_not_repeated(string form, string secret)
    {
        var error = ConnectorError(form, "client_secret", secret);
        Assert.Equal("teleport-literal-secret", error.Code);
        Assert.True(secret.Length == 0 || !(error.Message + error.Help).Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("18", "tctl", "secret://github/secret")]
    [InlineData("16", "operator", "secret://github/secret")]
    public void Secret_lookup_needs_an_operator_that_does_it(string version, string form, string secret)
        => Assert.Equal("teleport-unsupported", PathError(("version", version), ("form", form), ("connector", new (string, object)[] { ("client_secret", secret) })).Code);

    [Theory]
    [InlineData("tctl", "${GITHUB_SECRET}")]
    [InlineData("tctl", "<client-secret>")]
    [InlineData("operator", "${GITHUB_SECRET}")]
    [InlineData("operator", "secret://github/secret")]
    public void References_are_written(string form, string secret)
        => Assert.Contains($"client_secret: \"{secret}\"", File(("form", form), ("connector", new (string, object)[] { ("client_secret", secret) })), StringComparison.Ordinal);

    [Fact]
    public void A_secret_in_place_of_the_id_is_noticed()
        => Assert.Equal("teleport-literal-secret", ConnectorError("tctl", "client_id", "0123456789abcdef0123456789abcdef01234567").Code);

    [Theory]
    [InlineData("redirect_url", "http://teleport.example.com/v1")]
    [InlineData("redirect_url", "https://user:pass@teleport.example.com")]
    [InlineData("redirect_url", "https://teleport.example.com/?token=1")]
    [InlineData("redirect_url", "https://")]
    [InlineData("redirect_url", "javascript:alert(1)")]
    [InlineData("display", "two\nlines")]
    [InlineData("display", "")]
    [InlineData("name", "git hub")]
    [InlineData("name", "../github")]
    [InlineData("client_id", "{{x}}")]
    public void Malformed_connector_settings_are_refused(string setting, string text) => Assert.Equal("teleport-setting", ConnectorError("tctl", setting, text).Code);

    [Fact]
    public void A_custom_resource_has_a_name_in_lower_case() => Assert.Equal("teleport-setting", ConnectorError("operator", "name", "GitHub").Code);

    [Fact]
    public void An_enterprise_server_needs_both_addresses_and_the_enterprise_edition()
    {
        (string, object)[] both = [("endpoint_url", "https://ghe.example.com"), ("api_endpoint_url", "https://ghe.example.com/api/v3")];
        Assert.Contains("endpoint_url: \"https://ghe.example.com\"", File(("connector", both)), StringComparison.Ordinal);
        Assert.Equal("teleport-missing-setting", PathError(("connector", both[..1])).Code);
        Assert.Equal("teleport-unsupported", PathError(("edition", "community"), ("connector", both)).Code);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("/etc")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("a\\b")]
    [InlineData("./a")]
    public void Folders_stay_below_the_output_root(string folder) => Assert.Equal("teleport-setting", PathError(("output", folder)).Code);

    [Fact]
    public void Files_go_where_the_settings_say() => Assert.Contains("gitops/teleport/20-connector.yaml", Scenario(("output", "gitops/teleport/")).Write().Keys);

    [Fact]
    public void Two_paths_never_write_to_one_folder()
    {
        var first = new TeleportScenario("a", "github", ("output", "x")).Cluster("prod").Model();
        var second = new TeleportScenario("b", "github", ("output", "X/")).Cluster("prod").Model();
        var (_, _, diagnostics) = TeleportScenario.Run(first with { Paths = [.. first.Paths, .. second.Paths] });
        Assert.Contains(diagnostics, d => d.Code == "teleport-shared-output");
    }

    [Fact]
    public void Teleport_4_community_needs_logins_and_nobody_else_takes_them()
    {
        Assert.Equal("teleport-missing-setting", PathError(("version", "4.0.2"), ("edition", "community")).Code);
        Assert.Equal("teleport-unsupported", PathError(("logins", new[] { "root" })).Code);
        Assert.Equal("teleport-setting", PathError(("version", "4.0.2"), ("edition", "community"), ("logins", new[] { "*" })).Code);
        Assert.Equal("teleport-unsupported", PathError(("version", "4.0.2"), ("edition", "community"), ("logins", new[] { "root" }), ("max_session_ttl", "1h")).Code);
        Assert.Equal("teleport-unsupported", PathError(("version", "4.0.2"), ("edition", "community"), ("logins", new[] { "root" }), ("require_session_mfa", true)).Code);
    }

    [Fact]
    public void A_cluster_with_its_own_teleport_4_has_its_own_connector()
    {
        var scenario = new TeleportScenario(("version", "4.0.2"), ("edition", "community"), ("logins", new[] { "root" }))
            .Cluster("prod", settings: ("connector", new (string, object)[] { ("client_id", "Iv1.abc"), ("redirect_url", "https://teleport.example.com:3080/v1/webapi/github/callback") }))
            .Link("prod", s_sre, "acme/sre", ["guest"]);
        var text = scenario.Write()["teleport/prod/github.yaml"];
        Assert.Contains("client_id: \"Iv1.abc\"", text, StringComparison.Ordinal);
        Assert.Contains("redirect_url: \"https://teleport.example.com:3080/v1/webapi/github/callback\"", text, StringComparison.Ordinal);
        Assert.Contains("- \"guest\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_of_a_newer_teleport_has_no_connector_of_its_own()
        => Assert.Equal("teleport-unsupported", new TeleportScenario().Cluster("prod", settings: ("connector", new (string, object)[] { ("client_id", "x") })).Error().Code);

    [Fact]
    public void A_cluster_needs_a_label_unless_it_is_retired_or_the_server_has_only_one()
    {
        Assert.Equal("teleport-missing-setting", new TeleportScenario().UnlabelledCluster("prod").Error().Code);
        Assert.NotEmpty(new TeleportScenario(("version", "4.4")).UnlabelledCluster("prod").Write());
    }

    [Fact]
    public void The_proxy_is_the_agent_with_one_user()
    {
        var path = TestModels.Path(s_kind);
        var byDefault = Assert.Single(s_kind.ProxiesOf(path, TestModels.Cluster("prod", ("teleport", TestModels.Block(s_kind.ClusterSettings, ("label", "a=b"))))));
        Assert.Equal(("teleport", "teleport-agent", "teleport-agent"), (byDefault.Name, byDefault.Namespace, byDefault.ServiceAccount));
        Assert.Equal(["policyc:teleport"], byDefault.Users);
        var named = Assert.Single(s_kind.ProxiesOf(path, TestModels.Cluster("prod", ("teleport", TestModels.Block(s_kind.ClusterSettings, ("service_account", "infra/kube-agent"))))));
        Assert.Equal(("infra", "kube-agent"), (named.Namespace, named.ServiceAccount));
        Assert.Empty(s_kind.ProxiesOf(path, TestModels.Cluster("elsewhere")));
        var old = Assert.Single(s_kind.ProxiesOf(TestModels.Path(s_kind, settings: ("version", "4.0.2")), TestModels.Cluster("prod", ("teleport", TestModels.Block(s_kind.ClusterSettings)))));
        Assert.Equal(("teleport", "teleport"), (old.Namespace, old.ServiceAccount));
        Assert.Null(old.Users);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("a/b/c")]
    [InlineData("/agent")]
    [InlineData("Infra/agent")]
    public void A_malformed_service_account_is_refused(string account)
        => Assert.Equal("teleport-setting", new TeleportScenario().Cluster("prod", settings: ("service_account", account)).Error().Code);

    private static TeleportScenario Scenario(params (string, object)[] settings) => new TeleportScenario(settings).Cluster("prod").Link("prod", s_sre, "acme/sre");

    private static string Role(params (string, object)[] settings) => Scenario(settings).Write()["teleport/00-roles.yaml"];

    private static string File(params (string, object)[] settings) => Scenario(settings).Write()["teleport/20-connector.yaml"];

    private static Diagnostic ConnectorError(string form, string setting, string text) => PathError(("form", form), ("connector", new (string, object)[] { (setting, text) }));

    private static Diagnostic PathError(params (string, object)[] settings)
    {
        // The writer refuses on its own what the check of the path refuses.
        var error = Assert.Single(PathErrors(settings));
        Assert.Equal(error, Scenario(settings).Error() with { Location = error.Location });
        return error;
    }

    private static List<Diagnostic> PathErrors(params (string, object)[] settings)
    {
        var diagnostics = new DiagnosticBag();
        s_kind.CheckPath(TestModels.Path(s_kind, settings: settings), diagnostics);
        return [.. diagnostics.ToSortedArray()];
    }
}
