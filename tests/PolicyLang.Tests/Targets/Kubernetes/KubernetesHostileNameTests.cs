using CsCheck;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>Names that YAML, the API server or a file system could take for something else.</summary>
public sealed class KubernetesHostileNameTests
{
    private static readonly Cluster Prod = TestModels.Cluster("prod");

    private static readonly Gen<string> HostileName = Gen.OneOf(
        OneOf(Hostile()),
        Gen.Char["/%~.:_-@ #aZ0\u0001\u00e9\u4e2d\ud83d\ude00'\"\\{}$*"].Array[0, 12].Select(c => new string(c)),
        Gen.String[0, 300]);

    [Fact]
    public void Every_name_that_recorded_servers_read_as_something_else_stays_a_quoted_string()
    {
        var names = new[] { "yaml-plain-scalars", "yaml-null-name", "yaml-comment-truncates", "yaml-ok-plain" }
            .SelectMany(id => ((string)KubernetesOracle.Fact(id)["try"]!).Replace("subject name: ", "", StringComparison.Ordinal).Replace("name: ", "", StringComparison.Ordinal).Split([" / ", " ; ", " or "], StringSplitOptions.None))
            .Concat(KubernetesOracle.Cases("rbac_names.json").Select(c => (string)c["name"]!))
            .Concat(Hostile())
            .Where(name => name.Length > 0 && KubernetesNames.IsWritable(name) && !name.StartsWith("system:", StringComparison.Ordinal) && !name.StartsWith("policyc:", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        Assert.Contains("0o17", names);
        Assert.Contains("a #b", names);
        Assert.Contains("~", names);
        Assert.True(names.Length > 60);

        var run = WriteFine(Prod, [.. names.SelectMany(name => new[] { Foreign(Prod, name, "view"), Foreign(Prod, name, "view", "web", RbacSubjectKind.User) })]);
        AssertAccepted(run);
        foreach (var kind in new[] { "ClusterRoleBinding", "RoleBinding" })
        {
            Assert.Equal(names.Order(StringComparer.Ordinal), run.Objects().Where(o => (string?)o["kind"] == kind).Select(o => (string)o["subjects"]![0]!["name"]!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Any_name_is_written_as_it_is_or_refused()
        => HostileName.Select(HostileName).Sample(
            (subject, role) =>
            {
                foreach (var kind in Enum.GetValues<RbacSubjectKind>())
                {
                    var run = Write(Prod, Foreign(Prod, subject, role, kind: kind), Foreign(Prod, subject, role, "web", kind));
                    var isSubjectFine = subject.Length > 0 && KubernetesNames.IsWritable(subject)
                        && !subject.StartsWith("system:", StringComparison.Ordinal) && !subject.StartsWith("policyc:", StringComparison.Ordinal);
                    var isRoleFine = KubernetesNames.IsPathSegment(role) && KubernetesNames.IsWritable(role) && !role.StartsWith("policyc:", StringComparison.Ordinal);
                    Assert.Equal((isSubjectFine ? 0 : 1) + (isRoleFine ? 0 : 1), run.Diagnostics.Length);
                    AssertAccepted(run);
                    if (!isSubjectFine || !isRoleFine)
                    {
                        continue;
                    }

                    var bindings = run.Objects().Where(o => o["roleRef"] is not null).ToArray();
                    Assert.Equal(2, bindings.Length);
                    Assert.All(bindings, b => Assert.Equal((subject, role, kind.ToString()), ((string)b["subjects"]![0]!["name"]!, (string)b["roleRef"]!["name"]!, (string)b["subjects"]![0]!["kind"]!)));
                }
            },
            iter: 1000);

    [Fact]
    public void Names_of_one_role_never_collide()
        => Gen.Select(HostileName, HostileName, Gen.Bool, Gen.Bool).Sample(
            (a, b, isUserA, isUserB) =>
            {
                if (!KubernetesNames.IsWritable(a) || !KubernetesNames.IsWritable(b) || (a == b && isUserA == isUserB))
                {
                    return;
                }

                Assert.NotEqual(Name(a, isUserA, "view"), Name(b, isUserB, "view"));
            },
            iter: 20_000);

    [Fact]
    public void Owned_names_never_collide_and_can_be_decoded()
    {
        var declared = OneOf("a", "as", "b", "a-b", "as-view", "prod", "view", "lock", "applier", "alice@acme.com", "x/y%z@acme.com");
        var suffix = OneOf("", ":via-teleport", ":when-managed", ":via-a:when-b");
        var role = OneOf("view", "as:view", "a:as:view", "policyc:r", "system:x", "a-b", "-", "as");
        Gen.Select(declared, declared, suffix, role).Array[2].Sample(
            pair =>
            {
                string Subject(int i) => $"policyc:{pair[i].Item1}:{pair[i].Item2}{pair[i].Item3}";
                var names = Enumerable.Range(0, 2).Select(i => KubernetesNames.BindingName(new RbacSubject(RbacSubjectKind.Group, Subject(i), true), pair[i].Item4)).ToArray();
                Assert.Equal((Subject(0), pair[0].Item4) == (Subject(1), pair[1].Item4), names[0] == names[1]);
            },
            iter: 20_000);
    }

    [Fact]
    public void Long_names_are_shortened_and_stay_different()
    {
        var x = new string('x', 250);
        Assert.Equal(253, Name(x[..248], false, "view").Length);
        Assert.InRange(Name(x, false, "view").Length, 200, 253);
        Assert.NotEqual(Name(x, false, "view"), Name(x + "y", false, "view"));
        Assert.NotEqual(Name(x, false, "view"), Name(x, false, "edit"));
        Assert.NotEqual(Name(x, false, "view"), Name(x, true, "view"));
    }

    [Theory]
    [InlineData("acme/sre", "acme~2Fsre-view")]
    [InlineData("100%", "100~25-view")]
    [InlineData(".", ".-view")]
    [InlineData("oidc:SRE", "oidc:SRE-view")]
    [InlineData("a~2Fb", "a~7E2Fb-view")]
    [InlineData("tailnet-editers", "tailnet-editers-view")]
    [InlineData("日", "~E6~97~A5-view")]
    public void Others_names_are_encoded(string group, string expected) => Assert.Equal(expected, Name(group, false, "view"));

    [Fact]
    public void Every_golden_object_is_accepted()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy()));
        var cluster = Prod.With(path);
        var access = TestModels.Access(cluster, [FakeProxyKind.Identity(cluster, path, "sre", groups: "g")], rights: [Right(cluster, "a", Own("r", Rule(["get"], [""], ["pods"]))), Right(cluster, "a", "view", "web")]);
        foreach (var applier in new[] { "User:jo@acme.com", "Group:gitops", "ServiceAccount:argocd/argocd-application-controller" })
        {
            AssertAccepted(WriteFine(TestModels.Model([path], [access]), ("applier", applier), ("delivery", "argocd")));
        }
    }

    internal static void AssertAccepted(KubernetesRun run)
    {
        var identities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in run.Objects())
        {
            var kind = (string)item["kind"]!;
            Assert.True(identities.Add($"{kind}|{item["metadata"]!["labels"]!["policyc.dev/cluster"]}|{item["metadata"]!["namespace"]}|{item["metadata"]!["name"]}"), "an object is written twice");
            Assert.True(((string)item["metadata"]!["name"]!).Length <= 253);
            if (kind != "ConfigMap")
            {
                Assert.Equal("rbac.authorization.k8s.io/v1", (string?)item["apiVersion"]);
                Assert.Empty(RbacObjectValidator.Validate(kind, item));
            }
        }
    }

    private static string Name(string subject, bool isUser, string role)
        => KubernetesNames.BindingName(new RbacSubject(isUser ? RbacSubjectKind.User : RbacSubjectKind.Group, subject, IsOwned: false), role);

    private static string[] Hostile() =>
    [
        "y", "Y", "yes", "no", "on", "off", "true", "False", "null", "~", "007", "1e3", "0x1F", "1_000", ".5", "0o17", "12:30:45", "2024-01-01", ".inf", "-.Inf", ".nan", "=", "<<",
        "a #b", "#", "a: b", "- a", "? a", "[a]", "{a: b}", "&a", "*a", "!!str a", "%YAML", "---", "...", "|", ">", "@a", "`a`", "'", "\"", "\\", "\\n", "a\nb", "\t", "\u0000", "\u0085", "\u2028", "\ufeff",
        " a", "a ", ".", "..", "/", "a/b", "../../etc", "a%2fb", "system:masters", "policyc:prod:sre", "user:a", "user~3Aa", "a~", "~.", "{cluster}", "${x}", "{{x}}", "", "\ud83d", "\ud83d\ude00",
    ];

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
