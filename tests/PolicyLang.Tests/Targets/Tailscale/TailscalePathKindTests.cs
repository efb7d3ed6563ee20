using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Tailscale;

public sealed class TailscalePathKindTests
{
    private static readonly TailscalePathKind Kind = new();
    private static readonly AccessPath Tailnet = TestModels.Path(Kind);

    [Fact]
    public void Carries_an_identity_of_people_groups_and_machines()
    {
        Assert.Equal("tailscale", Kind.Name);
        Assert.Equal(PathCarries.Identity, Kind.Carries);
        Assert.Equal("email", Kind.DefaultPeople);
        Assert.Equal([PrincipalKind.Person, PrincipalKind.Group, PrincipalKind.Machine], Kind.Accepts.ToArray());
        Assert.True(Kind.ClusterSettings.Find("tag")?.IsUniqueAcrossClusters);
    }

    [Theory]
    [InlineData(SubjectKind.Machine, "tag:ci", null)]
    [InlineData(SubjectKind.Machine, "tag:CI-2", null)]
    [InlineData(SubjectKind.Machine, "tag:", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "tag:2ci", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "tag:c.i", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "tag:c\u0456", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "*", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "autogroup:tagged", "such as `tag:ci`")]
    [InlineData(SubjectKind.Machine, "alice@acme.com", "such as `tag:ci`")]
    [InlineData(SubjectKind.Group, "group:eng@acme.com", null)]
    [InlineData(SubjectKind.Group, "group:Eng_2.x+y@sub.acme.com", null)]
    [InlineData(SubjectKind.Group, "autogroup:member", null)]
    [InlineData(SubjectKind.Group, "autogroup:network-admin", null)]
    [InlineData(SubjectKind.Group, "autogroup:members", "did you mean `autogroup:member`?")]
    [InlineData(SubjectKind.Group, "autogroup:tagged", "more than the people")]
    [InlineData(SubjectKind.Group, "autogroup:shared", "more than the people")]
    [InlineData(SubjectKind.Group, "autogroup:danger-all", "more than the people")]
    [InlineData(SubjectKind.Group, "autogroup:self", "the groups of people are")]
    [InlineData(SubjectKind.Group, "autogroup:internet", "the groups of people are")]
    [InlineData(SubjectKind.Group, "*", "more than the people")]
    [InlineData(SubjectKind.Group, "group:eng", "whole policy file")]
    [InlineData(SubjectKind.Group, "group:e\"ng@acme.com", "synced")]
    [InlineData(SubjectKind.Group, "user:*@acme.com", "syncs")]
    [InlineData(SubjectKind.Group, "100.64.0.0/10", "syncs")]
    [InlineData(SubjectKind.Group, "tag:ci", "syncs")]
    [InlineData(SubjectKind.User, "alice@github", null)]
    [InlineData(SubjectKind.User, "alice", "login")]
    [InlineData(SubjectKind.User, "group:eng@acme.com", "login")]
    public void Checks_identities(SubjectKind kind, string identity, string? help)
    {
        var subject = new Subject(kind, "x", TestModels.Here("x"));
        var diagnostics = new DiagnosticBag();
        Kind.CheckIdentity(Tailnet, subject, new SettingText(identity, TestModels.Here(identity)), diagnostics);
        if (help is null)
        {
            Assert.Equal(0, diagnostics.Count);
            return;
        }

        var error = Assert.Single(diagnostics.ToSortedArray());
        Assert.Equal("tailscale-invalid-identity", error.Code);
        if (help != "synced")
        {
            Assert.Contains(help, error.Help ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tag:k8s")]
    [InlineData("tag:k8s-operator")]
    public void Trap04_default_tags_are_warned_of(string tag)
        => Assert.Equal(("tailscale-default-tag", DiagnosticSeverity.Warning), (Check(("tag", tag)).Code, Check(("tag", tag)).Severity));

    [Fact]
    public void A_cluster_needs_a_tag() => Assert.Equal("tailscale-missing-tag", Check(("ip", "tcp:443")).Code);

    [Fact]
    public void An_endpoint_needs_a_tag()
        => Assert.Equal("tailscale-missing-tag", Check(("endpoint", new (string, object)[] { ("name", "a") })).Code);

    [Fact]
    public void Endpoints_have_names_of_their_own()
        => Assert.Equal(
            "tailscale-invalid-endpoint",
            Check(("endpoint", new (string, object)[][] { [("name", "a"), ("tag", "tag:a")], [("name", "a"), ("tag", "tag:b")] })).Code);

    [Theory]
    [InlineData("operator")]
    [InlineData("a/b/c")]
    [InlineData("/operator")]
    [InlineData("Tailscale/operator")]
    [InlineData("tailscale/op erator")]
    [InlineData("tail.scale/operator")]
    public void Service_accounts_have_a_namespace_and_a_name(string account)
        => Assert.Equal("tailscale-invalid-service-account", Check(("tag", "tag:a"), ("service_account", account)).Code);

    [Theory]
    [InlineData("../policy.hujson")]
    [InlineData("/etc/policy.hujson")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("C:/b")]
    [InlineData("")]
    public void Outputs_stay_inside(string output)
    {
        var diagnostics = new DiagnosticBag();
        Kind.CheckPath(TestModels.Path(Kind, settings: [("output", output)]), diagnostics);
        Assert.Equal("tailscale-invalid-output", Assert.Single(diagnostics.ToSortedArray()).Code);
    }

    [Fact]
    public void Proxies_are_named_after_path_and_endpoint()
    {
        var block = TestModels.Block(
            Kind.ClusterSettings,
            ("tag", "tag:a"),
            ("endpoint", new (string, object)[][] { [("name", "west"), ("tag", "tag:w"), ("proxy", "group")], [("name", "east"), ("tag", "tag:e"), ("service_account", "net/proxy")] }));
        Assert.Equal(
            [new ImpersonatingProxy("tailscale", "tailscale", "operator", null), new("tailscale.east", "net", "proxy", null), new("tailscale.west", "tailscale", "kube-apiserver-auth-proxy", null)],
            Kind.ProxiesOf(Tailnet, TestModels.Cluster("prod", ("tailscale", block))).ToArray());
        Assert.Empty(Kind.ProxiesOf(Tailnet, TestModels.Cluster("other")));
    }

    private static Diagnostic Check(params (string, object)[] settings)
    {
        var diagnostics = new DiagnosticBag();
        var block = TestModels.Block(Kind.ClusterSettings, settings);
        Kind.CheckCluster(Tailnet, TestModels.Cluster("prod", ("tailscale", block)), block, diagnostics);
        return Assert.Single(diagnostics.ToSortedArray());
    }
}
