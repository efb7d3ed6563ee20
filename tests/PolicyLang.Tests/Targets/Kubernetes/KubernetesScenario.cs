using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Tests.Support;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>What the kubernetes target made of a model.</summary>
internal sealed record KubernetesRun(ImmutableDictionary<string, string> Files, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<Assumption> Assumptions)
{
    /// <summary>All objects of all files but the kustomizations, which are no objects of the cluster.</summary>
    public JsonObject[] Objects()
        => [.. Files.Where(f => !f.Key.EndsWith("kustomization.yaml", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => YamlDocuments.Read(f.Value))];

    public JsonObject Object(string kind, string name)
        => Objects().Single(o => (string?)o["kind"] == kind && (string?)o["metadata"]!["name"] == name);
}

/// <summary>Builds small models for the kubernetes target and runs it.</summary>
internal static class KubernetesScenario
{
    public static RightLink Right(Cluster cluster, string subject, string clusterRole, string? ns = null)
        => Right(cluster, subject, new ExistingClusterRole(clusterRole), ns);

    public static RightLink Right(Cluster cluster, string subject, RoleComponent component, string? ns = null)
        => new(cluster, new RbacSubject(RbacSubjectKind.Group, $"policyc:{cluster.Name}:{subject}", IsOwned: true), component, ns, TestModels.Group(subject), [TestModels.Rule($"allow {subject} as x on {cluster.Name} cluster-wide")]);

    public static RightLink Foreign(Cluster cluster, string name, string clusterRole, string? ns = null, RbacSubjectKind kind = RbacSubjectKind.Group)
        => new(cluster, new RbacSubject(kind, name, IsOwned: false), new ExistingClusterRole(clusterRole), ns, TestModels.Group("team"), [TestModels.Rule($"allow team as x on {cluster.Name} in {name}")]);

    public static OwnClusterRole Own(string name, params RbacRule[] rules) => new("policyc:" + name, [.. rules]);

    public static RbacRule Rule(string[] verbs, string[] apiGroups, string[] resources, params string[] names) => new([.. verbs], [.. apiGroups], [.. resources], [.. names], []);

    public static Cluster With(this Cluster cluster, params AccessPath[] paths)
        => cluster with { Paths = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, paths.Select(p => KeyValuePair.Create(p.Name, SettingBlock.Empty))) };

    public static KubernetesRun Write(AccessModel model, params (string Key, object Value)[] settings)
    {
        var target = new KubernetesTarget();
        var diagnostics = new DiagnosticBag();
        var output = target.Write(new TargetContext(model, TestModels.Block(target.ProjectSettings, settings), diagnostics), CancellationToken.None);
        return new KubernetesRun(
            output.Files.ToImmutableDictionary(f => f.Path, f => new UTF8Encoding(false, true).GetString(f.Content.Span), StringComparer.Ordinal),
            diagnostics.ToSortedArray(),
            output.Assumptions);
    }

    public static KubernetesRun Write(Cluster cluster, params RightLink[] rights) => Write(TestModels.Model([], [TestModels.Access(cluster, rights: rights)]));

    public static KubernetesRun WriteFine(AccessModel model, params (string Key, object Value)[] settings)
    {
        var run = Write(model, settings);
        return run.Diagnostics.IsEmpty ? run : throw new InvalidOperationException(string.Join("; ", run.Diagnostics.Select(d => d.Message)));
    }

    public static KubernetesRun WriteFine(Cluster cluster, params RightLink[] rights) => WriteFine(TestModels.Model([], [TestModels.Access(cluster, rights: rights)]));

    public static string[] Texts(this JsonNode? list) => list is JsonArray array ? [.. array.Select(item => (string)item!)] : [];
}

/// <summary>A kind of path that carries an identity, with proxies to order.</summary>
internal sealed class FakeProxyKind(params ImpersonatingProxy[] proxies) : PathKind
{
    public override string Name => "fake";

    public override PathCarries Carries => PathCarries.Identity;

    public override SettingSchema PathSettings => SettingSchema.Empty;

    public override SettingSchema ClusterSettings => SettingSchema.Empty;

    public override ImmutableArray<PrincipalKind> Accepts => [PrincipalKind.Group];

    public override string? DefaultPeople => "github";

    public static ImpersonatingProxy Proxy(string name = "fake", string[]? users = null, string account = "operator") => new(name, "proxies", account, users is null ? null : [.. users]);

    public static IdentityLink Identity(Cluster cluster, AccessPath path, string subject, bool isEmptied = false, params string[] groups)
    {
        var group = TestModels.Group(subject);
        return TestModels.Identity(cluster, path, group, groups, null, isEmptied ? [] : [TestModels.Principal(PrincipalKind.Group, "github", "acme/" + subject, group)]);
    }

    public override ImmutableArray<ImpersonatingProxy> ProxiesOf(AccessPath path, Cluster cluster) => [.. proxies];
}
