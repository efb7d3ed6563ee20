using System.Collections.Immutable;
using System.Text;
using CsCheck;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Access;

/// <summary>
/// In every world, the links that targets read must compose to exactly the rights that the rules give. The composition here knows nothing of rules:
/// it walks principals through gates and identities to RBAC, as the real systems do.
/// </summary>
public sealed class ExactLinksProperty
{
    private static readonly string[] Subjects = ["sre", "payments", "contractors", "outer", "alice@acme.com"];
    private static readonly string[] Paths = ["tailscale", "teleport", "cloudflare"];

    private static readonly Gen<string> Rule =
        from subject in Pick(Subjects)
        from role in Pick("view", "admin", "oncall")
        from scope in Pick("cluster-wide", "in web", "in web, db")
        from via in Pick("", " via tailscale", " via teleport", " via cloudflare", " via tailscale, cloudflare")
        from condition in Pick("", " when managed", " when managed and strict")
        select $"allow {subject} as {role} on prod {scope}{via}{condition}\n";

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void Links_compose_to_exactly_what_the_rules_give()
    {
        var compiled = 0;
        Rule.Array[1, 6].Sample(
            rules =>
            {
                var policy = new StringBuilder(TestPolicy.Company)
                    .Append("posture strict { tailscale = \"y\" teleport = \"y\" cloudflare = \"y\" }\ngroup outer { members = [payments, contractors] }\n")
                    .AppendJoin("", rules.Distinct())
                    .ToString();
                var compilation = TestPolicy.Compile(policy);
                if (compilation.Access is not { } access)
                {
                    return;
                }

                Interlocked.Increment(ref compiled);
                Check(access);
            },
            iter: 2000);
        Assert.True(compiled > 300, $"only {compiled} of the generated policies compile: the property says little");
    }

    private static void Check(AccessModel access)
    {
        var prod = access.Clusters.Single(c => c.Cluster.Name == "prod");
        var subjects = access.Subjects.SelectMany(WithMembers).DistinctBy(s => s.Name).ToArray();
        var leaves = subjects.Where(s => s.Members is null).ToArray();
        var postures = prod.Grants.SelectMany(g => g.Condition.Postures).Distinct().ToArray();
        foreach (var first in leaves)
        {
            foreach (var second in leaves.Where(s => access.Overlaps.MayShareMember(first, s)))
            {
                var memberships = subjects.Where(s => WithMembers(s).Any(m => m == first || m == second)).ToImmutableHashSet();
                foreach (var holding in Subsets(postures))
                {
                    foreach (var path in access.Paths.Where(p => Paths.Contains(p.Name)))
                    {
                        var world = new World(memberships, path, holding);
                        Assert.Equal(Canonical([.. prod.RightsIn(world).Keys]), Canonical(Compose(prod, world)));
                    }
                }
            }
        }
    }

    // What the systems see: names, gates that open for a name, groups given for a name, roles bound to a name.
    private static HashSet<ScopedRole> Compose(ClusterAccess prod, World world)
    {
        var natives = world.Memberships
            .SelectMany(m => m.Identities.Values.SelectMany(values => values).Select(value => (m.Kind == SubjectKind.User ? PrincipalKind.Person : PrincipalKind.Group, value.Text)))
            .ToHashSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in prod.Identities.Where(i => i.Path == world.Path && world.Satisfies(i.Condition) && i.Principals.Any(p => natives.Contains((p.Kind, p.Value)))))
        {
            names.UnionWith(link.KubernetesGroups);
        }

        if (prod.Gates.Any(g => g.Path == world.Path && world.Satisfies(g.Condition) && g.Principals.Any(p => natives.Contains((p.Kind, p.Value)))))
        {
            names.UnionWith(world.Memberships.SelectMany(m => m.Identities.GetValueOrDefault("okta", []).Concat(m.Identities.GetValueOrDefault("email", []))).Select(v => "oidc:" + v.Text));
        }

        return [.. prod.Rights.Where(r => names.Contains(r.RbacSubject.Name)).Select(r => new ScopedRole(r.Component, r.Namespace))];
    }

    private static IEnumerable<Subject> WithMembers(Subject subject) => (subject.Members ?? []).SelectMany(WithMembers).Append(subject);

    // A role on the whole cluster says all that the same role in a namespace says.
    private static string[] Canonical(HashSet<ScopedRole> rights)
        => [.. rights.Where(r => r.Namespace is null || !rights.Contains(r with { Namespace = null })).Select(r => $"{r.Component.ClusterRoleName} {r.Namespace}").Order(StringComparer.Ordinal)];

    private static IEnumerable<ImmutableHashSet<Posture>> Subsets(Posture[] postures)
    {
        for (var bits = 0; bits < 1 << postures.Length; bits++)
        {
            yield return postures.Where((_, i) => (bits & (1 << i)) != 0).ToImmutableHashSet();
        }
    }
}
