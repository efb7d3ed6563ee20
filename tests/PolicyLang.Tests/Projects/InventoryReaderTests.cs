using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Tests.Data;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Projects;

public class InventoryReaderTests
{
    private const string Rows = "prod-a {env: prod, tailscale: {tag: tag:a}} | prod-b {env: prod}";

    [Theory]
    [InlineData("t.yaml", "- { name: prod-a, env: prod, tailscale: { tag: tag:a } }\n- env: prod\n  name: prod-b\n")]
    [InlineData("t.yaml", "prod-a:\n  env: prod\n  tailscale: { tag: tag:a }\nprod-b: { env: prod, name: prod-b }\n")]
    [InlineData("t.yaml", "clusters:\n  - { name: prod-a, env: prod, tailscale: { tag: tag:a } }\n  - { name: prod-b, env: prod }\n")]
    [InlineData("t.yaml", "clusters:\n  prod-a: { env: prod, tailscale: { tag: tag:a } }\n  prod-b: { env: prod }\n")]
    [InlineData("t.json", """{"clusters":{"sensitive":false,"type":["list",["object",{"name":"string"}]],"value":[{"name":"prod-a","env":"prod","tailscale":{"tag":"tag:a"}},{"name":"prod-b","env":"prod"}]},"vpc":{"sensitive":false,"type":"string","value":"x"}}""")]
    [InlineData("t.json", """{"value":{"prod-a":{"env":"prod","tailscale":{"tag":"tag:a"}},"prod-b":{"env":"prod"}},"type":"x"}""")]
    [InlineData("t.json", """{"value":[{"name":"prod-a","env":"prod","tailscale":{"tag":"tag:a"}},{"name":"prod-b","env":"prod"}]}""")]
    [InlineData("t.json", """[{"name":"prod-a","env":"prod","tailscale":{"tag":"tag:a"}},{"name":"prod-b","env":"prod"}]""")]
    public void Every_shape_gives_the_same_rows(string path, string text)
    {
        var diagnostics = new DiagnosticBag();
        var rows = InventoryReader.ReadClusters(new SourceText(path, text), diagnostics);
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(Rows, string.Join(" | ", rows.Select(r => $"{r.Name.Text} {DataText.Of(r.Body).Replace("'", "", StringComparison.Ordinal)}")));
        Assert.All(rows, r => Assert.Equal(r.Name.Text, r.Name.Location.Text.Trim('"')));
    }

    [Fact]
    public void A_cluster_may_be_called_clusters_beside_others()
    {
        var diagnostics = new DiagnosticBag();
        var rows = InventoryReader.ReadClusters(new SourceText("t.yaml", "clusters: {}\nprod: {}\n"), diagnostics);
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(["clusters", "prod"], rows.Select(r => r.Name.Text));
    }

    [Theory]
    [InlineData("a", "1:1 invalid-inventory [a]")]
    [InlineData("- a", "1:3 invalid-inventory [a]")]
    [InlineData("a: b", "1:4 invalid-inventory [b]")]
    [InlineData("clusters: a", "1:11 invalid-inventory [a]")]
    [InlineData("clusters: []\nx: {}", "1:1 invalid-inventory [clusters]")]
    [InlineData("vpc: { value: x, type: string }", "1:1 invalid-inventory [vpc: { value: x, type: string }]")]
    [InlineData("- { env: prod }", "1:3 missing-row-name [{ env: prod }]")]
    [InlineData("- { name: \"\" }", "1:11 missing-row-name [\"\"]")]
    [InlineData("- { name: [a] }", "1:11 missing-row-name [[a]]")]
    [InlineData("a: { name: b }", "1:6 missing-row-name [name]")]
    [InlineData("- name: a\n- name: b\n- name: a\n", "3:9 duplicate-row [a]")]
    [InlineData("a: {}\na: {}\n", "2:1 repeated-setting [a]")]
    [InlineData("a: { region: no }", "1:14 ambiguous-value [no]")]
    [InlineData("a: { teleport: { join_token: abc } }", "1:30 literal-secret [abc]")]
    public void One_mistake_gives_one_message_at_its_place(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();
        InventoryReader.ReadClusters(new SourceText("t.yaml", text), diagnostics);
        Assert.Equal([expected], diagnostics.Lines());
    }

    [Fact]
    public void Two_rows_with_one_name_show_both_places()
    {
        var diagnostics = new DiagnosticBag();
        var rows = InventoryReader.ReadClusters(new SourceText("t.yaml", "- name: a\n- name: a\n"), diagnostics);
        Assert.Single(rows);
        Assert.Equal("t.yaml:1:9", Assert.Single(diagnostics.ToSortedArray()[0].Related).Location.ToString());
    }

    [Fact]
    public void Namespaces_have_labels_and_clusters()
    {
        var diagnostics = new DiagnosticBag();
        var rows = InventoryReader.ReadNamespaces(
            new SourceText("t.yaml", "namespaces:\n- { name: payments, labels: { team: payments, tier: 1 }, clusters: [a, b, a] }\n- name: kube-system\n- { name: all, clusters: \"*\" }\n- { name: one, clusters: a }\n- { name: none, clusters: [] }\n"),
            diagnostics);
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(
            ["payments team=payments,tier=1 a,b", "kube-system  every", "all  every", "one  a", "none  "],
            rows.Select(r => $"{r.Name.Text} {string.Join(',', r.Labels.Select(l => $"{l.Key.Text}={l.Value.Text}"))} {(r.Clusters is { } c ? string.Join(',', c.Select(n => n.Text)) : "every")}"));
    }

    [Theory]
    [InlineData("- name: Payments", "1:9 invalid-namespace [Payments]")]
    [InlineData("- name: -a", "1:9 invalid-namespace [-a]")]
    [InlineData("- name: a.b", "1:9 invalid-namespace [a.b]")]
    [InlineData("- name: a1234567890123456789012345678901234567890123456789012345678901234", "1:9 invalid-namespace [a1234567890123456789012345678901234567890123456789012345678901234]")]
    [InlineData("- { name: a, label: { x: z } }", "1:14 unknown-setting [label]")]
    [InlineData("- { name: a, labels: [x] }", "1:22 wrong-setting-kind [[x]]")]
    [InlineData("- { name: a, clusters: [\"*\", b] }", "1:25 mixed-cluster-list [\"*\"]")]
    public void Namespace_rows_are_checked(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();
        InventoryReader.ReadNamespaces(new SourceText("t.yaml", text), diagnostics);
        Assert.Equal([expected], diagnostics.Lines());
    }

    [Fact]
    public void Work_on_namespaces_grows_with_their_number()
        => AllocatedWork.AssertGrowsWithTheInput(
            2_500,
            rows =>
            {
                var text = string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"- name: n{i}\n  labels:\n    team: t{i % 50}\n  clusters:\n  - a\n")));
                return () => Assert.Equal(rows, InventoryReader.ReadNamespaces(new SourceText("t.yaml", text), new DiagnosticBag()).Length);
            });
}
