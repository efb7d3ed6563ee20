using CsCheck;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>In every world the rules let through whom the model lets through, and nobody else.</summary>
public sealed class GatewayExactnessTests
{
    private static readonly string[] Checks = [GatewayFixture.Check, GatewayFixture.OtherCheck];
    private static readonly string[] Vnets = [GatewayFixture.Vnet, "a70ff985-a4ef-4643-bbbc-4a0ed4fc8415"];

    private sealed record Link(int Subject, int Condition);

    private sealed record ClusterSpec(bool HasV4, bool HasV6, int Port, bool HasVnet, Link[] Links);

    private static readonly Gen<ClusterSpec> GenCluster =
        from hasV4 in Gen.Bool
        from hasV6 in Gen.Bool
        from isHttps in Gen.Bool
        from hasVnet in Gen.Bool
        from links in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], (s, c) => new Link(s, c)).Array[0, 4]
        select new ClusterSpec(hasV4 || !hasV6, hasV6, isHttps ? 443 : 6443, hasVnet, [.. links.Distinct()]);

    // Two groups, one person, and a group that lost all its members.
    private static readonly Subject[] Subjects =
    [
        TestModels.Group("sre", ("okta", "SRE")),
        TestModels.Group("weird", ("okta", "a\"} or \\")),
        TestModels.User("alice", ("email", "alice@acme.com")),
        TestModels.Group("gone"),
    ];

    private static readonly Condition[] Conditions =
    [
        Condition.Always,
        GatewayFixture.When(("managed", [Checks[0]])),
        GatewayFixture.When(("both", Checks)),
        GatewayFixture.When(("managed", [Checks[0]]), ("patched", [Checks[1]])),
    ];

    [Fact]
    public void Rules_let_through_exactly_whom_the_model_lets_through()
        => GenCluster.Array[1, 4].Sample(specs => Verify(specs), iter: 60);

    private static bool Verify(ClusterSpec[] specs)
    {
        var fixture = new GatewayFixture();
        for (var i = 0; i < specs.Length; i++)
        {
            var spec = specs[i];
            fixture.Cluster(
                $"c{i}",
                [.. Addresses(i, spec)],
                cluster => spec.Links.Select(l => TestModels.Gate(cluster, fixture.Path, Subjects[l.Subject], Conditions[l.Condition], Principals(l.Subject))),
                [("port", spec.Port), .. spec.HasVnet ? new (string, object)[] { ("vnet", Vnets[0]) } : []]);
        }

        var rules = fixture.Rules();
        return Worlds(specs).All(world => GatewaySimulation.LetsThrough(rules, world.Connection) == IsAllowed(specs[world.Cluster], world.Connection));
    }

    private static IEnumerable<string> Addresses(int index, ClusterSpec spec)
    {
        if (spec.HasV4)
        {
            yield return $"198.51.100.{index + 1}";
        }

        if (spec.HasV6)
        {
            yield return $"2001:db8::{index + 1}";
        }
    }

    private static NativePrincipal[] Principals(int subject) => subject switch
    {
        0 => [GatewayFixture.Group(Subjects[0], "SRE")],
        1 => [GatewayFixture.Group(Subjects[1], "a\"} or \\"), GatewayFixture.Person(Subjects[1], "bob@acme.com")],
        2 => [GatewayFixture.Person(Subjects[2], "alice@acme.com")],
        _ => [],
    };

    private static IEnumerable<(int Cluster, Connection Connection)> Worlds(ClusterSpec[] specs)
    {
        (string? Email, string[] Groups)[] people =
        [
            (null, []),
            ("mallory@acme.com.evil.org", ["sre", "SRE-readonly"]),
            ("alice@acme.com", []),
            ("Alice@acme.com", []),
            ("bob@acme.com", ["staff"]),
            ("carol@acme.com", ["staff", "SRE"]),
            ("dave@acme.com", ["a\"} or \\"]),
        ];
        string[][] passed = [[], [Checks[0]], [Checks[1]], Checks];
        return from i in Enumerable.Range(0, specs.Length)
               from address in Addresses(i, specs[i])
               from person in people
               from checks in passed
               from port in new[] { 22, 443, 6443 }
               from protocol in new[] { "tcp", "udp" }
               from vnet in new[] { null, Vnets[0], Vnets[1] }
               select (i, new Connection(address, port, protocol, vnet, person.Email, person.Groups, checks));
    }

    private static bool IsAllowed(ClusterSpec spec, Connection connection)
        => connection.Port == spec.Port
            && connection.Protocol == "tcp"
            && (!spec.HasVnet || connection.Vnet == Vnets[0])
            && spec.Links.Any(link => IsWho(link.Subject, connection) && Conditions[link.Condition].Postures.SelectMany(p => p.Assertions["cloudflare"]).All(c => connection.PassedChecks.Contains(c.Text)));

    private static bool IsWho(int subject, Connection connection) => subject switch
    {
        0 => connection.Groups.Contains("SRE"),
        1 => connection.Groups.Contains("a\"} or \\") || connection.Email == "bob@acme.com",
        2 => connection.Email == "alice@acme.com",
        _ => false,
    };
}
