using System.Text;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>What was seen on real API servers and is about reading files; the rest is about changing clusters, and skipped by name.</summary>
internal static class LiveFacts
{
    private const string Changes = "about changing a cluster over time, which one set of files does not show";
    private const string Holder = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- kind: Group\n";

    private static readonly Dictionary<string, Func<bool>> Checks = new(StringComparer.Ordinal)
    {
        ["dangling-roleref"] = () => Allows(Holder + "  name: g\n", "get", "", "pods") == Truth.Unknown,
        ["escalation-covered"] = EscalationCovered,
        ["aggregation-flow"] = AggregationFlow,
        ["aggregation-needs-controller"] = () => BuiltInRoles.Default.Roles.Single(r => r.Metadata.Name == "view").Rules.IsEmpty,
        ["typo-field-widens"] = TypoWidens,
        ["yaml-plain-scalars"] = () => new[] { "y", "on", "no", "007", "1e3", "0x1F", "1_000", ".5", "0o17" }.All(text => Subject(text) is null),
        ["yaml-null-name"] = () => Subject("null") is null && Subject("~") is null,
        ["yaml-comment-truncates"] = () => Subject("a #b") == "a",
        ["yaml-ok-plain"] = () => new[] { "github:acme:platform", "2024-01-01", "12:30:45" }.All(text => Subject(text) == text),
        ["yaml-flow-bool"] = () => ManifestYaml.Read("data: {x: y}", CancellationToken.None).Documents is [{ Root: ManifestMap map }]
            && map.Find("data") is ManifestMap data && data.Find("x") is ManifestScalar { Kind: ManifestScalarKind.Boolean },
        ["create-resourcenames-ssa"] = () => NamedRule("patch", "create") is var rule && RbacRules.Allows(rule, Ask("create", "configmaps", "q")) && !RbacRules.Allows(rule, Ask("create", "configmaps", "")),
        ["list-resourcenames-fieldselector"] = () => NamedRule("*") is var rule && !Permits(rule, "/api/v1/namespaces/web/configmaps") && Permits(rule, "/api/v1/namespaces/web/configmaps?fieldSelector=metadata.name=q"),
        ["rolebinding-namespace-object"] = () => InWeb("namespaces", "/api/v1/namespaces/web") && !InWeb("namespaces", "/api/v1/namespaces/api") && !InWeb("namespaces", "/api/v1/namespaces"),
        ["rolebinding-nonresource"] = () => !InWeb("*", "/metrics"),
        ["rolebinding-cluster-scoped"] = () => !InWeb("nodes", "/api/v1/nodes"),
        ["user-group-namespace-ignored"] = () => Subject("g\n  namespace: web") == "g",
        ["subject-whitespace"] = () => Subject("\" ci \"") == " ci ",
        ["masters-impersonation"] = () => Read(Holder + "  name: g\n").Allows("jo", ["system:masters"], RbacRequest.ForResource("*", "*", "*"), 36, null).Allowed == Truth.True,
        ["constrained-impersonation"] = ConstrainedImpersonation,
        ["kustomize-namespace"] = () => KustomizationIsDoubted("namespace: policyc-system"),
        ["kustomize-nameprefix"] = () => KustomizationIsDoubted("namePrefix: p-"),
        ["roleref-immutable"] = RoleRefIsImmutable,
    };

    public static ConformanceRow Row()
    {
        var run = new ConformanceRun("kubernetes/live_apiserver_facts.json", "facts about reading");
        foreach (var fact in OracleData.Read(KubernetesConformance.System, "live_apiserver_facts.json")["facts"]!.AsArray())
        {
            if (Checks.TryGetValue(Text(fact, "id"), out var check))
            {
                run.Expect(Text(fact, "id"), true, check());
            }
            else
            {
                run.Skip($"{Text(fact, "id")}: {Changes}");
            }
        }

        return run.ToRow();
    }

    private static ClusterReading Read(string yaml) => ClusterReading.Read([new Artefact("a.yaml", Encoding.UTF8.GetBytes(yaml))], CancellationToken.None);

    private static Truth Allows(string yaml, string verb, string apiGroup, string resource, string ns = "", string group = "g")
        => Read(yaml).Allows("u", [group], RbacRequest.ForResource(verb, apiGroup, resource, ns: ns), 36, null).Allowed;

    private static string? Subject(string written)
    {
        var reading = Read(Holder + $"  name: {written}\n");
        return reading.Rights is [var right] ? right.SubjectName : null;
    }

    private static RbacRequest Ask(string verb, string resource, string name) => RbacRequest.ForResource(verb, "", resource, name: name, ns: "web");

    private static RbacRule NamedRule(params string[] verbs) => new([.. verbs], [""], ["configmaps"], ["q"], []);

    private static bool Permits(RbacRule rule, string url) => RbacRules.Allows(rule, RequestUrls.Parse("GET", url)!);

    private static bool InWeb(string resource, string url)
    {
        var text = $"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r}}\nrules:\n- apiGroups: ['*']\n  resources: ['{resource}']\n  verbs: ['*']\n- nonResourceURLs: [/metrics]\n  verbs: ['*']\n---\n"
            + "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: web}\nroleRef: {kind: ClusterRole, name: r}\nsubjects: [{kind: Group, name: g}]\n";
        return Read(text).Allows("u", ["g"], RequestUrls.Parse("GET", url)!, 36, null).Allowed != Truth.False;
    }

    private static bool EscalationCovered()
    {
        var discovery = BuiltInRoles.Default.RulesOf("system:discovery")!.Value;
        return RbacRules.Covers(discovery, discovery) && !RbacRules.Covers(discovery, BuiltInRoles.Default.RulesOf("cluster-admin")!.Value);
    }

    private static bool AggregationFlow()
    {
        var role = new RbacRoleObject(
            false, new RbacMetadata("widen", "", [KeyValuePair.Create("rbac.authorization.k8s.io/aggregate-to-view", "true")]), [new(["get", "list"], [""], ["secrets"], [], [])], null, default);
        var roles = RoleAggregation.Resolve([.. BuiltInRoles.Default.Roles, role]);
        return new[] { "view", "edit", "admin" }.All(name => RbacRules.Allow(roles.Single(r => r.Metadata.Name == name).Rules, Ask("list", "secrets", "")))
            && !RbacRules.Allow(BuiltInRoles.Default.RulesOf("view")!.Value, Ask("list", "secrets", ""));
    }

    private static bool TypoWidens()
    {
        var reading = Read(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n- apiGroups: ['']\n  resources: [secrets]\n  resourceName: [a]\n  verbs: [get]\n---\n" + Holder + "  name: g\n");
        return reading.Problems.Any(p => p.Kind == ReadingProblemKind.NotModelled)
            && reading.Allows("u", ["g"], RbacRequest.ForResource("get", "", "secrets", name: "b", ns: "web"), 36, null).Allowed == Truth.Unknown;
    }

    private static bool ConstrainedImpersonation()
    {
        RbacRule[] rules =
        [
            new(["impersonate:user-info"], ["authentication.k8s.io"], ["users", "groups"], [], []),
            new(["impersonate-on:user-info:get", "impersonate-on:user-info:list"], [""], ["pods"], [], []),
        ];
        bool Passes(string user, string[] groups, string resource)
            => Impersonation.Decide(r => RbacRules.Allow([.. rules], r), new ImpersonationHeaders(user, [.. groups], null, []), RbacRequest.ForResource("list", "", resource, ns: "web"), isConstrained: true).Refused is null;
        return Passes("jo", ["g"], "pods") && !Passes("jo", ["g"], "secrets") && !Passes("jo", ["system:masters"], "pods")
            && !Passes("system:serviceaccount:web:ci", [], "pods") && !Passes("system:node:n", [], "pods") && Passes("system:kube-controller-manager", [], "pods");
    }

    private static bool KustomizationIsDoubted(string line)
    {
        Artefact[] files = [new("k/kustomization.yaml", Encoding.UTF8.GetBytes($"resources: [a.yaml]\n{line}\n")), new("k/a.yaml", Encoding.UTF8.GetBytes(Holder + "  name: g\n"))];
        return ClusterReading.Read(files, CancellationToken.None) is { IsComplete: false, Rights.Length: 1 };
    }

    private static bool RoleRefIsImmutable()
    {
        var old = new RbacBindingObject(false, new RbacMetadata("b", "", []), new RbacRoleReference(RbacWords.Group, "ClusterRole", "admin"), [], default);
        return RbacValidation.ValidateUpdate(old with { RoleRef = old.RoleRef with { Name = "view" } }, old) is [{ Field: "roleRef", Detail: "cannot change roleRef" }];
    }
}
