using System.Globalization;
using CsCheck;
using Newtonsoft.Json.Linq;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>Where rules stand in the account.</summary>
public sealed class GatewayPrecedenceTests
{
    private static readonly (string, object) NarrowRange = ("precedence", new (string, object)[] { ("from", 1000), ("to", 100_999) });

    [Theory]
    [InlineData("cftftest Important Policy", 744)]
    public void Crc32_is_the_providers(string name, int rest) => Assert.Equal(rest, (int)(StableHash.Crc32(name) % 1000));

    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void Fnv1a_matches_the_published_vectors(string text, ulong hash) => Assert.Equal(hash, StableHash.Fnv1a64(text));

    [Theory]
    [InlineData(1000, 100_999, true)]
    [InlineData(1001, 100_999, false)]
    [InlineData(999, 200_000, false)]
    [InlineData(5_000_000, 1_000_000, false)]
    [InlineData(1_000_000, 10_000_000, false)]
    public void A_range_must_hold_a_hundred_whole_thousands_below_ten_million(long from, long to, bool isEnough)
        => Assert.Equal(isEnough, PrecedenceLayout.TryCreate(from, to) is not null);

    [Fact]
    public void Bands_follow_each_other_and_stay_in_the_range()
        => Gen.Select(Gen.Int[1000, 9_000_000], Gen.Int[101_000, 8_999_999]).Sample((from, length) =>
        {
            var to = Math.Min(from + length, 9_999_999);
            if (PrecedenceLayout.TryCreate(from, to) is not { } layout)
            {
                return;
            }

            Assert.True(layout.Allows.FirstThousand * 1000 >= from);
            Assert.Equal(layout.Allows.FirstThousand + layout.Allows.Thousands, layout.Blocks.FirstThousand);
            Assert.Equal(layout.Blocks.FirstThousand + layout.Blocks.Thousands, layout.NoInspects.FirstThousand);
            Assert.True(((layout.NoInspects.FirstThousand + layout.NoInspects.Thousands) * 1000) - 1 <= to);
        });

    [Fact]
    public void Adding_clusters_and_rules_moves_no_other_rule()
        => Gen.Select(Gen.Int[1, 12], Gen.Int[0, 6], Gen.Int[1, 8], Gen.Int[1, 4]).Sample((clusters, groups, moreClusters, moreGroups) =>
        {
            var before = Numbers(Model(clusters, groups, reversed: false));
            var after = Numbers(Model(clusters + moreClusters, groups + moreGroups, reversed: true));
            Assert.All(before, rule => Assert.Equal(rule.Value, after[rule.Key]));
        }, iter: 40);

    [Fact]
    public void All_allows_come_before_all_blocks()
    {
        var rules = Model(20, 10, reversed: false).Rules();
        var lastAllow = rules.Where(r => (string?)r["action"] == "allow").Max(r => (int)r["precedence"]!);
        var firstBlock = rules.Where(r => (string?)r["action"] == "block").Min(r => (int)r["precedence"]!);
        Assert.True(lastAllow < firstBlock);
        Assert.Equal(rules.Count, rules.Select(r => (int)r["precedence"]!).Distinct().Count());
    }

    [Fact]
    public void Both_provider_versions_send_the_number_of_the_api_form()
    {
        var api = Numbers(Model(5, 3, reversed: false));
        var version5 = Terraform("5").ToDictionary(r => (string)r["name"]!, r => (int)r["precedence"]!);
        var version4 = Terraform("4").ToDictionary(r => (string)r["name"]!, r => ((int)r["precedence"]! * 1000) + (int)(StableHash.Crc32((string)r["name"]!) % 1000));

        Assert.Equal(api, version5);
        Assert.Equal(api, version4);

        static IEnumerable<JToken> Terraform(string version) => Model(5, 3, reversed: false, ("provider", version)).TerraformRules().Properties().Select(p => p.Value);
    }

    [Fact]
    public void Version_4_state_is_not_divided_when_it_is_upgraded()
        => Assert.All(Model(5, 3, reversed: false, ("provider", "4")).TerraformRules().Properties(), p => Assert.InRange((int)p.Value["precedence"]!, 1, 9999));

    [Fact]
    public void A_collision_names_both_rules_and_a_slot_that_works()
    {
        // Over seven hundred rules in a range of a hundred thousand: collisions are certain, and following the advice ends them.
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < 200; round++)
        {
            var fixture = Model(245, 1, reversed: false, slots, NarrowRange);
            fixture.Write();
            var collisions = fixture.Diagnostics.ToSortedArray();
            if (collisions.IsEmpty)
            {
                Assert.NotEmpty(slots);
                return;
            }

            foreach (var collision in collisions)
            {
                Assert.Equal("cloudflare-precedence-collision", collision.Code);
                Assert.Contains("`policyc/c", collision.Message, StringComparison.Ordinal);
            }

            ApplyAdvice(collisions[0], slots);
        }

        Assert.Fail("the advice does not end");
    }

    private static void ApplyAdvice(Diagnostic collision, Dictionary<string, int> slots)
    {
        var words = (collision.Help ?? "").Split('`');
        slots[words[5]] = int.Parse(words[1].Split('=')[1].Trim(), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_slot_moves_the_rules_of_its_cluster_alone()
    {
        var before = Numbers(Model(3, 2, reversed: false));
        var after = Numbers(Model(3, 2, reversed: false, new Dictionary<string, int> { ["c1"] = 7 }));
        Assert.All(before, rule => Assert.Equal(rule.Key.StartsWith("policyc/c1/", StringComparison.Ordinal), rule.Value != after[rule.Key]));
    }

    private static Dictionary<string, int> Numbers(GatewayFixture fixture) => fixture.Rules().ToDictionary(r => (string)r["name"]!, r => (int)r["precedence"]!);

    private static GatewayFixture Model(int clusters, int groups, bool reversed, params (string, object)[] settings)
        => Model(clusters, groups, reversed, [], settings);

    private static GatewayFixture Model(int clusters, int groups, bool reversed, Dictionary<string, int> slots, params (string, object)[] settings)
    {
        var fixture = new GatewayFixture(settings);
        var order = Enumerable.Range(0, clusters);
        foreach (var i in reversed ? order.Reverse() : order)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"c{i}");
            fixture.Cluster(
                name,
                [$"10.0.{i / 250}.{(i % 250) + 1}"],
                cluster => Enumerable.Range(0, groups).Select(g =>
                {
                    var subject = TestModels.Group($"g{g}");
                    return TestModels.Gate(cluster, fixture.Path, subject, null, GatewayFixture.Group(subject, $"G{g}"));
                }),
                ("slot", slots.GetValueOrDefault(name)));
        }

        return fixture;
    }
}
