using PolicyLang.Diagnostics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Semantics;

public sealed class SubjectBindingTests
{
    [Fact]
    public void An_unknown_subject_is_reported_once_with_the_name_that_was_meant()
    {
        var found = TestPolicy.Finds(TestPolicy.Company + "allow sree as view on dev cluster-wide", ("unknown-name", "sree"));
        Assert.Equal("did you mean `sre`?", found[0].Help);
    }

    [Fact]
    public void A_subject_declared_twice_points_at_both_places()
    {
        var found = TestPolicy.Finds("group a { members = [] }\nmachine a { tailscale = \"tag:a\" }", ("duplicate-name", "a"));
        Assert.Equal("test.policy:2:9", found[0].Location?.ToString());
        Assert.Equal("test.policy:1:7", found[0].Related[0].Location.ToString());
    }

    [Theory]
    [InlineData("group a { github = \"acme/x\" }\ngroup b { github = \"acme/x\" }", "\"acme/x\"")]
    [InlineData("group a { github = \"acme/x\" }\ngroup b { github = \"Acme/X\" }", "\"Acme/X\"")]
    [InlineData("user a { email = \"a@acme.com\" }\nuser b { email = \"A@acme.com\" }", "\"A@acme.com\"")]
    [InlineData("machine a { tailscale = \"tag:ci\" }\nmachine b { tailscale = \"tag:ci\" }", "\"tag:ci\"")]
    [InlineData("group a { members = [] kubernetes = \"x\" }\ngroup b { members = [] kubernetes = \"x\" }", "\"x\"")]
    public void Two_subjects_with_one_identity_are_an_error(string policy, string at) => TestPolicy.Finds(policy, ("duplicate-identity", at));

    [Theory]
    [InlineData("group a { members = []  okta = \"\" }", "\"\"")]
    [InlineData("group a { members = []  cloudflare = [] }", "[]")]
    [InlineData("user a { email = \"a@acme.com\"  github = [\"octocat\", \" \"] }", "\" \"")]
    [InlineData("user a { email = \"\" }", "\"\"")]
    public void An_empty_identity_is_an_error_and_does_not_mean_the_one_of_the_provider(string policy, string at) => TestPolicy.Finds(policy, ("empty-identity", at));

    [Theory]
    [InlineData("group a { members = []  oktaa = \"\" }")]
    [InlineData("group a { members = []  okta { } }")]
    public void An_empty_value_of_a_wrong_setting_is_one_mistake(string policy) => Assert.Single(TestPolicy.Compile(policy).Diagnostics, finding => finding.Severity == DiagnosticSeverity.Error);

    [Fact]
    public void An_e_mail_means_the_user_who_declares_it()
    {
        var access = TestPolicy.Access("""
            default via tailscale
            cluster dev { tailscale { tag = "tag:dev" } }
            user carol { email = "Carol@acme.com" }
            role view = clusterrole "view"
            allow carol@acme.com as view on dev cluster-wide
            """);
        Assert.Equal("carol", Assert.Single(access.Clusters[0].Grants).Subject.Name);
        Assert.Equal("carol@acme.com", Assert.Single(Assert.Single(access.Clusters[0].Identities).Principals).Value);
    }

    [Fact]
    public void Groups_that_contain_each_other_are_an_error()
    {
        var found = TestPolicy.Finds("group a { members = [b] }\ngroup b { members = [c] }\ngroup c { members = [a] }", ("cyclic-declaration", "a"));
        Assert.Contains("`a` > `b` > `c` > `a`", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_is_no_member() => TestPolicy.Finds("machine m { tailscale = \"tag:m\" }\ngroup a { members = [m] }", ("wrong-kind", "m"));

    [Fact]
    public void A_member_that_nothing_declares_is_an_error() => TestPolicy.Finds("group a { members = [nobody] }", ("unknown-name", "nobody"));

    [Theory]
    [InlineData("system:masters")]
    [InlineData("SYSTEM:masters")]
    [InlineData("policyc:prod:sre")]
    [InlineData("eks:x")]
    [InlineData("tag:ci")]
    [InlineData("")]
    public void A_Kubernetes_group_that_others_give_a_meaning_to_is_refused(string group)
        => TestPolicy.Finds($"group a {{ members = [] kubernetes = \"{group}\" }}", ("reserved-kubernetes-name", $"\"{group}\""));

    [Theory]
    [InlineData("Sre")]
    [InlineData("sre-")]
    [InlineData("s--e")]
    [InlineData("1sre")]
    [InlineData("s_e")]
    [InlineData("a12345678901234567890123456789012345678901")]
    public void A_name_is_spelled_as_names_are(string name) => TestPolicy.Finds($"group {name} {{ members = [] }}", ("invalid-name", name));

    [Fact]
    public void A_setting_that_a_subject_does_not_take_is_an_error()
    {
        var found = TestPolicy.Finds("group a { githb = \"acme/a\" }", ("unknown-setting", "githb"));
        Assert.Equal("did you mean `github`?", found[0].Help);
    }

    [Fact]
    public void Names_resolve_across_files_in_any_order()
    {
        var compilation = TestPolicy.Compile([
            ("a.policy", "allow sre as view on dev cluster-wide"),
            ("b.policy", TestPolicy.Company),
        ]);
        Assert.Empty(compilation.Diagnostics);
    }
}
