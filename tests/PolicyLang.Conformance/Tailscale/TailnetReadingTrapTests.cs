using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;
using Xunit;
using static PolicyLang.Conformance.Tailscale.TailnetReadingTests;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>The places where a simpler reader would see less access than there is, by the number they have in the project's notes on Tailscale.</summary>
public sealed class TailnetReadingTrapTests
{
    private const string View = """ "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["view"]}}]} """;

    [Fact]
    public void Trap01_without_grants_and_acls_everything_is_open()
    {
        Assert.Equal(Formula.Always, Read("\"groups\": {}").GateTo(Proxy).Opens);
        Assert.Equal(Formula.Always, TailnetReading.Read(TailscaleCases.Artefact("{}")).GateTo(Proxy).Opens);
        Assert.NotEmpty(TailnetReading.Read(TailscaleCases.Artefact("{}")).OtherEffects);
    }

    [Fact]
    public void Trap01_empty_grants_open_nothing()
    {
        Assert.Equal(Formula.Never, Read("\"grants\": []").GateTo(Proxy).Opens);
        Assert.Equal(Formula.Never, Read("\"Grants\": []").GateTo(Proxy).Opens);
        Assert.Equal(Formula.Never, Read("\"acls\": []").GateTo(Proxy).Opens);
        Assert.Equal(Formula.Never, Read($$"""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], {{View}}}]
            """).GateTo(Proxy).Opens);
    }

    [Fact]
    public void Trap02_a_grant_is_the_cross_product_of_its_sides()
    {
        var reading = Read($$"""
            "grants": [{"src": ["alice@x.com", "bob@x.com"], "dst": ["tag:k8s", "tag:other"], "ip": ["tcp:22", "tcp:443"], {{View}}}]
            """);
        foreach (var login in new[] { "alice@x.com", "bob@x.com" })
        {
            foreach (var endpoint in new[] { Proxy, Proxy with { Port = 22 }, new TailnetEndpoint(["tag:other"], [], 443) })
            {
                Assert.Equal(Truth.True, reading.GateTo(endpoint).Opens.Evaluate(Person(login)));
                Assert.Equal(["view"], Groups(reading, endpoint, Person(login)));
            }
        }
    }

    [Fact]
    public void Trap03_who_is_in_two_groups_has_what_both_have()
        => Assert.Equal(["admin", "view"], Groups(
            Read($$"""
                "groups": {"group:a": ["alice@x.com"]},
                "grants": [{"src": ["group:a"], "dst": ["tag:k8s"], {{View}}}, {"src": ["autogroup:member"], "dst": ["*"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["admin"]} }] } }]
                """),
            Proxy,
            Person("alice@x.com")));

    [Fact]
    public void Trap04_two_tags_as_destinations_are_one_or_the_other()
    {
        var reading = Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s", "tag:other"], "ip": ["tcp:443"]}]
            """);
        Assert.Equal(Truth.True, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.True, reading.GateTo(new TailnetEndpoint(["tag:other"], [], 443)).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.False, reading.GateTo(new TailnetEndpoint(["tag:third"], [], 443)).Opens.Evaluate(Person("alice@x.com")));
    }

    [Fact]
    public void Trap05_a_group_is_asserted_at_every_device_with_the_tag()
    {
        var reading = Read($$"""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], {{View}}}]
            """);
        Assert.Equal(["view"], Groups(reading, new TailnetEndpoint(["tag:prod", "tag:k8s"], [], 443), Person("alice@x.com")));
    }

    [Fact]
    public void Trap06_a_tagged_device_without_groups_has_its_tags_as_groups()
    {
        var reading = Read("""
            "grants": [
                {"src": ["tag:ci", "tag:bot"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "app": {"tailscale.com/cap/kubernetes": [{"recorder": ["tag:rec"]}]}},
                {"src": ["tag:bot"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["view"]}}]}}
            ]
            """, "tag:ci", "tag:bot", "tag:rec");
        Assert.Equal(["tag:ci"], Groups(reading, Proxy, Machine("tag:ci")));
        Assert.Equal(["tag:ci", "tag:other"], Groups(reading, Proxy, Machine("tag:ci", "tag:other")));
        Assert.Equal(["view"], Groups(reading, Proxy, Machine("tag:ci", "tag:bot")));
        Assert.Empty(Groups(reading, Proxy, Person("alice@x.com")));
    }

    [Fact]
    public void Trap06_a_posture_that_fails_brings_the_tags_back()
    {
        var reading = Read($$"""
            "postures": {"posture:ok": ["node:os == 'linux'"]},
            "grants": [{"src": ["tag:ci"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}, {"src": ["tag:ci"], "dst": ["tag:k8s"], "srcPosture": ["posture:ok"], {{View}}}]
            """, "tag:ci");
        Assert.Equal(["view"], Groups(reading, Proxy, With(Machine("tag:ci"), "node:os == 'linux'")));
        Assert.Equal(["tag:ci"], Groups(reading, Proxy, With(Machine("tag:ci"))));
    }

    [Fact]
    public void Trap07_whoever_reaches_the_proxy_speaks_under_the_own_name()
    {
        var reading = Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """);
        Assert.Contains(reading.IdentitiesAt(Proxy), i => i.User == new ReadUser(null) && i.Who.Evaluate(Person("alice@x.com")) == Truth.True);
    }

    [Fact]
    public void Trap08_owners_of_tags_are_told_and_none_means_administrators()
    {
        var reading = TailnetReading.Read(TailscaleCases.Artefact("""{"grants": [], "tagOwners": {"tag:ci": ["autogroup:member", "tag:op"], "tag:op": []}}"""));
        Assert.Equal(["`autogroup:member` may give devices `tag:ci`, and what it opens", "`tag:op` may give devices `tag:ci`, and what it opens"], reading.OtherEffects.Select(e => e.What));
        Assert.Single(reading.EffectsBeyond([Proxy], (tag, owner) => tag == "tag:ci" && owner == "tag:op"));
    }

    [Fact]
    public void Trap09_a_star_lets_everybody_in_and_members_are_all_people()
    {
        Assert.Equal(Formula.Always, Read("""
            "acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]
            """).GateTo(Proxy).Opens);
        Assert.Equal(Formula.Always, Read("""
            "grants": [{"src": ["autogroup:danger-all"], "dst": ["autogroup:tagged"], "ip": ["*"]}]
            """).GateTo(Proxy).Opens);
        var members = Read("""
            "grants": [{"src": ["autogroup:members"], "dst": ["tag:k8s"], "ip": ["443"]}, {"src": ["autogroup:shared"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy).Opens;
        Assert.Equal(Truth.True, members.Evaluate(Person("guest@elsewhere.com")));
        Assert.Equal(Truth.False, members.Evaluate(Machine("tag:ci")));
    }

    [Fact]
    public void Trap10_one_posture_of_the_list_is_enough_and_all_of_its_assertions()
    {
        var gate = Read("""
            "postures": {"posture:a": ["node:os == 'linux'", "custom:ok == true"], "posture:b": ["node:os == 'macos'"]},
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "srcPosture": ["posture:a", "posture:b"]}]
            """).GateTo(Proxy).Opens;
        Assert.Equal(Truth.True, gate.Evaluate(With(Person("alice@x.com"), "node:os == 'macos'")));
        Assert.Equal(Truth.True, gate.Evaluate(With(Person("alice@x.com"), "node:os == 'linux'", "custom:ok == true")));
        Assert.Equal(Truth.False, gate.Evaluate(With(Person("alice@x.com"), "node:os == 'linux'")));
    }

    [Fact]
    public void Trap10_a_posture_of_a_rule_replaces_the_default_one()
    {
        var gate = Read("""
            "postures": {"posture:a": ["node:os == 'linux'"], "posture:b": ["node:os == 'macos'"]}, "defaultSrcPosture": ["posture:a"],
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "srcPosture": ["posture:b"]}, {"src": ["bob@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy).Opens;
        Assert.Equal(Truth.True, gate.Evaluate(With(Person("alice@x.com"), "node:os == 'macos'")));
        Assert.Equal(Truth.False, gate.Evaluate(With(Person("alice@x.com"), "node:os == 'linux'")));
        Assert.Equal(Truth.False, gate.Evaluate(With(Person("bob@x.com"), "node:os == 'macos'")));
        Assert.Equal(Truth.True, gate.Evaluate(With(Person("bob@x.com"), "node:os == 'linux'")));
    }

    [Fact]
    public void Trap10_sources_that_have_no_posture_pass()
    {
        var gate = Read("""
            "postures": {"posture:a": ["node:os == 'linux'"]},
            "grants": [{"src": ["*"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "srcPosture": ["posture:a"]}]
            """).GateTo(Proxy).Opens;
        Assert.Equal(Truth.False, gate.Evaluate(With(Person("alice@x.com"))));
        Assert.Equal(Truth.True, gate.Evaluate(atom => (atom.Kind == AtomKind.Connection).ToTruth()));
    }

    [Fact]
    public void Trap10_a_posture_that_is_not_defined_is_undecided()
    {
        var reading = Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "srcPosture": ["posture:a"]}]
            """);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Single(reading.Problems);
    }

    [Theory]
    [InlineData("443")]
    [InlineData("*")]
    [InlineData("400-500")]
    [InlineData("tcp:*")]
    [InlineData("6:443")]
    public void Trap11_a_port_without_protocol_and_a_star_open_the_port_too(string ip)
    {
        var reading = Read($$"""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["{{ip}}"], {{View}}}]
            """);
        Assert.Equal(Truth.True, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(ip == "6:443" ? 0 : 1, reading.EffectsBeyond([Proxy]).Length);
    }

    [Theory]
    [InlineData("udp:443")]
    [InlineData("tcp:80")]
    [InlineData("icmp:*")]
    [InlineData("17:*")]
    public void Trap11_other_protocols_and_ports_open_nothing(string ip)
        => Assert.Equal(Formula.Never, Read($$"""
            "grants": [{"src": ["*"], "dst": ["tag:k8s"], "ip": ["{{ip}}"]}]
            """).GateTo(Proxy).Opens);

    [Fact]
    public void Trap12_packets_and_capabilities_of_different_rules_work_together()
    {
        var reading = Read($$"""
            "acls": [{"action": "accept", "src": ["autogroup:member"], "dst": ["*:*"]}],
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], {{View}}}]
            """);
        Assert.Equal(Truth.True, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(["view"], Groups(reading, Proxy, Person("alice@x.com")));
    }

    [Fact]
    public void Trap13_enforced_recording_without_a_recorder_serves_nobody()
    {
        var reading = Read("""
            "grants": [
                {"src": ["alice@x.com", "bob@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["view"]}, "recorders": ["tag:rec"], "enforceRecorder": true}]}},
                {"src": ["bob@x.com"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{"recorder": ["tag:rec"]}]}}
            ]
            """, "tag:rec");
        Assert.Empty(Groups(reading, Proxy, Person("alice@x.com")));
        Assert.Equal(["view"], Groups(reading, Proxy, Person("bob@x.com")));
        Assert.Equal("the API server proxy does not read key `recorders`", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Trap14_a_value_that_cannot_be_decoded_breaks_every_role_of_its_holders()
    {
        var reading = Read($$"""
            "grants": [
                {"src": ["alice@x.com", "bob@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], {{View}}},
                {"src": ["alice@x.com"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": "admin"} }] } }
            ]
            """);
        Assert.DoesNotContain(reading.IdentitiesAt(Proxy), i => i.Who.Evaluate(Person("alice@x.com")) == Truth.True);
        Assert.Equal(["view"], Groups(reading, Proxy, Person("bob@x.com")));
        Assert.Single(reading.Problems);
    }

    [Fact]
    public void Trap14_keys_are_read_in_any_case_and_misspelt_ones_are_told()
    {
        var reading = Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{"Impersonate": {"GROUPS": ["view"]}}, {"impersonate": {"group": ["admin"]}}]}}]
            """);
        Assert.Equal(["view"], Groups(reading, Proxy, Person("alice@x.com")));
        Assert.Equal("the API server proxy does not read key `impersonate.group`", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Trap15_groups_of_the_system_are_groups_like_others()
        => Assert.Equal(["system:masters"], Groups(
            Read("""
                "grants": [{"src": ["*"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["system:masters"]}}]}}]
                """),
            Proxy,
            Person("anyone@x.com")));

    [Fact]
    public void Trap16_approvals_are_told()
        => Assert.Equal(["service svc:api of `tag:k8s` are approved without asking"], Read("""
            "grants": [], "autoApprovers": {"services": {"svc:api": ["tag:k8s"]}}
            """).OtherEffects.Select(e => e.What));

    [Theory]
    [InlineData("\"grants\": [], \"grants\": []")]
    [InlineData("\"grants\": [], \"Grants\": []")]
    [InlineData("\"acls\": [], \"ACLs\": []")]
    [InlineData("\"grants\": [{\"src\": [], \"SRC\": [\"*\"], \"dst\": [\"tag:k8s\"], \"ip\": [\"tcp:443\"]}]")]
    [InlineData("\"groups\": {\"group:a\": [], \"group:a\": [\"alice@x.com\"]}, \"grants\": [{\"src\": [\"group:a\"], \"dst\": [\"tag:k8s\"], \"ip\": [\"tcp:443\"]}]")]
    public void Trap18_keys_that_stand_twice_are_refused_and_decide_nothing(string sections)
    {
        var reading = Read(sections);
        Assert.Contains("stands twice", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
    }

    [Fact]
    public void Trap18_older_spellings_are_read()
    {
        var reading = TailnetReading.Read(TailscaleCases.Artefact("""{"TagOwners": {"tag:k8s": []}, "ACLs": [{"Action": "accept", "Users": ["alice@x.com"], "Ports": ["tag:k8s:443"]}], "Tests": [{"user": "alice@x.com", "allow": ["tag:k8s:443"]}]}"""));
        Assert.Empty(reading.Problems);
        Assert.Equal(Truth.True, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
    }

    [Fact]
    public void Trap19_a_route_by_way_of_a_router_is_undecided_and_does_not_matter_to_capabilities()
    {
        var reading = Read($$"""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "via": ["tag:other"], {{View}}}]
            """);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.False, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
        Assert.Equal(["view"], Groups(reading, Proxy, Person("alice@x.com")));
    }

    [Fact]
    public void Trap19_sets_of_addresses_are_undecided_as_destinations()
        => Assert.Equal(Truth.Unknown, Read("""
            "ipsets": {"ipset:all": ["remove 100.64.0.1", "add 100.64.0.0/10"]}, "grants": [{"src": ["*"], "dst": ["ipset:all"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy with { Addresses = ["100.64.0.1"] }).Opens.Evaluate(Person("alice@x.com")));

    [Fact]
    public void Trap20_groups_that_are_synced_are_unknown_and_not_empty()
    {
        var reading = Read("""
            "grants": [{"src": ["group:sre@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """);
        Assert.Empty(reading.Problems);
        Assert.Equal(Formula.Of(new Atom(AtomKind.Group, "group", "group:sre@x.com")), reading.GateTo(Proxy).Opens);
    }

    [Fact]
    public void Trap20_groups_that_nobody_defines_are_refused_and_not_empty()
    {
        var reading = Read("""
            "grants": [{"src": ["group:sre"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """);
        Assert.Single(reading.Problems);
        Assert.Equal(Formula.Of(new Atom(AtomKind.Group, "group", "group:sre")), reading.GateTo(Proxy).Opens);
    }

    [Fact]
    public void Trap21_a_host_is_an_address_whoever_has_it()
        => Assert.Equal(Formula.Of(new Atom(AtomKind.Connection, "address", "100.64.0.9")), Read("""
            "hosts": {"laptop": "100.64.0.9"}, "grants": [{"src": ["laptop"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy).Opens);

    [Fact]
    public void Trap22_users_of_a_domain_are_some_of_the_people()
    {
        var gate = Read("""
            "grants": [{"src": ["user:*@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy).Opens;
        Assert.Equal(Truth.Unknown, gate.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.False, gate.Evaluate(Machine("tag:ci")));
    }

    [Fact]
    public void Trap22_logins_in_capitals_may_be_those_in_small_letters()
        => Assert.Equal(Truth.Unknown, Read("""
            "grants": [{"src": ["Alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """).GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));

    [Fact]
    public void Trap23_logging_in_by_SSH_is_told()
        => Assert.Equal(["`autogroup:member` may log in by SSH to `tag:k8s` as `autogroup:nonroot`"], Read("""
            "grants": [], "ssh": [{"action": "check", "src": ["autogroup:member"], "dst": ["tag:k8s"], "users": ["autogroup:nonroot"]}]
            """).OtherEffects.Select(e => e.What));

    [Fact]
    public void Trap24_a_test_of_the_file_opens_and_closes_nothing()
        => Assert.Equal(Truth.True, Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}], "tests": [{"src": "alice@x.com", "deny": ["tag:k8s:443"]}]
            """).GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));

    [Fact]
    public void Trap25_whoever_comes_through_a_router_comes_as_the_router()
    {
        var reading = Read("""
            "grants": [{"src": ["tag:router"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """, "tag:router");
        Assert.Equal(["tag:router"], Groups(reading, Proxy, Machine("tag:router")));
    }

    [Fact]
    public void Trap26_services_and_subnets_convey_no_capability()
    {
        var reading = Read($$"""
            "grants": [{"src": ["alice@x.com"], "dst": ["svc:api", "10.0.0.0/8"], "ip": ["tcp:443"], {{View}}}]
            """);
        Assert.All(reading.IdentitiesAt(Proxy), i => Assert.Empty(i.Groups));

        // A service may stand on the device, so that its packets may arrive there.
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
    }
}
