using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

/// <summary>
/// The promise of the whole: random policies go through every real target, and in every world the written files give exactly the rights that
/// the rules give, or there is an error.
/// </summary>
public sealed class WholePipelineProperty
{
    private const string Check = "11111111-2222-3333-4444-555555555555";
    private const string OtherCheck = "11111111-2222-3333-4444-555555555556";

    private const string Project = """
        language: 1
        identity_providers:
          okta: { kind: okta }
        paths:
          tailscale: { kind: tailscale }
          teleport: { kind: teleport, people: github, version: "18", edition: enterprise }
          cloudflare: { kind: cloudflare, people: okta }
        """;

    private const string Company = $$"""
        default via tailscale
        cluster * {
          tailscale { tag = "tag:k8s-{name}" }  teleport { label = "c={name}" }  cloudflare { addresses = "{address}"  port = 443 }
          authentication { oidc { people = okta  groups_prefix = "oidc:"  users_prefix = "oidc:" } }
        }
        clusters from "clusters.yaml"
        group sre   { members = [al@x.com, bo@x.com]  okta = "SRE"  github = "acme/sre" }
        group team  { members = [al@x.com, cy@x.com] }
        group pay   { okta = "Pay"  github = "acme/pay"  tailscale = "group:pay@x.com" }
        group con   { okta = "Con"  github = "acme/con"  tailscale = "group:con@x.com" }
        group outer { members = [sre, pay] }
        group wide  { members = [outer, con, dee@x.com]  github = "acme/wide" }
        group gone  { members = []  github = "acme/gone" }
        machine bot { tailscale = "tag:ci"  teleport = "bot-ci" }
        posture managed { tailscale = ["node:os == 'linux'", "node:tsReleaseTrack == 'stable'"]  teleport = "device-trust"  cloudflare = "{{Check}}" }
        posture strict  { tailscale = "node:tsAutoUpdate == true"  cloudflare = "{{OtherCheck}}" }
        role view   = clusterrole "view"
        role admin  = clusterrole "cluster-admin"
        role oncall { include view  can exec pods }
        assume disjoint con, pay because "HR-7"

        """;

    private const string Inventory = """
        clusters:
          - { name: prod, address: "198.51.100.1" }
          - { name: stg, address: "198.51.100.2" }
        """;

    private static readonly (string Cluster, string Address)[] Clusters = [("prod", "198.51.100.1"), ("stg", "198.51.100.2")];

    // Tailscale's assertions, and what Teleport and Cloudflare check, by posture.
    private static readonly string[] Checks = ["node:os == 'linux'", "node:tsReleaseTrack == 'stable'", "node:tsAutoUpdate == true"];

    internal static readonly Gen<string> Rule =
        from subject in Pick("sre", "team", "pay", "con", "outer", "wide", "gone", "bot", "al@x.com", "cy@x.com", "sre, pay", "team, con")
        from role in Pick("view", "admin", "oncall", "view, oncall")
        from cluster in Pick("prod", "stg", "all clusters")
        from scope in Pick("cluster-wide", "in web", "in web, db")
        from way in Pick("", " via teleport", " via cloudflare", " via cloudflare", " via tailscale, teleport", " when managed", " when managed and strict", " when strict via tailscale", " when managed via teleport", " when managed via cloudflare", " when strict via cloudflare, tailscale", " until 2026-11-22", " until 2026-11-23")
        select $"allow {subject} as {role} on {cluster} {scope}{way}\n";

    private static readonly NativePerson[] People =
    [
        new("mallory@x.com", [], [], []),
        new("al@x.com", [], ["acme/sre", "acme/wide"], ["SRE"]),
        new("al@x.com", ["group:pay@x.com"], ["acme/sre", "acme/pay", "acme/wide"], ["SRE", "Pay"]),
        new("bo@x.com", ["group:con@x.com"], ["acme/sre", "acme/con", "acme/wide"], ["SRE", "Con"]),
        new("cy@x.com", [], [], []),
        new("cy@x.com", ["group:pay@x.com"], ["acme/pay", "acme/wide"], ["Pay"]),
        new("dee@x.com", [], ["acme/wide"], []),
        new("new@x.com", ["group:pay@x.com"], ["acme/pay", "acme/wide"], ["Pay"]),
        new("new@x.com", ["group:con@x.com"], ["acme/con", "acme/wide"], ["Con"]),
        new("tag:ci", [], [], [], "ci"),
    ];

    [Fact]
    public void The_written_files_give_exactly_what_the_rules_give_in_every_world()
    {
        var compiled = 0;
        Rule.Array[1, 5].Sample(
            rules =>
            {
                var (_, compilation) = Compile(rules);

                // The compiler's own proof must agree with the simulators of the tests: it never refuses what they find exact.
                Assert.DoesNotContain(compilation.Diagnostics, d => d.Code.StartsWith("proof-", StringComparison.Ordinal));
                if (compilation.HasErrors)
                {
                    return;
                }

                Interlocked.Increment(ref compiled);
                Verify(compilation);
            },
            iter: 1500);
        Assert.True(compiled > 200, $"only {compiled} of the generated policies compile: the property says little");
    }

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>The project of some rules beside the company.</summary>
    internal static InMemoryProjectFiles FilesOf(IEnumerable<string> rules)
        => new(("policyc.yaml", Project), ("clusters.yaml", Inventory), ("a.policy", Company + string.Concat(rules.Distinct())));

    /// <summary>Compiles some rules beside the company.</summary>
    internal static (ProjectSettings Settings, Compilation Compilation) Compile(IEnumerable<string> rules)
    {
        var files = FilesOf(rules);
        var diagnostics = new DiagnosticBag();
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.ToSortedArray().Select(d => d.Message)));
        return (project.Settings, PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, files, TargetRegistry.All, TestPolicy.Today)));
    }

    /// <summary>What the written files give to everybody in every world, as the simulators have it, a line each.</summary>
    internal static string View(Compilation compilation, AccessModel access)
    {
        var systems = new ComposedSystems(compilation);
        var view = new System.Text.StringBuilder();
        foreach (var person in People)
        {
            foreach (var path in access.Paths)
            {
                foreach (var passing in Passing(path.Name))
                {
                    foreach (var (cluster, address) in Clusters)
                    {
                        view.AppendJoin(' ', systems.Roles(person, path.Name, cluster, address, passing)).Append('\n');
                    }
                }
            }
        }

        return view.ToString();
    }

    private static void Verify(Compilation compilation)
    {
        var access = Assert.IsType<AccessModel>(compilation.Access);
        var systems = new ComposedSystems(compilation);
        var subjects = access.Subjects.SelectMany(WithMembers).Distinct().ToArray();
        var postures = access.Clusters.SelectMany(c => c.Grants).SelectMany(g => g.Condition.Postures).Distinct().ToArray();
        foreach (var person in People)
        {
            var memberships = subjects.Where(s => WithMembers(s).Any(m => IsSelf(m, person))).ToImmutableHashSet();
            foreach (var path in access.Paths)
            {
                foreach (var passing in Passing(path.Name))
                {
                    var holding = postures.Where(p => p.Assertions.TryGetValue(path.Name, out var texts) && texts.All(t => passing.Contains(t.Text))).ToImmutableHashSet();
                    foreach (var (cluster, address) in Clusters)
                    {
                        var given = access.Clusters.Single(c => c.Cluster.Name == cluster).RightsIn(new World(memberships, path, holding)).Keys.ToHashSet();
                        string[] expected = [.. given
                            .Where(r => r.Namespace is null || !given.Contains(r with { Namespace = null }))
                            .Select(r => $"{r.Component.ClusterRoleName} {r.Namespace ?? "*"}")
                            .Order(StringComparer.Ordinal)];
                        var actual = systems.Roles(person, path.Name, cluster, address, passing);
                        Assert.True(expected.SequenceEqual(actual), $"{person.Login} [{string.Join(' ', person.OktaGroups)}] by {path.Name} on {cluster} while {string.Join(", ", passing)}: policy [{string.Join(", ", expected)}], files [{string.Join(", ", actual)}]");
                    }
                }
            }
        }
    }

    // Whom a leaf of the policy stands for, said by name and not by what the policy says of its identities.
    private static bool IsSelf(Subject subject, NativePerson person) => subject.Name switch
    {
        "sre" => person.OktaGroups.Contains("SRE"),
        "pay" => person.OktaGroups.Contains("Pay"),
        "con" => person.OktaGroups.Contains("Con"),
        "bot" => person.Bot is not null,
        var name => name == person.Login,
    };

    private static IEnumerable<IReadOnlySet<string>> Passing(string path)
    {
        string[] checks = path switch
        {
            "tailscale" => Checks,
            "teleport" => ["device-trust"],
            _ => [Check, OtherCheck],
        };
        return Enumerable.Range(0, 1 << checks.Length).Select(bits => checks.Where((_, i) => (bits & (1 << i)) != 0).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<Subject> WithMembers(Subject subject) => (subject.Members ?? []).SelectMany(WithMembers).Append(subject);
}
