using System.Collections.Immutable;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Testing;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Testing;

/// <summary>The answer to a guard, which looks at each rule once, is that of walking through every world with every request: the union argument holds.</summary>
public sealed class GuardProperty
{
    private const string Declarations = """
        group outer { members = [payments, contractors] }
        group team  { members = [alice@acme.com, dave@acme.com] }
        group none  { members = [] }
        role secret { can get secrets named "a" }
        role reader { can [get, list] [secrets, pods] }
        assume disjoint payments, contractors because "x"

        """;

    private static readonly string[] Names = ["sre", "team", "payments", "contractors", "outer", "alice@acme.com", "dave@acme.com", "deployer"];

    private static readonly Gen<string> Rule =
        from subject in Pick([.. Names, "none"])
        from role in Pick("view", "admin", "oncall", "secret", "reader")
        from cluster in Pick("prod", "stg", "all clusters")
        from scope in Pick("cluster-wide", "in web", "in web, db")
        from way in Pick("", " via teleport", " when managed")
        select $"allow {subject} as {role} on {cluster} {scope}{way}\n";

    private static readonly Gen<string> Guard =
        from who in Pick([.. Names.Select(n => $"never {n} "), "never anyone except sre ", "never anyone except outer, team "])
        from right in Pick("", "can read secrets ", "can get secrets named \"a\" ", "can exec pods ", "can read nodes ")
        from cluster in Pick("prod", "stg, dev")
        from scope in right.Contains("nodes", StringComparison.Ordinal) ? Pick("") : Pick("", " in web", " in db")
        from way in Pick("", " via tailscale", " via teleport")
        where !(cluster == "stg, dev" && way == " via teleport")
        select $"{who}{right}on {cluster}{scope}{way}";

    [Fact]
    public void Answers_to_guards_are_those_of_all_worlds()
    {
        var outcomes = new int[3];
        Gen.Select(Rule.Array[1, 4], Guard).Sample(
            (rules, guard) =>
            {
                var compiled = PolicyAnalysis.Analyse(TestPolicy.InputOf([("test.policy", $"{TestPolicy.Company}{Declarations}{string.Concat(rules.Distinct())}{guard}\n")]));
                if (compiled is not { Policy: { } policy, Access: { } access })
                {
                    return;
                }

                var answer = GuardEvaluator.Evaluate(policy, new PolicyAccessSource(policy, access)).Single();
                Interlocked.Increment(ref outcomes[(int)answer.Outcome]);
                Assert.True(Expected(policy, access) == answer.Outcome, $"{string.Concat(rules)}{guard}: {answer.Outcome}, but the worlds say {Expected(policy, access)}");
            },
            iter: 3000);
        Assert.All(outcomes, count => Assert.True(count > 50, $"only {string.Join(", ", outcomes)} of the outcomes: the property says little"));
    }

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static GuardOutcome Expected(PolicyModel policy, AccessModel access)
    {
        var guard = policy.Guards.Single();
        var worst = GuardOutcome.Holds;
        foreach (var (memberships, isSure) in Principals(policy, access))
        {
            var concerned = guard.IsAnyone ? !memberships.Overlaps(guard.Subjects) : memberships.Overlaps(guard.Subjects);
            if (concerned && guard.Places.Any(place => Has(guard, place, access, memberships)))
            {
                var outcome = isSure ? GuardOutcome.Broken : GuardOutcome.Unproved;
                worst = outcome > worst ? outcome : worst;
            }
        }

        return worst;
    }

    // One person of each kind: each leaf alone, which surely exists, and each pair of leaves that may share a member. A leaf is a person, a machine, or a group that others fill.
    private static IEnumerable<(ImmutableHashSet<Subject> Memberships, bool IsSure)> Principals(PolicyModel policy, AccessModel access)
    {
        var subjects = policy.Subjects.Values.ToArray();
        var leaves = subjects.Where(s => !s.Identities.IsEmpty || s.IsEmail).ToArray();
        foreach (var first in leaves)
        {
            yield return (Memberships(subjects, first), true);
            foreach (var second in leaves.Where(s => s != first && access.Overlaps.MayShareMember(first, s)))
            {
                var both = Memberships(subjects, first).Union(Memberships(subjects, second));
                yield return (both, Lists(first, second) || Lists(second, first));
            }
        }
    }

    private static ImmutableHashSet<Subject> Memberships(Subject[] subjects, Subject leaf) => [.. subjects.Where(s => s == leaf || Lists(s, leaf))];

    private static bool Lists(Subject group, Subject leaf) => (group.Members ?? []).Any(m => m == leaf || Lists(m, leaf));

    private static bool Has(Guard guard, (Cluster Cluster, ImmutableArray<string>? Namespaces) place, AccessModel access, ImmutableHashSet<Subject> memberships)
    {
        var cluster = access.Clusters.Single(c => c.Cluster == place.Cluster);
        var managed = cluster.Grants.SelectMany(g => g.Condition.Postures).ToImmutableHashSet();
        foreach (var path in access.Paths.Where(p => guard.Paths?.Contains(p) ?? true))
        {
            foreach (var right in cluster.RightsIn(new World(memberships, path, managed)).Keys)
            {
                string[] namespaces = [.. place.Namespaces ?? ["web", "db", "other"]];
                if (Requests(guard, namespaces, place.Namespaces is null).Any(r => (right.Namespace is null || right.Namespace == r.Namespace) && RbacRules.Allow(RulesOf(right.Component), r)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ImmutableArray<RbacRule> RulesOf(RoleComponent component)
        => component is OwnClusterRole own ? own.Rules : BuiltInRoles.Default.RulesOf(component.ClusterRoleName)!.Value;

    // What the API server would be asked; written out by hand, without the expansion that the guard uses.
    private static IEnumerable<RbacRequest> Requests(Guard guard, string[] namespaces, bool isWholeCluster)
    {
        var text = guard.Location.Text;
        (string Verb, string Resource, string Subresource, string Name)[] asked = text switch
        {
            _ when text.Contains("read secrets", StringComparison.Ordinal) => [("get", "secrets", "", "a"), ("get", "secrets", "", ""), ("list", "secrets", "", ""), ("watch", "secrets", "", "")],
            _ when text.Contains("named", StringComparison.Ordinal) => [("get", "secrets", "", "a")],
            _ when text.Contains("exec", StringComparison.Ordinal) => [("create", "pods", "exec", "p"), ("get", "pods", "exec", "p"), ("create", "pods", "attach", "p"), ("get", "pods", "attach", "p")],
            _ when text.Contains("nodes", StringComparison.Ordinal) => [("get", "nodes", "", "n"), ("list", "nodes", "", ""), ("watch", "nodes", "", "")],
            _ => [("get", "pods", "", "p"), ("get", "secrets", "", "a")],
        };
        var isOfCluster = text.Contains("nodes", StringComparison.Ordinal);
        foreach (var (verb, resource, subresource, name) in asked)
        {
            foreach (var ns in isOfCluster ? [""] : isWholeCluster ? namespaces.Append("") : namespaces)
            {
                yield return RbacRequest.ForResource(verb, "", resource, subresource, name, ns);
            }
        }
    }
}
