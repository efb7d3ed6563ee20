using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Tailscale.TailscaleTestProject;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>The places where a simpler compiler would widen access, by the number they have in the project's notes on Tailscale.</summary>
public sealed class TailscaleTrapTests
{
    private static readonly Subject Sre = TestModels.Group("sre");
    private static readonly Subject Dev = TestModels.Group("dev");

    [Fact]
    public void Trap01_no_grants_left_still_writes_an_empty_grants_array()
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod");
        Assert.Contains("\t\"grants\": [],\n", project.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trap01_a_path_without_clusters_still_writes_an_empty_grants_array()
        => Assert.Contains("\t\"grants\": [],\n", new TailscaleTestProject().Text(), StringComparison.Ordinal);

    [Fact]
    public void Trap02_rules_are_never_merged_into_a_cross_product()
    {
        var project = new TailscaleTestProject();
        var a = project.Cluster("a");
        var b = project.Cluster("b");
        project.Allow(Sre, a, Person("alice@acme.com"));
        project.Allow(Dev, b, Person("bob@acme.com"));
        var grants = project.Json().GetProperty("grants").EnumerateArray().ToArray();
        Assert.Equal(2, grants.Length);
        Assert.All(grants, g => Assert.Equal(1, g.GetProperty("src").GetArrayLength()));
        Assert.All(grants, g => Assert.Equal(1, g.GetProperty("dst").GetArrayLength()));
    }

    [Fact]
    public void Trap02_proxies_with_different_recording_get_grants_of_their_own()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster(
            "prod",
            ("tag", "tag:a"),
            ("endpoint", new (string, object)[] { ("name", "b"), ("tag", "tag:b"), ("recorder", "tag:rec") }));
        project.Allow(Sre, prod, Person("alice@acme.com"));
        var grants = project.Json().GetProperty("grants").EnumerateArray().ToArray();
        Assert.Equal(2, grants.Length);
        Assert.DoesNotContain("recorder", grants[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("tag:rec", grants[1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trap04_two_clusters_with_one_tag_are_refused()
    {
        var project = new TailscaleTestProject();
        project.Cluster("a", ("tag", "tag:k8s-shared"));
        project.Cluster("b", ("tag", "tag:k8s-shared"));
        Assert.Equal("tailscale-shared-tag", project.Error().Code);
    }

    [Fact]
    public void Trap04_tags_that_differ_in_capital_letters_only_are_refused()
    {
        var project = new TailscaleTestProject();
        project.Cluster("a", ("tag", "tag:k8s-a"));
        project.Cluster("b", ("tag", "tag:K8s-a"));
        Assert.Equal("tailscale-shared-tag", project.Error().Code);
    }

    [Fact]
    public void Trap04_a_machine_may_not_carry_the_tag_of_a_proxy()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(TestModels.Machine("deployer"), prod, Machine("tag:k8s-prod"));
        Assert.Equal("tailscale-shared-tag", project.Error().Code);
    }

    [Fact]
    public void Trap04_a_machine_may_not_carry_the_tag_of_a_recorder()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod", ("tag", "tag:k8s-prod"), ("recorder", "tag:rec"));
        project.Allow(TestModels.Machine("deployer"), prod, Machine("tag:rec"));
        Assert.Equal("tailscale-shared-tag", project.Error().Code);
    }

    [Fact]
    public void Trap06_a_tagged_source_always_gets_groups_so_that_its_tags_do_not_become_groups()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(TestModels.Machine("deployer"), prod, Condition.Always, [], Machine("tag:ci"));
        Assert.Equal("tailscale-invalid-kubernetes-group", project.Error().Code);
    }

    [Fact]
    public void Trap06_the_tag_of_a_device_is_never_asserted_as_a_group()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Condition.Always, ["tag:ci"], Person("alice@acme.com"));
        Assert.Equal("tailscale-invalid-kubernetes-group", project.Error().Code);
    }

    [Fact]
    public void Trap07_no_grant_opens_a_proxy_without_naming_groups()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person("alice@acme.com"));
        Assert.All(project.Json().GetProperty("grants").EnumerateArray(), grant => Assert.True(grant.TryGetProperty("app", out _)));
    }

    [Theory]
    [InlineData("autogroup:member")]
    [InlineData("autogroup:tagged")]
    [InlineData("*")]
    [InlineData("user:*@acme.com")]
    public void Trap08_everyone_cannot_own_a_tag(string owner)
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod", ("tag", "tag:k8s-prod"), ("tag_owners", new[] { owner }));
        Assert.Equal("tailscale-invalid-tag-owner", project.Error().Code);
    }

    [Fact]
    public void Trap08_an_owner_that_the_file_does_not_define_is_refused()
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod", ("tag", "tag:k8s-prod"), ("tag_owners", new[] { "group:platform" }));
        Assert.Equal("tailscale-invalid-tag-owner", project.Error().Code);
    }

    [Fact]
    public void Trap10_a_condition_of_two_postures_is_one_posture()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        var both = Condition.AllOf([project.Posture("managed", "node:os == 'macos'"), project.Posture("inland", "ip:country IN ['JP']", "node:os == 'macos'")]);
        project.Allow(Sre, prod, both, Person("alice@acme.com"));
        var json = project.Json();
        Assert.Equal("[\"posture:inland--managed\"]", json.GetProperty("grants")[0].GetProperty("srcPosture").GetRawText());
        Assert.Equal(
            ["ip:country IN ['JP']", "node:os == 'macos'"],
            json.GetProperty("postures").GetProperty("posture:inland--managed").EnumerateArray().Select(e => e.GetString() ?? ""));
    }

    [Fact]
    public void Trap10_a_posture_without_expressions_would_always_hold_and_is_refused()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Condition.AllOf([project.Posture("managed")]), Person("alice@acme.com"));
        Assert.Equal("tailscale-missing-posture", project.Error().Code);
    }

    [Fact]
    public void Trap10_no_default_posture_is_written()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Condition.AllOf([project.Posture("managed", "node:os == 'macos'")]), Person("alice@acme.com"));
        Assert.False(project.Json().TryGetProperty("defaultSrcPosture", out _));
    }

    [Theory]
    [InlineData("443")]
    [InlineData("*")]
    [InlineData("tcp:*")]
    [InlineData("tcp:1-65535")]
    [InlineData("udp:443")]
    [InlineData("icmp")]
    [InlineData("tcp:0")]
    [InlineData("tcp:0443")]
    [InlineData("tcp:65536")]
    [InlineData("tcp:+443")]
    [InlineData("tcp:")]
    public void Trap11_only_single_tcp_ports_are_opened(string port)
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod", ("tag", "tag:k8s-prod"), ("ip", new[] { port }));
        Assert.Equal("tailscale-invalid-port", project.Error().Code);
    }

    [Fact]
    public void Trap12_network_and_capability_stand_in_one_grant()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person("alice@acme.com"));
        var grant = Assert.Single(project.Json().GetProperty("grants").EnumerateArray());
        Assert.Equal("[\"tcp:443\"]", grant.GetProperty("ip").GetRawText());
        Assert.Equal("policyc:prod:sre", grant.GetProperty("app").GetProperty("tailscale.com/cap/kubernetes")[0].GetProperty("impersonate").GetProperty("groups")[0].GetString());
    }

    [Theory]
    [InlineData("enforce_recorder")]
    [InlineData("enable_events")]
    public void Trap13_recording_without_a_recorder_is_refused(string setting)
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod", ("tag", "tag:k8s-prod"), (setting, true));
        Assert.Equal("tailscale-recording-without-recorder", project.Error().Code);
    }

    [Fact]
    public void Trap13_every_grant_on_a_proxy_names_the_same_recorder_in_the_spelling_that_the_proxy_reads()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod", ("tag", "tag:k8s-prod"), ("recorder", "tag:rec"), ("enforce_recorder", true), ("enable_events", true));
        project.Allow(Sre, prod, Person("alice@acme.com"));
        project.Allow(Dev, prod, Condition.AllOf([project.Posture("p", "node:os == 'linux'")]), Person("bob@acme.com"));
        foreach (var grant in project.Json().GetProperty("grants").EnumerateArray())
        {
            var value = grant.GetProperty("app").GetProperty("tailscale.com/cap/kubernetes")[0];
            Assert.Equal("[\"tag:rec\"]", value.GetProperty("recorder").GetRawText());
            Assert.True(value.GetProperty("enforceRecorder").GetBoolean());
            Assert.True(value.GetProperty("enableEvents").GetBoolean());
            Assert.False(value.TryGetProperty("recorders", out _));
        }
    }

    [Fact]
    public void Trap13_a_further_proxy_of_a_recorded_cluster_is_recorded_too()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod", ("tag", "tag:a"), ("recorder", "tag:rec"), ("enforce_recorder", true), ("endpoint", new (string, object)[] { ("name", "b"), ("tag", "tag:b") }));
        project.Allow(Sre, prod, Person("alice@acme.com"));
        var grant = Assert.Single(project.Json().GetProperty("grants").EnumerateArray());
        Assert.Equal(2, grant.GetProperty("dst").GetArrayLength());
        Assert.Contains("enforceRecorder", grant.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system:masters")]
    [InlineData("system:")]
    [InlineData("")]
    [InlineData(" space")]
    [InlineData("space ")]
    [InlineData("tab\there")]
    [InlineData("line\nbreak")]
    [InlineData("p\u0430yments")]
    public void Trap15_system_groups_and_groups_that_no_header_can_hold_are_refused(string group)
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Condition.Always, [group], Person("alice@acme.com"));
        Assert.Equal("tailscale-invalid-kubernetes-group", project.Error().Code);
    }

    [Fact]
    public void Trap16_only_a_proxy_group_may_advertise_services_and_only_for_itself()
    {
        var project = new TailscaleTestProject();
        project.Cluster("a");
        project.Cluster("b", ("tag", "tag:b"), ("proxy", "group"));
        Assert.Equal("{\"services\":{\"tag:b\":[\"tag:b\"]}}", System.Text.RegularExpressions.Regex.Replace(project.Json().GetProperty("autoApprovers").GetRawText(), @"\s", "").Replace(",}", "}", StringComparison.Ordinal));
    }

    [Fact]
    public void Trap18_names_that_differ_in_capital_letters_never_become_two_groups()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person("alice@acme.com"));
        project.Allow(TestModels.Group("Sre"), prod, Person("bob@acme.com"));
        Assert.Equal("tailscale-invalid-group-name", project.Error().Code);
    }

    [Fact]
    public void Trap18_a_subject_with_other_members_elsewhere_is_refused()
    {
        var project = new TailscaleTestProject();
        project.Allow(Sre, project.Cluster("a"), Person("alice@acme.com"));
        project.Allow(Sre, project.Cluster("b"), Person("bob@acme.com"));
        project.Allow(Sre, project.Cluster("c"), Person("bob@acme.com"));
        Assert.Equal("tailscale-unequal-members", project.Error().Code);
    }

    [Fact]
    public void Trap20_a_synced_group_is_a_source_and_never_an_empty_group_of_the_file()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Dev, prod, Outer("group:dev@acme.com"));
        var json = project.Json();
        Assert.False(json.TryGetProperty("groups", out _));
        Assert.False(json.TryGetProperty("tests", out _));
        Assert.Equal("group:dev@acme.com", json.GetProperty("grants")[0].GetProperty("src")[0].GetString());
    }

    [Fact]
    public void Trap20_a_group_that_lost_its_members_leaves_nothing_behind()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod);
        var text = project.Text();
        Assert.DoesNotContain("sre", text, StringComparison.Ordinal);
        Assert.Contains("\"grants\": []", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap22_logins_are_written_in_small_letters_and_once()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person("Alice@ACME.com"), Person("alice@acme.com"));
        Assert.Equal("[\"alice@acme.com\"]", project.Json().GetProperty("groups").GetProperty("group:sre").GetRawText());
    }

    [Fact]
    public void Trap24_tests_deny_what_a_closed_group_cannot_reach()
    {
        var project = new TailscaleTestProject();
        var a = project.Cluster("a");
        project.Cluster("b");
        project.Allow(Sre, a, Person("alice@acme.com"));
        Assert.Equal("[\"tag:k8s-b:443\"]", project.Json().GetProperty("tests")[0].GetProperty("deny").GetRawText());
    }

    [Fact]
    public void Trap26_destinations_are_tags_and_nothing_else()
    {
        var project = new TailscaleTestProject();
        project.Cluster("prod", ("tag", "svc:k8s-prod"));
        Assert.Equal("tailscale-invalid-tag", project.Error().Code);
    }

    [Fact]
    public void Narrowing_trap_every_tag_is_defined()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod", ("tag", "tag:k8s-prod"), ("recorder", "tag:rec"), ("tag_owners", new[] { "tag:operator-prod" }));
        project.Allow(TestModels.Machine("deployer"), prod, Machine("tag:ci"));
        Assert.Equal(["tag:ci", "tag:k8s-prod", "tag:operator-prod", "tag:rec"], project.Json().GetProperty("tagOwners").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("a\"b@acme.com")]
    [InlineData("a\\b@acme.com")]
    [InlineData("\u202ealice@acme.com")]
    [InlineData("\u0430lice@acme.com")]
    [InlineData("*@acme.com")]
    [InlineData("user:*@acme.com")]
    [InlineData("alice@acme..com")]
    [InlineData("alice@\u212Aacme.com")]
    [InlineData("alice")]
    [InlineData("a@b@c.com")]
    [InlineData("alice@acme.com\n")]
    [InlineData("group:eng@acme.com")]
    public void Hostile_logins_are_refused(string login)
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person(login, TestModels.User("alice")));
        Assert.Equal("tailscale-invalid-login", project.Error().Code);
    }

    [Fact]
    public void Unusual_but_sound_logins_are_taken()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Person("o'brien+k8s@sub.acme.co.jp"), Person("carol-c@github"), Person("dave@passkey"));
        Assert.Equal(3, project.Json().GetProperty("groups").GetProperty("group:sre").GetArrayLength());
    }

    [Theory]
    [InlineData("s\"re")]
    [InlineData("sre@acme.com")]
    [InlineData("s re")]
    [InlineData("\u0441re")]
    public void Hostile_subject_names_are_refused(string name)
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(TestModels.Group(name), prod, Condition.Always, ["team"], Person("alice@acme.com"));
        Assert.Equal("tailscale-invalid-group-name", project.Error().Code);
    }
}
