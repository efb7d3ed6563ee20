using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using PolicyLang.Tests.Oracle;
using Xunit;

namespace PolicyLang.Conformance.Teleport;

/// <summary>What policyc itself writes is understood to the last key and does nothing but give access to clusters.</summary>
public sealed class TeleportOwnOutputTests
{
    private static readonly string s_goldens = Path.Combine(OracleData.RepositoryRoot, "tests", "PolicyLang.Tests", "Targets", "Teleport", "Golden");

    public static TheoryData<string, int, int, bool> Outputs
    {
        get
        {
            var data = new TheoryData<string, int, int, bool>
            {
                { "examples/acme/out/teleport", 18, 2, true },
                { "examples/teleport-github/v18/out/teleport", 18, 2, false },
                { "examples/teleport-github/v4/out/teleport/demo", 4, 0, false },
            };
            foreach (var golden in Directory.GetDirectories(s_goldens).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(golden);
                var version = name.Split('-')[0].Split('.').Select(int.Parse).ToArray();
                foreach (var folder in Directory.GetDirectories(golden, "*", SearchOption.AllDirectories).Where(d => Directory.GetFiles(d).Length > 0).Order(StringComparer.Ordinal))
                {
                    data.Add(Path.GetRelativePath(OracleData.RepositoryRoot, folder).Replace('\\', '/'), version[0], version.Length > 1 ? version[1] : 0, !name.Contains("community", StringComparison.Ordinal));
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Is_understood_and_gives_nothing_else(string folder, int major, int minor, bool isEnterprise)
    {
        var reading = Read(folder, new TeleportServer(major, minor, isEnterprise));
        Assert.Empty(reading.Problems);

        // Teleport 4 of the community edition lets nobody in without a login for nodes, so the policy names one. Roles v3 shut applications by a label that nothing carries.
        var others = reading.OtherEffects.Where(e => !(major == 4 && !isEnterprise && e.What.Contains("log in to nodes as", StringComparison.Ordinal)) && !(major is 5 or 6 && e.What.EndsWith("opens applications", StringComparison.Ordinal)));
        Assert.Empty(others);
    }

    [Fact]
    public void The_example_for_Teleport_18_says_who_gets_what()
    {
        var reading = Read("examples/teleport-github/v18/out/teleport", new TeleportServer(18, 2, false));
        var endpoint = TeleportFiles.Endpoint(("policyc-cluster", "demo"));
        var identity = Assert.Single(reading.IdentitiesAt(endpoint));
        Assert.Equal(Formula.Of(new Atom(AtomKind.Group, "github-team", "your-organization/your-team")), identity.Who);
        Assert.Equal(identity.Who, reading.GateTo(endpoint).Opens);
        Assert.Equal(new ReadUser("policyc:teleport"), identity.User);
        Assert.Equal("guest", string.Join(' ', identity.Groups));
        Assert.Empty(reading.IdentitiesAt(TeleportFiles.Endpoint(("policyc-cluster", "other"))));
        Assert.Equal(Formula.Never, reading.GateTo(TeleportFiles.Endpoint(("policyc-cluster", "other"))).Opens);
    }

    [Fact]
    public void The_example_for_Teleport_4_says_who_gets_what()
    {
        var reading = Read("examples/teleport-github/v4/out/teleport/demo", new TeleportServer(4, 0, false));
        var identity = Assert.Single(reading.IdentitiesAt(TeleportFiles.Endpoint()));
        Assert.Equal(Formula.Of(new Atom(AtomKind.Group, "github-team", "your-organization/your-team")), identity.Who);
        Assert.Equal(identity.Who, reading.GateTo(TeleportFiles.Endpoint()).Opens);
        Assert.Equal(new ReadUser(null), identity.User);
        Assert.Equal("guest", string.Join(' ', identity.Groups));
    }

    [Fact]
    public void The_large_example_keeps_teams_bots_and_trusted_devices_apart()
    {
        var reading = Read("examples/acme/out/teleport", TeleportFiles.Newest);
        var cards = TeleportFiles.Endpoint(("policyc-cluster", "cards-tokyo"));
        Assert.Equal(Truth.True, reading.Opens(cards, "acme/compliance", "device"));
        Assert.Equal(Truth.False, reading.Opens(cards, "acme/compliance"));
        Assert.Equal("policyc:cards-tokyo:compliance:via-teleport:when-managed", reading.Groups(cards, "acme/compliance", "device"));
        Assert.Equal("policyc:teleport", reading.Users(cards, "acme/compliance", "device"));
        var prod = TeleportFiles.Endpoint(("policyc-cluster", "prod-tokyo"));
        Assert.Equal(Truth.True, reading.Opens(prod, "bot:deployer"));
        Assert.Equal("policyc:prod-tokyo:deployer", reading.Groups(prod, "bot:deployer"));
        Assert.Equal(Truth.False, reading.Opens(cards, "bot:deployer"));
    }

    private static TeleportReading Read(string folder, TeleportServer server)
        => TeleportReading.Read(
            [.. Directory.GetFiles(Path.Combine(OracleData.RepositoryRoot, folder), "*.yaml").Order(StringComparer.Ordinal).Select(f => new Artefact(folder + "/" + Path.GetFileName(f), File.ReadAllBytes(f)))],
            server);
}
