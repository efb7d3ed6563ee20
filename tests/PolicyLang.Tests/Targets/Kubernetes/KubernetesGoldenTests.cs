using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Kubernetes.KubernetesScenario;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>Whole files, as people will review them.</summary>
public sealed class KubernetesGoldenTests
{
    private static KubernetesRun Run(params (string Key, object Value)[] settings)
    {
        var path = TestModels.Path(new FakeProxyKind(FakeProxyKind.Proxy(users: ["policyc:fake"])));
        var cluster = TestModels.Cluster("prod").With(path);
        var oncall = Own(
            "oncall",
            Rule(["create"], [""], ["pods/exec"]),
            Rule(["get", "patch"], ["apps"], ["deployments"], "web"),
            new PolicyLang.Access.RbacRule(["get"], [], [], [], ["/metrics"]));
        var access = TestModels.Access(
            cluster,
            [FakeProxyKind.Identity(cluster, path, "sre", groups: "policyc:prod:sre"), FakeProxyKind.Identity(cluster, path, "payments", groups: ["policyc:prod:payments", "tailnet-editers"])],
            rights:
            [
                Right(cluster, "sre", "cluster-admin"),
                Right(cluster, "payments", oncall, "payments"),
                Right(cluster, "payments", "view", "payments"),
                Right(cluster, "payments", oncall, "checkout"),
                Foreign(cluster, "tailnet-editers", "edit"),
            ]);
        var retired = TestModels.Cluster("old") with { IsRetired = true };
        return WriteFine(TestModels.Model([path], [access, TestModels.Access(retired)]), settings);
    }

    [Fact]
    public void The_files_of_a_cluster()
        => Assert.Equal(
            [
                "kubernetes/old/kustomization.yaml",
                "kubernetes/old/marker.yaml",
                "kubernetes/prod/applier/applier.yaml",
                "kubernetes/prod/cluster.yaml",
                "kubernetes/prod/kustomization.yaml",
                "kubernetes/prod/marker.yaml",
                "kubernetes/prod/namespaces/checkout.yaml",
                "kubernetes/prod/namespaces/payments.yaml",
            ],
            Run().Files.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Cluster_wide_objects() => Expect(
        """
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRole"
        metadata:
          name: "policyc:oncall"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        rules:
        - apiGroups:
          - ""
          resources:
          - "pods/exec"
          verbs:
          - "create"
        - apiGroups:
          - "apps"
          resources:
          - "deployments"
          resourceNames:
          - "web"
          verbs:
          - "get"
          - "patch"
        - nonResourceURLs:
          - "/metrics"
          verbs:
          - "get"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRole"
        metadata:
          name: "policyc:lock:fake"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        rules:
        - apiGroups:
          - ""
          resources:
          - "groups"
          resourceNames:
          - "policyc:prod:payments"
          - "policyc:prod:sre"
          - "tailnet-editers"
          verbs:
          - "impersonate"
        - apiGroups:
          - ""
          resources:
          - "users"
          resourceNames:
          - "policyc:fake"
          verbs:
          - "impersonate"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRoleBinding"
        metadata:
          name: "policyc:prod:sre:as:cluster-admin"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "cluster-admin"
        subjects:
        - apiGroup: "rbac.authorization.k8s.io"
          kind: "Group"
          name: "policyc:prod:sre"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRoleBinding"
        metadata:
          name: "tailnet-editers-edit"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "edit"
        subjects:
        - apiGroup: "rbac.authorization.k8s.io"
          kind: "Group"
          name: "tailnet-editers"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRoleBinding"
        metadata:
          name: "policyc:lock:fake"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "policyc:lock:fake"
        subjects:
        - kind: "ServiceAccount"
          name: "operator"
          namespace: "proxies"

        """,
        Run().Files["kubernetes/prod/cluster.yaml"]);

    [Fact]
    public void The_bindings_of_a_namespace() => Expect(
        """
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "RoleBinding"
        metadata:
          name: "policyc:prod:payments:as:policyc:oncall"
          namespace: "payments"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "policyc:oncall"
        subjects:
        - apiGroup: "rbac.authorization.k8s.io"
          kind: "Group"
          name: "policyc:prod:payments"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "RoleBinding"
        metadata:
          name: "policyc:prod:payments:as:view"
          namespace: "payments"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "view"
        subjects:
        - apiGroup: "rbac.authorization.k8s.io"
          kind: "Group"
          name: "policyc:prod:payments"

        """,
        Run().Files["kubernetes/prod/namespaces/payments.yaml"]);

    [Fact]
    public void The_kustomization_lists_the_marker_first()
    {
        Expect(
            """
            apiVersion: "kustomize.config.k8s.io/v1beta1"
            kind: "Kustomization"
            resources:
            - "marker.yaml"
            - "cluster.yaml"
            - "namespaces/checkout.yaml"
            - "namespaces/payments.yaml"

            """,
            Run().Files["kubernetes/prod/kustomization.yaml"]);
        Expect(
            """
            apiVersion: "kustomize.config.k8s.io/v1beta1"
            kind: "Kustomization"
            resources:
            - "marker.yaml"

            """,
            Run().Files["kubernetes/old/kustomization.yaml"]);
    }

    [Fact]
    public void The_marker() => Expect(
        """
        apiVersion: "v1"
        kind: "ConfigMap"
        metadata:
          name: "policyc-marker"
          namespace: "policyc-system"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "old"
        data:
          cluster: "old"

        """,
        Run(("marker_namespace", "policyc-system")).Files["kubernetes/old/marker.yaml"]);

    [Fact]
    public void The_applier() => Expect(
        """
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRole"
        metadata:
          name: "policyc:applier:prod"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        rules:
        - apiGroups:
          - "rbac.authorization.k8s.io"
          resources:
          - "clusterrolebindings"
          - "rolebindings"
          verbs:
          - "create"
          - "delete"
          - "get"
          - "list"
          - "patch"
          - "update"
          - "watch"
        - apiGroups:
          - "rbac.authorization.k8s.io"
          resources:
          - "clusterroles"
          verbs:
          - "get"
          - "list"
          - "watch"
        - apiGroups:
          - "rbac.authorization.k8s.io"
          resources:
          - "clusterroles"
          resourceNames:
          - "cluster-admin"
          - "edit"
          - "policyc:lock:fake"
          - "policyc:oncall"
          - "view"
          verbs:
          - "bind"
        - apiGroups:
          - "rbac.authorization.k8s.io"
          resources:
          - "clusterroles"
          resourceNames:
          - "policyc:lock:fake"
          - "policyc:oncall"
          verbs:
          - "create"
          - "delete"
          - "escalate"
          - "patch"
          - "update"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRole"
        metadata:
          name: "policyc:applier:prod:marker"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        rules:
        - apiGroups:
          - ""
          resources:
          - "configmaps"
          resourceNames:
          - "policyc-marker"
          verbs:
          - "create"
          - "delete"
          - "get"
          - "patch"
          - "update"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "ClusterRoleBinding"
        metadata:
          name: "policyc:applier:prod"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "policyc:applier:prod"
        subjects:
        - kind: "ServiceAccount"
          name: "kustomize-controller"
          namespace: "flux-system"
        ---
        apiVersion: "rbac.authorization.k8s.io/v1"
        kind: "RoleBinding"
        metadata:
          name: "policyc:applier:prod:marker"
          namespace: "default"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "prod"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "policyc:applier:prod:marker"
        subjects:
        - kind: "ServiceAccount"
          name: "kustomize-controller"
          namespace: "flux-system"

        """,
        Run(("applier", "ServiceAccount:flux-system/kustomize-controller"), ("delivery", "flux")).Files["kubernetes/prod/applier/applier.yaml"]);

    [Fact]
    public void Deliveries_add_their_annotations_and_nothing_else()
    {
        var plain = Run();
        foreach (var (delivery, line) in new[] { ("argocd", "    argocd.argoproj.io/sync-options: \"ServerSideApply=true\"\n"), ("flux", "    kustomize.toolkit.fluxcd.io/force: \"enabled\"\n") })
        {
            var run = Run(("delivery", delivery));
            Assert.Contains("  annotations:\n" + line, run.Files["kubernetes/prod/namespaces/payments.yaml"], StringComparison.Ordinal);
            Assert.Equal(plain.Files, run.Files.ToDictionary(f => f.Key, f => f.Value.Replace("  annotations:\n" + line, "", StringComparison.Ordinal)));
        }

        Assert.Equal(plain.Files, Run(("delivery", "none")).Files);
    }

    [Fact]
    public void The_output_template_is_the_users()
        => Assert.Contains("gitops/prod/policyc/namespaces/payments.yaml", Run(("output", "gitops/{cluster}/policyc")).Files.Keys);

    [Fact]
    public void The_order_of_links_does_not_matter()
    {
        var cluster = TestModels.Cluster("prod");
        var rights = new[] { Right(cluster, "a", "view"), Right(cluster, "b", "view", "x"), Right(cluster, "c", Own("r", Rule(["get"], [""], ["pods"])), "x"), Right(cluster, "d", "edit", "a") };
        Assert.Equal(WriteFine(cluster, rights).Files, WriteFine(cluster, [.. rights.Reverse()]).Files);
    }

    private static void Expect(string expected, string actual) => Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
}
