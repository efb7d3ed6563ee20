using System.Text.Json.Nodes;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>What the built-in roles hold.</summary>
internal static class BuiltInRecordings
{
    private const string PolicyFile = "bootstrap_policy_1.36.json";

    public static IEnumerable<ConformanceRow> Rows()
    {
        yield return Aggregated();
        yield return Contents();
        yield return Matrix();
    }

    /// <summary>The table of the library, made of the recording.</summary>
    public static string Table()
    {
        var root = OracleData.Read(KubernetesConformance.System, PolicyFile);
        var roles = Nodes(root, "clusterRoles").Concat(Nodes(root, "controllerClusterRoles")).Select(n => Role(n, false)).Concat(Nodes(root, "namespaceRoles").Select(n => Role(n, true)));
        var bindings = Nodes(root, "clusterRoleBindings").Concat(Nodes(root, "controllerClusterRoleBindings")).Select(n => Binding(n, false)).Concat(Nodes(root, "namespaceRoleBindings").Select(n => Binding(n, true)));
        return BuiltInRolesFormat.Write(roles, bindings);
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode root, string key)
        => root[key] is JsonArray list ? list.Select(n => n!) : root[key]!.AsObject().SelectMany(e => e.Value!.AsArray()).Select(n => n!);

    private static ConformanceRow Aggregated()
    {
        var run = new ConformanceRun($"kubernetes/{PolicyFile}", "aggregated ClusterRoles");
        foreach (var role in Nodes(OracleData.Read(KubernetesConformance.System, PolicyFile), "clusterRoles").Where(r => r["aggregatedRules"] is not null))
        {
            var name = Text(role["metadata"], "name");
            run.Expect(name, ShowSorted(Rules(role["aggregatedRules"])), ShowSorted(BuiltInRoles.Default.RulesOf(name) ?? []));
        }

        return run.ToRow();
    }

    private static ConformanceRow Contents()
    {
        var run = new ConformanceRun($"kubernetes/{PolicyFile}", "ClusterRoles of the library's table");
        var root = OracleData.Read(KubernetesConformance.System, PolicyFile);
        foreach (var role in Nodes(root, "clusterRoles").Concat(Nodes(root, "controllerClusterRoles")).Where(r => r["aggregatedRules"] is null))
        {
            var name = Text(role["metadata"], "name");
            run.Expect(name, string.Join("; ", Rules(role["rules"]).Select(Show)), string.Join("; ", (BuiltInRoles.Default.RulesOf(name) ?? []).Select(Show)));
        }

        return run.ToRow();
    }

    private static ConformanceRow Matrix()
    {
        const string File = "bootstrap_matrix_1.36.json";
        var run = new ConformanceRun($"kubernetes/{File}", "requests: which built-in ClusterRoles allow them");
        var meta = OracleData.Read(KubernetesConformance.System, File)["meta"]!;
        var names = Texts(meta, "roles");
        var roles = new RbacRoles(RoleAggregation.Resolve(BuiltInRoles.Default.Roles));
        var (inCluster, inWeb) = (PolicyOf(names, ""), PolicyOf(names, "web"));
        foreach (var test in OracleData.Cases(KubernetesConformance.System, File))
        {
            var scope = Text(test, "scope");
            var request = new RbacRequest(Text(test, "verb"), Text(test, "apiGroup"), Text(test, "resource"), Text(test, "subresource"), "", scope == "rolebinding-in-web" ? "web" : "", null);
            var policy = scope.StartsWith("rolebinding-in-web", StringComparison.Ordinal) ? inWeb : inCluster;
            run.Expect(test.ToJsonString(), string.Join(' ', Texts(test, "allowedRoles")), string.Join(' ', Allowing(policy, roles, names, request)));
        }

        foreach (var test in meta["nonResource"]!.AsArray().Select(n => n!))
        {
            var request = RbacRequest.ForUrl(Text(test, "verb"), Text(test, "path"));
            run.Expect(test.ToJsonString(), string.Join(' ', Texts(test, "allowedRoles")), string.Join(' ', Allowing(inCluster, roles, names, request)));
        }

        return run.ToRow();
    }

    private static IEnumerable<string> Allowing(RbacPolicy policy, RbacRoles roles, IEnumerable<string> names, RbacRequest request)
        => names.Where(name => policy.Decide(roles, "u", ["may:" + name], request).Grant is not null);

    private static RbacPolicy PolicyOf(IEnumerable<string> names, string ns)
        => new([.. names.Select(name => new RbacBindingObject(
            ns.Length > 0,
            new RbacMetadata(name, ns, []),
            new RbacRoleReference(RbacWords.Group, RbacWords.ClusterRole, name),
            [new RbacSubjectObject(RbacWords.Group, RbacWords.GroupSubject, "may:" + name, "")],
            default))]);
}
