using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The three small examples give what the articles they follow set up by hand: the names and values that other systems already know.</summary>
public sealed class ArticleTests
{
    [Fact]
    public void Tailscale_operator()
    {
        var files = new ExampleProject("tailscale-operator").Committed();
        var policy = Compact(files["tailscale/policy.hujson"]);
        Assert.Contains("\"groups\":{\"group:sre\":[\"example@org.com\"],}", policy, StringComparison.Ordinal);
        Assert.Contains("\"tagOwners\":{\"tag:k8s\":[\"tag:k8s-operator\"],\"tag:k8s-operator\":[],}", policy, StringComparison.Ordinal);
        Assert.Contains(Grant("autogroup:member", "tailnet-editers"), policy, StringComparison.Ordinal);
        Assert.Contains(Grant("group:sre", "tailnet-admins"), policy, StringComparison.Ordinal);
        Assert.Equal(2, policy.Split("\"src\":[").Length - 1);

        var cluster = files["kubernetes/gke/cluster.yaml"];
        Assert.Contains(Binding("tailnet-editers-edit", "gke", "edit", "tailnet-editers"), cluster, StringComparison.Ordinal);
        Assert.Contains(Binding("tailnet-admins-admin", "gke", "admin", "tailnet-admins"), cluster, StringComparison.Ordinal);

        static string Grant(string from, string group)
            => $$$"""{"src":["{{{from}}}"],"dst":["tag:k8s"],"ip":["tcp:443"],"app":{"tailscale.com/cap/kubernetes":[{"impersonate":{"groups":["{{{group}}}"]}}],},}""";
    }

    [Theory]
    [InlineData("v4", "teleport/demo/github.yaml", "https://teleport.example.com:3080/v1/webapi/github/callback")]
    [InlineData("v18", "teleport/20-connector.yaml", "https://teleport.example.com/v1/webapi/github/callback")]
    public void Teleport_with_github(string version, string connectorFile, string callback)
    {
        var files = new ExampleProject($"teleport-github/{version}").Committed();
        var connector = files[connectorFile];
        Assert.Contains("kind: \"github\"\nversion: \"v3\"\nmetadata:\n  name: \"github\"\n", connector, StringComparison.Ordinal);
        Assert.Contains($"redirect_url: \"{callback}\"", connector, StringComparison.Ordinal);
        Assert.Contains("- organization: \"your-organization\"\n    team: \"your-team\"\n", connector, StringComparison.Ordinal);

        var cluster = files["kubernetes/demo/cluster.yaml"];
        Assert.Contains(
            """
            rules:
            - apiGroups:
              - ""
              resources:
              - "pods"
              - "services"
              verbs:
              - "get"
              - "list"
            - apiGroups:
              - "apps"
              resources:
              - "deployments"
              verbs:
              - "get"
              - "list"
            ---
            """.ReplaceLineEndings("\n"),
            cluster,
            StringComparison.Ordinal);
        Assert.Contains(Binding("guest-policyc:guest", "demo", "policyc:guest", "guest"), cluster, StringComparison.Ordinal);
    }

    [Fact]
    public void Teleport_4_maps_the_team_in_the_connector_itself()
        => Assert.EndsWith(
            """
              display: "Github"
              redirect_url: "https://teleport.example.com:3080/v1/webapi/github/callback"
              teams_to_logins:
              - organization: "your-organization"
                team: "your-team"
                logins:
                - "root"
                kubernetes_groups:
                - "guest"

            """.ReplaceLineEndings("\n"),
            new ExampleProject("teleport-github/v4").Committed()["teleport/demo/github.yaml"],
            StringComparison.Ordinal);

    [Fact]
    public void Cloudflare_zero_trust()
    {
        var module = Compact(new ExampleProject("cloudflare-zero-trust").Committed()["cloudflare/gateway.tf.json"]);
        Assert.Contains("\"type\":\"IP\",\"items\":[{\"value\":\"198.51.100.101\"", module, StringComparison.Ordinal);
        Assert.Contains("{\"value\":\"2001:db8::101\"", module, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"off\",\"filters\":[\"http\"],\"traffic\":\"any(http.conn.dst_ip[*]in{198.51.100.1012001:db8::101})\"", module, StringComparison.Ordinal);
        Assert.Contains("\"network\":\"198.51.100.101/32\"", module, StringComparison.Ordinal);
        Assert.Contains("\"network\":\"2001:db8::101/128\"", module, StringComparison.Ordinal);

        // What the article leaves out: who may connect, and that nobody else may.
        Assert.Contains("\"action\":\"allow\",\"filters\":[\"l4\"],\"traffic\":\"net.dst.ipin${format(", module, StringComparison.Ordinal);
        Assert.Contains("\"identity\":\"any(identity.groups.name[*]in{\\\"Engineering\\\"})\"", module, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"block\",\"filters\":[\"l4\"],\"traffic\":\"net.dst.ipin{198.51.100.1012001:db8::101}\",\"identity\":\"\"", module, StringComparison.Ordinal);
    }

    private static string Binding(string name, string cluster, string role, string group) =>
        $"""
        kind: "ClusterRoleBinding"
        metadata:
          name: "{name}"
          labels:
            app.kubernetes.io/managed-by: "policyc"
            policyc.dev/cluster: "{cluster}"
        roleRef:
          apiGroup: "rbac.authorization.k8s.io"
          kind: "ClusterRole"
          name: "{role}"
        subjects:
        - apiGroup: "rbac.authorization.k8s.io"
          kind: "Group"
          name: "{group}"

        """.ReplaceLineEndings("\n");

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
