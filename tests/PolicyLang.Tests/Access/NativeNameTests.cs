using PolicyLang.Access;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

/// <summary>Two subjects must never be one name to any system, however the name came about.</summary>
public sealed class NativeNameTests
{
    private const string Gate = " on prod cluster-wide via cloudflare\n";

    [Theory]
    [InlineData("user a { email = \"x@acme.com\" }\nuser b { okta = \"x@acme.com\" }", "a", "b")]
    [InlineData("user a { email = \"x@acme.com\" }\nuser b { okta = \"X@acme.com\" }", "a", "b")]
    [InlineData("user b { okta = \"x@acme.com\" }", "x@acme.com", "b")]
    [InlineData("user b { okta = \"x@acme.com\" }\ngroup team { members = [x@acme.com] }", "team", "b")]
    [InlineData("group a { cloudflare = \"SRE\" okta = \"Other\" }", "a", "sre")]
    public void One_name_from_different_settings_is_an_error(string declarations, string first, string second)
    {
        var found = TestPolicy.Compile(TestPolicy.Company + $"{declarations}\nallow {first} as view{Gate}allow {second} as view{Gate}").Diagnostics;
        Assert.Equal("duplicate-identity", Assert.Single(found, d => d.Severity == PolicyLang.Diagnostics.DiagnosticSeverity.Error).Code);
    }

    [Fact]
    public void A_person_who_is_in_a_group_and_in_a_rule_is_one_subject()
        => TestPolicy.Access(TestPolicy.Company + $"group team {{ members = [alice@acme.com] }}\nallow team as view{Gate}allow alice@acme.com as view{Gate}");

    [Fact]
    public void A_kubernetes_setting_may_not_be_a_name_that_the_provider_asserts_of_others()
    {
        // Nobody is bound as `oidc:Staff` by its own name, yet whoever holds it and comes through another gate would have the rights of `odd`.
        TestPolicy.Finds(
            TestPolicy.Company + $"group odd {{ members = [x@acme.com] kubernetes = \"oidc:Staff\" }}\nallow odd as admin on prod cluster-wide\nallow sre as view{Gate}",
            ("kubernetes-name-collision", "\"oidc:Staff\""));
    }

    [Fact]
    public void A_kubernetes_setting_rests_on_nobody_else_asserting_it()
        => Assert.Contains(
            TestPolicy.Access(TestPolicy.Company + "group odd { members = [x@acme.com] kubernetes = \"tailnet-admins\" }\nallow odd as admin on prod cluster-wide").Assumptions,
            a => a.Kind == AssumptionKind.NoOtherAuthenticator && a.Topic == "prod/tailnet-admins");

    [Fact]
    public void A_group_in_certificates_that_looks_like_one_in_tokens_is_an_error()
    {
        const string cluster = """
            cluster both { labels { env = "x" } cloudflare { addresses = "198.51.100.9" } authentication { oidc { people = okta groups_prefix = "oidc:" } certificate { people = github } } }
            group odd { cloudflare = "Odd" github = "oidc:Two" }
            group two { cloudflare = "Two" okta = "Two" }

            """;
        var found = TestPolicy.Compile(TestPolicy.Company + cluster + "allow odd as admin on both cluster-wide via cloudflare\nallow two as view on both cluster-wide via cloudflare").Diagnostics;
        Assert.Contains(found, d => d.Code is "kubernetes-name-collision");
    }

    [Fact]
    public void A_bare_user_name_that_a_proxy_asserts_too_is_an_error()
    {
        const string cluster = """
            cluster bare { labels { env = "x" } tailscale { tag = "tag:bare" } cloudflare { addresses = "198.51.100.9" } authentication { certificate { people = okta } } }

            """;
        var found = TestPolicy.Compile(TestPolicy.Company + cluster + "allow x@acme.com as admin on bare cluster-wide via cloudflare\nallow x@acme.com as view on bare cluster-wide via tailscale").Diagnostics;
        Assert.Equal("user-binding-crosses-paths", Assert.Single(found).Code);
    }

    [Fact]
    public void A_bare_user_name_is_fine_where_no_proxy_takes_user_names_from_callers()
        => TestPolicy.Access(TestPolicy.Company + """
            cluster bare { labels { env = "x" } teleport { label = "c=bare" } cloudflare { addresses = "198.51.100.9" } authentication { certificate { people = okta } } }
            allow x@acme.com as admin on bare cluster-wide via cloudflare
            """);

    [Fact]
    public void One_gate_and_one_authenticator_with_different_names_for_a_group_rest_on_equal_members()
        => Assert.Contains(
            TestPolicy.Access(TestPolicy.Company + $"group ops {{ cloudflare = \"Ops Gate\" okta = \"Ops\" }}\nallow ops as view{Gate}").Assumptions,
            a => a.Kind == AssumptionKind.Membership && a.Topic == "ops cloudflare okta");

    [Theory]
    [InlineData("assume disjoint sre, ops because \"x\"", "group ops { okta = \"Ops\" members = [alice@acme.com] }")]
    [InlineData("assume disjoint sre, ops because \"x\"", "group ops { okta = \"Ops\" members = [sre] }")]
    [InlineData("assume disjoint alice@acme.com, sre because \"x\"", "")]
    public void Subjects_with_a_common_member_cannot_be_assumed_disjoint(string assumption, string declaration)
        => TestPolicy.Finds(TestPolicy.Company + declaration + "\n" + assumption, ("contradicted-assumption", assumption));

    [Theory]
    [InlineData("deployer", "cloudflare")]
    [InlineData("x@acme.com", "teleport")]
    public void A_subject_that_a_path_never_takes_is_not_asked_for_an_identity(string subject, string path)
        => TestPolicy.Finds(TestPolicy.Company + $"allow {subject} as view on prod cluster-wide via {path}", ("subject-cannot-use-path", subject));

    [Fact]
    public void Authentication_that_is_missing_is_told_once()
        => TestPolicy.Finds(
            TestPolicy.Company + """
            cluster open { labels { env = "x" } cloudflare { addresses = "198.51.100.9" } }
            allow sre as view on open cluster-wide
            allow payments as view on open cluster-wide
            """.Replace("cluster-wide", "cluster-wide via cloudflare", StringComparison.Ordinal),
            ("authentication-needed", "sre"));
}
