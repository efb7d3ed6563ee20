using Xunit;

namespace PolicyLang.Tests.EndToEnd;

public sealed class WholeProjectFindingTests
{
    [Fact]
    public void A_path_cannot_see_the_people_of_any_provider()
        => Assert.Equal(
            ["wrong-provider-kind [okta]"],
            WholeProject.Findings("default via teleport", "paths: { teleport: { kind: teleport, people: okta } }"));

    [Fact]
    public void A_statement_that_may_stand_once_stands_twice()
        => Assert.Equal(
            ["repeated-statement [default via tailscale]", "repeated-statement [*]"],
            WholeProject.Findings("default via tailscale\ndefault via tailscale\ncluster * { }\ncluster * { }"));

    [Fact]
    public void A_list_names_the_same_thing_twice()
        => Assert.Equal(["repeated-name [tailscale]"], WholeProject.Findings("default via tailscale, tailscale"));

    [Fact]
    public void A_role_without_content_gives_nothing()
        => Assert.Equal(["empty-role [nothing]"], WholeProject.Findings("role nothing { }"));

    [Fact]
    public void A_posture_that_Tailscale_does_not_document_is_refused()
        => Assert.Equal(["tailscale-invalid-posture [\"node:os ~ 'macos'\"]"], WholeProject.Findings("posture p { tailscale = \"node:os ~ 'macos'\" }"));

    [Fact]
    public void The_owners_of_a_tag_stand_in_one_place()
        => Assert.Contains(
            "tailscale-repeated-tag-owners",
            WholeProject.Findings(
                "cluster a { tailscale { tag = \"tag:a\"  tag_owners = [\"tag:x\"] } }",
                "paths: { tailscale: { kind: tailscale, tags: { \"tag:a\": { owners: [\"tag:y\"] } } } }").Select(f => f.Split(' ')[0]));

    private const string CertificateProject = "identity_providers: { corp-ca: { kind: certificate } }";

    private const string CertificateCluster = """
        cluster api {
          cloudflare { addresses = ["198.51.100.1"] }
          authentication { certificate { people = corp-ca } }

        """;

    [Fact]
    public void Trap07_a_role_bound_to_a_person_would_hold_for_the_same_login_behind_the_proxy()
    {
        const string rule = "}\nuser alice { email = \"alice@acme.com\"  okta = \"alice@acme.com\"  corp-ca = \"alice@acme.com\" }\nrole view = clusterrole \"view\"\nallow alice as view on api cluster-wide via cloudflare";
        var project = CertificateProject + "\npaths: { cloudflare: { kind: cloudflare, people: okta }, tailscale: { kind: tailscale } }";
        Assert.Equal([], WholeProject.Findings(CertificateCluster + rule, project));
        Assert.Equal(["user-binding-crosses-paths [alice]"], WholeProject.Findings(CertificateCluster + "tailscale { tag = \"tag:api\" }\n" + rule, project));
    }

    [Theory]
    [InlineData("system:masters")]
    [InlineData("policyc:api:sre")]
    [InlineData("tag:ci")]
    public void A_certificates_group_may_not_be_one_that_others_give_a_meaning_to(string group)
    {
        var rule = $"}}\ngroup g {{ okta = \"G\"  corp-ca = \"{group}\" }}\nrole view = clusterrole \"view\"\nallow g as view on api cluster-wide via cloudflare";
        Assert.Contains("reserved-kubernetes-name [g]", WholeProject.Findings(CertificateCluster + rule, CertificateProject + "\npaths: { cloudflare: { kind: cloudflare, people: okta } }"));
    }
}
