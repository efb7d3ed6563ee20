using CsCheck;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Teleport;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>In every world of a random policy Teleport gives the groups that the policy gives, or there is an error.</summary>
public sealed class TeleportExactnessTests
{
    private static readonly string[] s_clusters = ["dev", "prod", "stage"];
    private static readonly string[] s_teams = ["a", "b", "c"];

    [Theory]
    [InlineData("6", "community", "tctl", false)]
    [InlineData("8.1.3", "enterprise", "tctl", false)]
    [InlineData("10", "enterprise", "tctl", false)]
    [InlineData("13", "enterprise", "tctl", true)]
    [InlineData("14", "community", "operator", false)]
    [InlineData("17", "enterprise", "operator", true)]
    [InlineData("18", "enterprise", "tctl", true)]
    public void Every_world_gets_the_groups_of_the_policy_or_there_is_an_error(string version, string edition, string form, bool hasDeviceTrust)
    {
        var links = Gen.Select(Gen.Int[0, s_clusters.Length - 1], Gen.Int[0, s_teams.Length - 1], Gen.Bool).List[0, 8];
        var disjoint = Gen.Select(Gen.Int[0, s_teams.Length - 1], Gen.Int[0, s_teams.Length - 1]).List[0, 3];
        Gen.Select(links, disjoint).Sample((chosen, pairs) => Check(chosen.Distinct(), pairs, version, edition, form, hasDeviceTrust), iter: 300);
    }

    private static void Check(IEnumerable<(int Cluster, int Team, bool Managed)> links, List<(int First, int Second)> pairs, string version, string edition, string form, bool hasDeviceTrust)
    {
        var subjects = s_teams.Select(t => TestModels.Group(t, ("github", "acme/" + t))).ToArray();
        var scenario = new TeleportScenario(("version", version), ("edition", edition), ("form", form));
        foreach (var cluster in s_clusters)
        {
            scenario.Cluster(cluster);
        }

        foreach (var (cluster, team, managed) in links)
        {
            scenario.Link(s_clusters[cluster], subjects[team], "acme/" + s_teams[team], managed ? [TeleportScenario.Managed] : []);
        }

        foreach (var (first, second) in pairs.Where(p => p.First != p.Second))
        {
            scenario.Disjoint(subjects[first], subjects[second]);
        }

        var model = scenario.Model();
        var (files, _, diagnostics) = TeleportScenario.Run(model);
        Assert.Equal(CannotBeSaid(model, hasDeviceTrust), diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error));
        if (files.IsEmpty)
        {
            return;
        }

        var teleport = new TeleportSimulator(TeleportDocuments.ReadAll(files));
        for (var world = 0; world < 16; world++)
        {
            var members = subjects.Where((_, i) => (world & (1 << i)) != 0).ToList();
            if (members.Any(a => members.Any(b => !model.Overlaps.MayShareMember(a, b))))
            {
                continue;
            }

            var trusted = (world & 8) != 0;
            foreach (var access in model.Clusters)
            {
                var expected = access.Identities
                    .Where(l => members.Contains(l.Subject) && (trusted || l.Condition.IsAlways))
                    .SelectMany(l => l.KubernetesGroups)
                    .ToHashSet(StringComparer.Ordinal);
                var actual = teleport.Groups(members.Select(m => "acme/" + m.Name).ToHashSet(StringComparer.Ordinal), Labels(access.Cluster), trusted);
                Assert.Equal(expected.Order(StringComparer.Ordinal), actual);
            }
        }
    }

    [Fact]
    public void A_bot_gets_its_groups_on_its_clusters_and_nowhere_else()
    {
        var model = TeleportScenario.Usual(true, true).Model();
        var teleport = new TeleportSimulator(TeleportDocuments.ReadAll(TeleportScenario.Run(model).Files));
        Assert.Equal(["policyc:prod:deployer"], teleport.BotGroups("deployer", Labels(model.Clusters[1].Cluster)));
        Assert.Empty(teleport.BotGroups("deployer", Labels(model.Clusters[0].Cluster)));
    }

    [Fact]
    public void Different_links_have_different_role_names_that_custom_resources_may_have()
    {
        var name = Gen.String[Gen.Char["ab-"], 1, 3].Where(IsDeclared);
        var link = Gen.Select(name, name, name.List[0, 2]);
        Gen.Select(link, link).Sample((first, second) =>
        {
            var one = Role(first.Item1, first.Item2, first.Item3);
            var other = Role(second.Item1, second.Item2, second.Item3);
            var same = first.Item1 == second.Item1 && first.Item2 == second.Item2
                && first.Item3.Distinct().Order(StringComparer.Ordinal).SequenceEqual(second.Item3.Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(same, one == other);
            Assert.True(TeleportNames.IsDnsSubdomain(one), one);
        });
    }

    [Fact]
    public void A_subject_named_when_keeps_its_role_apart()
        => Assert.NotEqual(Role("c", "when", ["a"]), Role("c", "when", []) + ".a");

    private static bool CannotBeSaid(AccessModel model, bool hasDeviceTrust)
        => model.Clusters.Any(c => c.Identities.Any(demanding => !demanding.Condition.IsAlways
            && (!hasDeviceTrust || c.Identities.Any(plain => plain.Condition.IsAlways && model.Overlaps.MayShareMember(plain.Subject, demanding.Subject)))));

    private static bool IsDeclared(string name) => char.IsAsciiLetterLower(name[0]) && !name.EndsWith('-') && !name.Contains("--", StringComparison.Ordinal);

    private static string Role(string cluster, string subject, List<string> postures)
        => TeleportNames.Role(
            TestModels.Cluster(cluster),
            TestModels.Group(subject),
            Condition.AllOf(postures.Select(p => TeleportScenario.PostureOf(p, "device-trust"))));

    internal static Dictionary<string, string> Labels(Cluster cluster) => new(StringComparer.Ordinal) { ["policyc-cluster"] = cluster.Name };
}
