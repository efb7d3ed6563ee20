using System.Text.RegularExpressions;
using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>A small company that is built and whose live systems then say something else.</summary>
internal sealed partial class LiveProject : IDisposable
{
    public const string Policy = """
        default via tailscale, teleport
        user alice { email = "alice@acme.com"  github = "alice-a" }
        group sre { members = [alice, bob@acme.com]  github = "acme/sre" }
        group dev { tailscale = "group:dev@acme.com"  github = "acme/dev"  okta = "Dev" }
        cluster prod {
          tailscale  { tag = "tag:k8s-prod" }
          teleport   { label = "policyc-cluster=prod" }
          cloudflare { addresses = ["198.51.100.1"]  port = 6443 }
          authentication { oidc { people = okta  groups_prefix = "oidc:" } }
        }
        cluster stg {
          tailscale { tag = "tag:k8s-stg" }
          teleport  { label = "policyc-cluster=stg" }
        }
        role viewer = clusterrole "view"
        allow sre as viewer on all clusters cluster-wide
        allow dev as viewer on stg in web
        allow dev as viewer on prod in web via cloudflare

        """;

    public CliTestHost Cli { get; } = new() { OtherPipeline = new CompilerPipeline() };

    public LiveProject(string policy = Policy, string settings = "language: 1\n")
    {
        Cli.Folder.Write("access.policy", policy);
        Cli.Folder.Write("policyc.yaml", settings);
    }

    public void Dispose() => Cli.Dispose();

    public CliResult Run(params string[] args) => Cli.Run(args);

    public void Build() => Xunit.Assert.Equal((0, ""), (Run("build", "--quiet") is var result ? result.Status : 1, result.Output));

    public string Read(string path) => File.ReadAllText(Cli.Folder.Full(path));

    public void Write(string path, string text) => Cli.Folder.Write(path, text);

    /// <summary>Changes a file by replacing a text that is in it.</summary>
    public void Replace(string path, string old, string replacement)
    {
        var text = Read(path);
        Xunit.Assert.Contains(old, text, StringComparison.Ordinal);
        Write(path, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>All manifests of a cluster in one text, as <c>kubectl get -o yaml</c> would give them.</summary>
    public string Manifests(string cluster)
        => string.Join("---\n", Directory.EnumerateFiles(Cli.Folder.Full($"out/kubernetes/{cluster}"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText));

    /// <summary>A binding as an API server prints it.</summary>
    public static string Binding(string name, string role, string kind, string subject) => $$"""
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: |
              {"kind":"ClusterRoleBinding"}
          creationTimestamp: "2024-01-01T00:00:00Z"
          labels:
            kubernetes.io/bootstrapping: rbac-defaults
          managedFields:
          - apiVersion: rbac.authorization.k8s.io/v1
            fieldsType: FieldsV1
            fieldsV1:
              f:roleRef: {}
            manager: kubectl
            operation: Update
            time: "2024-01-01T00:00:00Z"
          name: {{name}}
          resourceVersion: "123"
          uid: 00000000-0000-0000-0000-000000000000
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: {{role}}
        subjects:
        - apiGroup: rbac.authorization.k8s.io
          kind: {{kind}}
          name: {{subject}}

        """;

    /// <summary>An output without line numbers, which change with every line of an artefact.</summary>
    public static string WithoutLines(string text) => Lines().Replace(text, ":L");

    [GeneratedRegex(@"(?<=\.\w+):\d+:\d+")]
    private static partial Regex Lines();
}
