using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;
using PolicyLang.Tests.Oracle;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>What the links of a policy file say.</summary>
public sealed class TailnetReadingTests
{
    internal static readonly TailnetEndpoint Proxy = new(["tag:k8s"], [], 443);

    public static TheoryData<string> OwnOutputs => [.. Outputs()];

    [Theory]
    [MemberData(nameof(OwnOutputs))]
    public void Nothing_in_the_examples_outputs_is_refused_or_unknown(string path)
    {
        var reading = TailnetReading.Read(new Artefact(path, File.ReadAllBytes(Path.Combine(OracleData.RepositoryRoot, path))));
        Assert.Empty(reading.Problems);
    }

    // A file that people write by hand does what they like.
    public static TheoryData<string> OutputsAlone => [.. Outputs().Where(path => !path.Contains("tailnet-base", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(OutputsAlone))]
    public void The_examples_outputs_do_nothing_but_open_their_own_tags(string path)
    {
        var text = File.ReadAllText(Path.Combine(OracleData.RepositoryRoot, path));
        var reading = TailnetReading.Read(TailscaleCases.Artefact(text));
        var endpoints = text.Split('"').Where(t => t.StartsWith("tag:k8s", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(t => new TailnetEndpoint([t], [], 443));
        Assert.Empty(reading.EffectsBeyond(endpoints, (tag, owner) => tag.StartsWith("tag:k8s", StringComparison.Ordinal) && owner.StartsWith("tag:k8s-operator", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_sample_company_gives_each_team_its_group_and_nobody_else()
    {
        var reading = TailnetReading.Read(new Artefact("policy.hujson", File.ReadAllBytes(Path.Combine(OracleData.RepositoryRoot, "examples/acme/out/tailscale/policy.hujson"))));
        var staging = new TailnetEndpoint(["tag:k8s-stg-tokyo"], [], 443);
        var gate = reading.GateTo(staging).Opens;
        Assert.Equal(Truth.True, gate.Evaluate(Person("alice@acme.example")));
        Assert.Equal(Truth.False, gate.Evaluate(Person("mallory@acme.example")));
        Assert.Equal(Truth.True, gate.Evaluate(Synced("group:web@acme.example")));
        Assert.Equal(["policyc:stg-tokyo:web"], Groups(reading, staging, Synced("group:web@acme.example")));
        Assert.Equal(["policyc:stg-tokyo:deployer"], Groups(reading, staging, Machine("tag:ci")));
        Assert.Equal(Truth.False, reading.GateTo(staging with { Port = 22 }).Opens.Evaluate(Person("alice@acme.example")));
    }

    [Fact]
    public void Identities_of_overlapping_grants_add_up()
    {
        var reading = Read("""
            "groups": {"group:a": ["alice@x.com"], "group:b": ["alice@x.com", "bob@x.com"]},
            "grants": [
                {"src": ["group:a"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["admin", "admin"]}}]}},
                {"src": ["group:b"], "dst": ["tag:k8s"], "ip": ["tcp:443"], "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["view"]}}, {"impersonate": {"groups": ["edit"]}}]}}
            ]
            """);
        Assert.Equal(["admin", "edit", "view"], Groups(reading, Proxy, Person("alice@x.com")));
        Assert.Equal(["edit", "view"], Groups(reading, Proxy, Person("bob@x.com")));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void An_unknown_key_of_a_grant_leaves_open_what_the_grant_does()
    {
        var reading = Read("""
            "grants": [{"src": ["alice@x.com"], "dst": ["tag:other"], "ip": ["tcp:443"], "unless": ["x"]}]
            """);
        var problem = Assert.Single(reading.Problems, p => p.Message.Contains("unless", StringComparison.Ordinal));
        Assert.Equal(ReadingProblemKind.NotModelled, problem.Kind);
        Assert.Equal("policy.hujson:3:78", problem.Place.ToString());
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
    }

    [Fact]
    public void An_unknown_section_leaves_everything_open()
    {
        var reading = Read("""
            "grants": [], "openDoors": ["bob@x.com"]
            """);
        Assert.Single(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
    }

    [Fact]
    public void Both_gates_and_identities_follow_the_addresses_that_are_known()
    {
        var reading = Read("""
            "hosts": {"box": "100.64.0.7"},
            "acls": [{"action": "accept", "src": ["alice@x.com"], "dst": ["box:443"]}, {"action": "accept", "users": ["bob@x.com"], "ports": ["10.0.0.0/8:443"]}]
            """);
        Assert.Empty(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.True, reading.GateTo(Proxy with { Addresses = ["100.64.0.7"] }).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.False, reading.GateTo(Proxy with { Addresses = ["100.64.0.8"] }).Opens.Evaluate(Person("alice@x.com")));
        Assert.Equal(Truth.False, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
    }

    [Fact]
    public void Roles_and_domains_are_groups_that_others_fill()
    {
        var reading = Read("""
            "grants": [{"src": ["autogroup:admin"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}, {"src": ["user:*@x.com"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """);
        var atoms = new HashSet<Atom>();
        reading.GateTo(Proxy).Opens.CollectAtoms(atoms);
        Assert.Contains(new Atom(AtomKind.Group, "autogroup", "autogroup:admin"), atoms);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("carol@x.com")));
        Assert.Equal(Truth.False, reading.GateTo(Proxy).Opens.Evaluate(Machine("tag:ci")));
    }

    [Fact]
    public void Addresses_as_sources_depend_on_the_connection()
    {
        var reading = Read("""
            "ipsets": {"ipset:office": ["add 192.0.2.0/24"]},
            "grants": [{"src": ["192.0.2.1", "ipset:office"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}]
            """);
        var atoms = new HashSet<Atom>();
        reading.GateTo(Proxy).Opens.CollectAtoms(atoms);
        Assert.Equal(2, atoms.Count);
        Assert.All(atoms, atom => Assert.Equal(AtomKind.Connection, atom.Kind));
    }

    [Fact]
    public void Everything_else_that_a_file_does_is_told()
    {
        var reading = Read("""
            "ssh": [{"action": "accept", "src": ["alice@x.com"], "dst": ["tag:db"], "users": ["root"]}],
            "nodeAttrs": [{"target": ["*"], "attr": ["funnel"]}],
            "autoApprovers": {"routes": {"10.0.0.0/8": ["tag:k8s"]}, "exitNode": ["tag:k8s"], "services": {"svc:api": ["tag:k8s"]}},
            "randomizeClientPort": true,
            "grants": [
                {"src": ["alice@x.com"], "dst": ["tag:k8s"], "ip": ["443"]},
                {"src": ["alice@x.com"], "dst": ["tag:db"], "ip": ["tcp:443"]},
                {"src": ["alice@x.com"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/drive": [{}]}},
                {"src": ["alice@x.com"], "dst": ["*"], "ip": ["tcp:443"]}
            ]
            """, "tag:db", "tag:ci");
        Assert.Equal(8, reading.OtherEffects.Length);
        var beyond = reading.EffectsBeyond([Proxy]);
        Assert.Equal(10, beyond.Length);
        Assert.Contains(beyond, e => e.What == "`alice@x.com` reach more of `tag:k8s` than the endpoint's port");
        Assert.Contains(beyond, e => e.What == "`alice@x.com` reach `tag:db`, which is no endpoint");
    }

    [Fact]
    public void Whatever_the_bytes_are_there_is_an_answer()
    {
        var sample = File.ReadAllBytes(Path.Combine(OracleData.RepositoryRoot, "examples/tailscale-operator/out/tailscale/policy.hujson"));
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, sample.Length]).Sample(
            (at, value, length) =>
            {
                var bytes = sample[..];
                bytes[at] = value;
                var reading = TailnetReading.Read(new Artefact("policy.hujson", bytes.AsMemory(0, length)));
                reading.GateTo(Proxy);
                reading.IdentitiesAt(Proxy);
                reading.EffectsBeyond([Proxy]);
            },
            iter: 3000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"grants\": [")]
    [InlineData("{} // no line break")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"grants\": {}}")]
    [InlineData("{\"acls\": null}")]
    public void A_file_that_cannot_be_read_leaves_everything_open(string text)
    {
        var reading = TailnetReading.Read(TailscaleCases.Artefact(text));
        Assert.NotEmpty(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.GateTo(Proxy).Opens.Evaluate(Person("bob@x.com")));
    }

    [Fact]
    public void Deep_nesting_is_a_problem_and_no_crash()
    {
        var reading = TailnetReading.Read(TailscaleCases.Artefact(string.Concat(Enumerable.Repeat("[", 1_000_000))));
        Assert.Equal("brackets are nested too deeply", Assert.Single(reading.Problems, p => p.Kind == ReadingProblemKind.Refused).Message);
    }

    [Fact]
    public void Columns_count_characters_also_far_from_the_start_of_a_line()
    {
        var comment = $"/*{string.Concat(Enumerable.Repeat("ü😀é", 5000))}*/";
        var reading = TailnetReading.Read(TailscaleCases.Artefact($"{comment}{{\"x\": 1}}"));
        Assert.Equal(comment.Length + 2, reading.Problems[0].Place.Column);
    }

    [Theory]
    [InlineData("{\"groups\": {", "\"group:a\": [\"a@x.com\"],", "}}")]
    [InlineData("{", "\"x\": 1,", "}")]
    [InlineData("{\"grants\": [{\"src\": [\"*\"], \"dst\": [\"tag:k8s\"], \"app\": {", "\"a.com/b\": [],", "}}]}")]
    [InlineData("{\"grants\": [{\"src\": [\"*\"], \"dst\": [\"tag:k8s\"], \"app\": {\"tailscale.com/cap/kubernetes\": [{", "\"x\": 1,", "}]}}]}")]
    [InlineData("{\"grants\": [{\"src\": [\"*\"], \"dst\": [\"tag:k8s\"], \"app\": {\"tailscale.com/cap/kubernetes\": [", "{\"impersonate\": {\"groups\": [\"a\"]}},", "]}}]}")]
    [InlineData("{\"grants\": [{\"src\": [\"*\"], \"ip\": [\"*\"], \"dst\": [", "\"autogroup:self\", \"tag:no\", \"1.2.3.4\",", "]}]}")]
    [InlineData("{\"acls\": [", "{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:443\"]},", "]}")]
    public void Work_on_much_of_the_same_on_one_line_grows_with_its_length(string before, string item, string after)
        => AllocatedWork.AssertGrowsWithTheInput(
            5_000,
            items =>
            {
                var artefact = TailscaleCases.Artefact(string.Concat(before, string.Concat(Enumerable.Repeat(item, items)), after));
                return () =>
                {
                    var reading = TailnetReading.Read(artefact);
                    reading.GateTo(Proxy);
                    reading.IdentitiesAt(Proxy);
                    reading.EffectsBeyond([Proxy]);
                };
            });

    internal static TailnetReading Read(string sections, params string[] tags)
        => TailnetReading.Read(TailscaleCases.Artefact($"{{\n\"tagOwners\": {{{string.Join(", ", tags.Append("tag:k8s").Append("tag:other").Distinct().Select(t => $"\"{t}\": []"))}}},\n{sections}\n}}"));

    internal static Func<Atom, Truth> Person(string login) => ProxyConformance.World(new ProxyCaller(login, []));

    internal static Func<Atom, Truth> Machine(params string[] tags) => ProxyConformance.World(new ProxyCaller("node.ts.net", [.. tags]));

    internal static Func<Atom, Truth> Synced(string group) => atom => (atom.Kind == AtomKind.AnyPerson || (atom.Kind == AtomKind.Group && atom.Value == group)).ToTruth();

    internal static Func<Atom, Truth> With(Func<Atom, Truth> world, params string[] assertions)
        => atom => atom.Kind == AtomKind.Posture ? assertions.Contains(atom.Value, StringComparer.Ordinal).ToTruth() : world(atom);

    internal static string[] Groups(TailnetReading reading, TailnetEndpoint endpoint, Func<Atom, Truth> world)
        => [.. reading.IdentitiesAt(endpoint).Where(i => i.Who.Evaluate(world) == Truth.True).SelectMany(i => i.Groups).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Outputs()
        => Directory.GetFiles(Path.Combine(OracleData.RepositoryRoot, "examples"), "*.hujson", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(OracleData.RepositoryRoot, f));
}
