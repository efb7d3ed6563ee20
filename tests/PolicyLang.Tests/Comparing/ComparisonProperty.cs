using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Comparing;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Comparing;

/// <summary>Random policies compared. What is expected is found by walking every world, which knows nothing of rules and causes.</summary>
public sealed class ComparisonProperty
{
    private const string Company = TestPolicy.Company + """
        posture strict { tailscale = "y" teleport = "y" cloudflare = "y" }
        group outer { members = [payments, contractors] }
        group people { members = [alice@acme.com, dave@acme.com] }
        role edit = clusterrole "edit"
        role mine = clusterrole "mine"
        role reader { can read [pods, nodes] }
        role lister { can list pods }

        """;

    private static readonly Gen<string> Rule =
        from subject in Pick("sre", "payments", "contractors", "outer", "people", "alice@acme.com", "sre, payments")
        from role in Pick("view", "admin", "oncall", "edit", "mine", "reader", "lister", "view, lister")
        from cluster in Pick("prod", "stg", "prod, stg", "production")
        from scope in Pick("cluster-wide", "in web", "in web, db")
        from clauses in Pick("", "", " via tailscale", " via tailscale, teleport", " when managed", " when managed and strict", " until 2027-01-01", " until 2028-01-01", " when strict until 2027-01-01")
        select $"allow {subject} as {role} on {cluster} {scope}{(subject.Contains("people", StringComparison.Ordinal) || subject.Contains('@', StringComparison.Ordinal) ? clauses.Replace(", teleport", "", StringComparison.Ordinal) : clauses)}\n";

    private static readonly Gen<string[]> Rules = Rule.Array[0, 5].Select(rules => rules.Distinct().ToArray());

    private static readonly DateOnly[] Days = [TestPolicy.Today, new(2027, 6, 1), new(2029, 1, 1)];

    [Fact]
    public void The_verdict_is_that_of_every_world()
    {
        var seen = new HashSet<AccessVerdict>();
        Gen.Select(Rules, Rules).Sample(
            (old, @new) =>
            {
                var (before, after) = (Compile(old), Compile(@new));
                var comparison = PolicyComparer.Compare(before, after);
                Assert.Equal((GivesMore(after, before), GivesMore(before, after)), (comparison.Access is AccessVerdict.Wider or AccessVerdict.Both, comparison.Access is AccessVerdict.Narrower or AccessVerdict.Both));
                Assert.Equal(comparison.Access == AccessVerdict.Unchanged, comparison.Changes.IsEmpty);
                lock (seen)
                {
                    seen.Add(comparison.Access);
                }
            },
            iter: 400);
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void The_way_back_is_the_mirror_image()
        => Gen.Select(Rules, Rules).Sample(
            (old, @new) =>
            {
                var (before, after) = (Compile(old), Compile(@new));
                var forth = PolicyComparer.Compare(before, after).Changes.SelectMany(c => c.Effects).Select(e => Comparing.Line(e with { IsGain = !e.IsGain })).Order(StringComparer.Ordinal);
                var back = PolicyComparer.Compare(after, before).Changes.SelectMany(c => c.Effects).Select(Comparing.Line).Order(StringComparer.Ordinal);
                Assert.Equal(forth, back);
            },
            iter: 400);

    [Fact]
    public void Layout_order_and_files_are_no_difference()
        => Gen.Select(Rules, Gen.Int[0, 1_000_000]).Sample(
            (rules, seed) =>
            {
                var random = new Random(seed);
                var lines = (Company + string.Concat(rules)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                random.Shuffle(lines);
                var cut = random.Next(lines.Length + 1);
                string Spread(string line) => line.Contains('"', StringComparison.Ordinal) ? line : line.Replace(" as ", "\n   as # why\n\t", StringComparison.Ordinal);
                var other = Comparing.Policy([("z/first.policy", string.Join("\n\n", lines[..cut].Select(Spread))), ("a.policy", string.Join('\n', lines[cut..]))]);
                Comparing.Unchanged(PolicyComparer.Compare(Compile(rules), other));
                Comparing.Unchanged(PolicyComparer.Compare(other, other));
            },
            iter: 300);

    [Fact]
    public void A_rule_more_never_takes_anything_away()
        => Gen.Select(Rules, Rule).Sample(
            (rules, rule) =>
            {
                var comparison = PolicyComparer.Compare(Compile(rules), Compile([.. rules, rule]));
                Assert.True(comparison.Access is AccessVerdict.Unchanged or AccessVerdict.Wider, string.Join('\n', comparison.Lines()));
                Assert.All(comparison.Changes, c => Assert.Equal("new rule", c.Cause.Title));
            },
            iter: 300);

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static ComparedPolicy Compile(string[] rules) => Comparing.Policy(Company + string.Concat(rules.Distinct()));

    // Whether there is a world, a day and a place in which one policy gives what the other does not.
    private static bool GivesMore(ComparedPolicy more, ComparedPolicy less)
    {
        string[] principals = ["sre-member", "payments-member", "contractors-member", "alice@acme.com", "bob@acme.com", "dave@acme.com", "payments-and-contractors"];
        foreach (var principal in principals)
        {
            foreach (var path in new[] { "tailscale", "teleport" })
            {
                foreach (var holding in new[] { [], ["managed"], ["strict"], new[] { "managed", "strict" } })
                {
                    foreach (var day in Days)
                    {
                        foreach (var cluster in new[] { "prod", "stg" })
                        {
                            if (GivesMore(RightsOf(more, cluster, principal, path, holding, day), RightsOf(less, cluster, principal, path, holding, day)))
                            {
                                return true;
                            }
                        }
                    }
                }
            }
        }

        return false;
    }

    private static bool GivesMore(List<ScopedRole> more, List<ScopedRole> less)
        => more.Exists(m => Pieces(m.Component, m.Namespace is not null).Any(piece => !less.Exists(l => (l.Namespace is null || l.Namespace == m.Namespace) && Holds(l.Component, piece))));

    private static IEnumerable<object> Pieces(RoleComponent component, bool isInNamespace) => component switch
    {
        OwnClusterRole own => own.Rules.SelectMany(RbacRuleAtoms.Of).Where(a => !(isInNamespace && a.Resources.Contains("nodes"))),
        _ => [component.ClusterRoleName],
    };

    private static bool Holds(RoleComponent component, object piece) => (component, piece) switch
    {
        (ExistingClusterRole { ClusterRoleName: "cluster-admin" }, _) => true,
        (ExistingClusterRole { ClusterRoleName: "edit" }, "view") => true,
        (ExistingClusterRole existing, string name) => existing.ClusterRoleName == name,
        (ExistingClusterRole existing, RbacRule atom) => RbacRules.Covers(BuiltInRoles.Default.RulesOf(existing.ClusterRoleName) ?? [], [atom]),
        (OwnClusterRole own, RbacRule atom) => RbacRules.Covers(own.Rules, [atom]),
        _ => false,
    };

    private static List<ScopedRole> RightsOf(ComparedPolicy policy, string cluster, string principal, string path, string[] holding, DateOnly day)
    {
        var access = policy.Access.Clusters.Single(c => c.Cluster.Name == cluster);
        var memberships = policy.Policy.Subjects.Values.Where(s => IsMember(s, principal)).ToImmutableHashSet();
        var postures = access.Grants.SelectMany(g => g.Condition.Postures).Where(p => holding.Contains(p.Name)).ToImmutableHashSet();
        return
        [
            .. access.RightsIn(new World(memberships, policy.Policy.Paths[path], postures))
                .Where(r => r.Value.Any(rule => rule.Until is not { } until || until >= day))
                .Select(r => r.Key),
        ];
    }

    private static bool IsMember(Subject subject, string principal)
        => subject.Name == principal
            || principal == subject.Name + "-member"
            || (principal == "payments-and-contractors" && subject.Name is "payments" or "contractors")
            || (subject.Members ?? []).Any(m => IsMember(m, principal));
}
