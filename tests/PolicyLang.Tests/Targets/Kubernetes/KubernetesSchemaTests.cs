using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>The schema that ships for editors. All documents go through it as one array, because validations are counted.</summary>
public sealed class KubernetesSchemaTests
{
    [Fact]
    public void Every_document_fits_the_schema()
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(), FakeProxyKind.Proxy("fake.b", ["policyc:fake"], "b")));
        var cluster = TestModels.Cluster("prod").With(path);
        var empty = TestModels.Cluster("empty").With(path);
        var retired = TestModels.Cluster("old") with { IsRetired = true };
        var role = Own("r", Rule(["get"], ["", "apps"], ["pods", "deployments"], "a"), new PolicyLang.Access.RbacRule(["get"], [], [], [], ["/metrics"]));
        var access = TestModels.Access(
            cluster,
            [FakeProxyKind.Identity(cluster, path, "sre", groups: "policyc:prod:sre")],
            rights: [Right(cluster, "sre", role), Right(cluster, "sre", "view", "web"), Foreign(cluster, "a/b #c", "view"), Foreign(cluster, "jo@acme.com", "view", "web", PolicyLang.Access.RbacSubjectKind.User)]);
        var model = TestModels.Model([path], [access, TestModels.Access(empty), TestModels.Access(retired)]);

        var documents = new JArray();
        foreach (var (delivery, applier) in new[] { ("none", "User:jo"), ("argocd", "Group:ops"), ("flux", "ServiceAccount:flux-system/kustomize-controller") })
        {
            foreach (var text in WriteFine(model, ("delivery", delivery), ("applier", applier)).Files.Values)
            {
                foreach (var document in YamlDocuments.Read(text))
                {
                    documents.Add(JToken.Parse(document.ToJsonString()));
                }
            }
        }

        Assert.True(documents.Count > 40);
        Assert.Equal(["ClusterRole", "ClusterRoleBinding", "ConfigMap", "Kustomization", "RoleBinding"], documents.Select(d => (string)d["kind"]!).Distinct().Order(StringComparer.Ordinal));
        var isValid = documents.IsValid(ListOf(Schema()), out IList<string> errors);
        Assert.True(isValid, string.Join('\n', errors));
    }

    [Fact]
    public void The_schema_refuses_what_would_widen_or_be_refused()
    {
        const string subjects = """[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"g"}]""";
        string Binding(string kind, string name, string reference, string s, string ns = "") =>
            $$$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}"{{{ns}}},"labels":{"app.kubernetes.io/managed-by":"policyc","policyc.dev/cluster":"c"}},"roleRef":{{{reference}}},"subjects":{{{s}}}}""";
        string Role(string rule) => $$$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"r","labels":{"app.kubernetes.io/managed-by":"policyc","policyc.dev/cluster":"c"}},"rules":[{{{rule}}}]}""";
        const string view = """{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}""";
        var schema = Schema();
        string[] good =
        [
            Binding("ClusterRoleBinding", "x", view, subjects),
            Binding("RoleBinding", "x", view, subjects, ",\"namespace\":\"web\""),
            Role("""{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}"""),
        ];
        string[] bad =
        [
            Binding("ClusterRoleBinding", "a/b", view, subjects),
            Binding("ClusterRoleBinding", "x", view, subjects, ",\"namespace\":\"web\""),
            Binding("RoleBinding", "x", view, subjects),
            Binding("RoleBinding", "x", view.Replace("ClusterRole", "Role", StringComparison.Ordinal), subjects, ",\"namespace\":\"web\""),
            Binding("ClusterRoleBinding", "x", view, subjects.Replace("\"g\"", "\"system:masters\"", StringComparison.Ordinal)),
            Binding("ClusterRoleBinding", "x", view, subjects.Replace("\"g\"", "\"\"", StringComparison.Ordinal)),
            Role("""{"apiGroups":[""],"resources":["pods"],"resourceNames":[],"verbs":["get"]}"""),
            Role("""{"apiGroups":[""],"resources":["pods"],"resourceNames":[""],"verbs":["get"]}"""),
            Role("""{"apiGroups":[""],"resources":["pods"],"resourceName":["a"],"verbs":["get"]}"""),
            Role("""{"apiGroups":[""],"resources":["pods"],"verbs":[]}"""),
            Role("""{"apiGroups":[""],"resources":["pods"],"nonResourceURLs":["/"],"verbs":["get"]}"""),
            """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","namespace":"x","resources":["marker.yaml"]}""",
            """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","resources":[]}""",
        ];
        Assert.All(good, text => Assert.True(JToken.Parse(text).IsValid(schema), text));
        Assert.All(bad, text => Assert.False(JToken.Parse(text).IsValid(schema), text));
    }

    private static JSchema Schema() => JSchema.Parse(File.ReadAllText(Path.Combine(KubernetesOracle.RepositoryRoot(), "schemas", "kubernetes-rbac.schema.json")));

    private static JSchema ListOf(JSchema item)
    {
        var list = new JSchema { Type = JSchemaType.Array };
        list.Items.Add(item);
        return list;
    }
}
