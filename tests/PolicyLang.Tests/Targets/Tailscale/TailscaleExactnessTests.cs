using System.Text.Json;
using CsCheck;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Tailscale.TailscaleTestProject;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>Reads the file back as the control plane and the proxy do, and compares with the model that it was made from.</summary>
public sealed class TailscaleExactnessTests
{
    private static readonly string[] People = ["a@acme.com", "b@acme.com", "c@acme.com", "d@acme.com"];

    [Fact]
    public void Everybody_becomes_exactly_the_groups_that_the_links_give()
    {
        var link = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[0, 2]);
        Gen.Select(Gen.Int[0, 15].Array[4], link.Array[0, 12], Gen.Bool).Sample((members, links, disjoint) =>
        {
            var project = new TailscaleTestProject { ChecksSchema = false };
            Cluster[] clusters =
            [
                project.Cluster("c0"),
                project.Cluster("c1", ("tag", "tag:k8s-c1"), ("endpoint", new (string, object)[] { ("name", "ha"), ("tag", "tag:ha-c1"), ("proxy", "group") })),
                project.Cluster("c2", ("endpoint", new (string, object)[][] { [("name", "x"), ("tag", "tag:x")], [("name", "y"), ("tag", "tag:y")] })),
                project.Cluster("c3", ("tag", "tag:k8s-c3"), ("ip", "tcp:6443")),
            ];
            Condition[] conditions = [Condition.Always, Condition.AllOf([project.Posture("p", "node:os == 'linux'")]), Condition.AllOf([project.Posture("p", "node:os == 'linux'"), project.Posture("q", "ip:country == 'JP'")])];
            var subjects = new List<(Subject Subject, NativePrincipal[] Principals)>();
            for (var i = 0; i < 4; i++)
            {
                var mask = members[i];
                subjects.Add((TestModels.Group("g" + i), [.. People.Where((_, bit) => (mask & (1 << bit)) != 0).Select(p => Person(p))]));
            }

            subjects.Add((TestModels.Group("synced"), [Outer("group:synced@acme.com"), Person(People[0])]));
            subjects.Add((TestModels.Group("all"), [Outer("autogroup:member")]));
            subjects.Add((TestModels.User("a"), [Person(People[0])]));
            subjects.Add((TestModels.Machine("m"), [Machine("tag:m")]));
            if (disjoint)
            {
                project.Disjoint(subjects[0].Subject, subjects[5].Subject);
            }

            var expected = new HashSet<(string Source, string Tag, string Posture, string Group)>();
            foreach (var (s, c, w) in links.Distinct())
            {
                var (subject, principals) = subjects[s];
                project.Allow(subject, clusters[c], conditions[w], principals);
                foreach (var principal in principals)
                {
                    foreach (var tag in TagsOf(c))
                    {
                        expected.Add((principal.Value, tag, conditions[w].Key, $"policyc:c{c}:{subject.Name}{(w == 0 ? "" : ":when-" + conditions[w].Key)}"));
                    }
                }
            }

            var json = project.Json();
            Assert.Equal(expected, ReadBack(json));
            CheckTests(json, expected, disjoint);
        });
    }

    [Fact]
    public void Work_for_a_company_grows_with_its_groups()
        => AllocatedWork.AssertGrowsWithTheInput(
            500,
            groups =>
            {
                var project = LargeCompany(groups);
                return () => Assert.Empty(project.Compile().Diagnostics);
            });

    [Fact]
    public void The_file_of_a_large_company_grows_with_the_policy()
    {
        var (output, diagnostics) = LargeCompany(2000).Compile();
        Assert.Empty(diagnostics);
        var text = System.Text.Encoding.UTF8.GetString(output.Files[0].Content.Span);
        Assert.True(text.Length < 12_000_000, text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var json = JsonDocument.Parse(HuJsonStandard.ToJson(HuJsonParser.Parse(text)));
        Assert.Equal(20_000, json.RootElement.GetProperty("grants").GetArrayLength());
        var denied = json.RootElement.GetProperty("tests").EnumerateArray().Select(t => t.TryGetProperty("deny", out var deny) ? deny.EnumerateArray().Select(d => d.GetString() ?? "").ToArray() : []).ToArray();
        Assert.All(denied, d => Assert.True(d.Length <= 40));
        Assert.Equal(200, denied.SelectMany(d => d).Distinct().Count());
    }

    private static TailscaleTestProject LargeCompany(int groups)
    {
        var project = new TailscaleTestProject { ChecksSchema = false };
        var clusters = Enumerable.Range(0, 200).Select(i => project.Cluster($"c{i:000}")).ToArray();
        var random = new Random(1);
        for (var g = 0; g < groups; g++)
        {
            var subject = TestModels.Group($"team-{g:0000}");
            NativePrincipal[] people = [.. Enumerable.Range(0, 12).Select(_ => Person($"user{random.Next(5000)}@acme.com"))];
            for (var i = 0; i < 10; i++)
            {
                project.Allow(subject, clusters[((g * 7) + (i * 13)) % 200], people);
            }
        }

        return project;
    }

    [Fact]
    public void A_new_cluster_displaces_at_most_one_denied_cluster_of_a_group()
    {
        var before = Denied(100);
        var after = Denied(101);
        Assert.Equal(40, before.Length);
        Assert.True(before.Except(after, StringComparer.Ordinal).Count() <= 1);

        static string[] Denied(int count)
        {
            var project = new TailscaleTestProject { ChecksSchema = false };
            var clusters = Enumerable.Range(0, count).Select(i => project.Cluster($"c{i:000}")).ToArray();
            project.Allow(TestModels.Group("sre"), clusters[0], Person("a@acme.com"));
            return [.. project.Json().GetProperty("tests")[0].GetProperty("deny").EnumerateArray().Select(d => d.GetString() ?? "")];
        }
    }

    private static string[] TagsOf(int cluster) => cluster switch
    {
        0 => ["tag:k8s-c0"],
        1 => ["tag:k8s-c1", "tag:ha-c1"],
        2 => ["tag:x", "tag:y"],
        _ => ["tag:k8s-c3"],
    };

    // A grant is the cross product of its lists; an identity counts only where the same grant lets packets through.
    private static HashSet<(string, string, string, string)> ReadBack(JsonElement json)
    {
        var result = new HashSet<(string, string, string, string)>();
        foreach (var grant in json.GetProperty("grants").EnumerateArray())
        {
            Assert.NotEqual(0, grant.GetProperty("ip").GetArrayLength());
            var posture = grant.TryGetProperty("srcPosture", out var postures) ? (postures[0].GetString() ?? "")["posture:".Length..].Replace("--", "+", StringComparison.Ordinal) : "";
            foreach (var source in grant.GetProperty("src").EnumerateArray().SelectMany(s => Expand(json, s.GetString() ?? "")))
            {
                foreach (var tag in grant.GetProperty("dst").EnumerateArray())
                {
                    foreach (var group in grant.GetProperty("app").GetProperty("tailscale.com/cap/kubernetes").EnumerateArray().SelectMany(v => v.GetProperty("impersonate").GetProperty("groups").EnumerateArray()))
                    {
                        result.Add((source, tag.GetString() ?? "", posture, group.GetString() ?? ""));
                    }
                }
            }
        }

        return result;
    }

    private static void CheckTests(JsonElement json, HashSet<(string Source, string Tag, string Posture, string Group)> rights, bool disjoint)
    {
        if (!json.TryGetProperty("tests", out var tests))
        {
            return;
        }

        foreach (var test in tests.EnumerateArray())
        {
            var name = test.GetProperty("src").GetString() ?? "";
            var sources = Expand(json, name).ToArray();
            foreach (var tag in Tags(test, "accept"))
            {
                Assert.All(sources, source => Assert.Contains(rights, r => r.Source == source && r.Tag == tag && r.Posture.Length == 0));
            }

            // Whoever is in a group of the file may be in any synced group too, unless the policy says otherwise.
            foreach (var tag in Tags(test, "deny"))
            {
                Assert.DoesNotContain(rights, r => r.Tag == tag
                    && (sources.Contains(r.Source, StringComparer.Ordinal) || r.Source == "group:synced@acme.com" || (r.Source == "autogroup:member" && !(disjoint && name == "group:g0"))));
            }
        }

        static IEnumerable<string> Tags(JsonElement test, string key)
            => test.TryGetProperty(key, out var list) ? list.EnumerateArray().Select(p => string.Join(':', (p.GetString() ?? "").Split(':').Take(2))) : [];
    }

    private static IEnumerable<string> Expand(JsonElement json, string source)
        => source.StartsWith("group:", StringComparison.Ordinal) && !source.Contains('@', StringComparison.Ordinal)
            ? json.GetProperty("groups").GetProperty(source).EnumerateArray().Select(p => p.GetString() ?? "")
            : [source];
}
