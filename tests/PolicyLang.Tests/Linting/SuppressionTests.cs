using PolicyLang.Linting;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>Comments keep rules quiet where they stand, say why, and are told when they are not needed.</summary>
public sealed class SuppressionTests
{
    private const string Company = """
        default via tailscale
        cluster prod { tailscale { tag = "tag:k8s-prod" } }
        group sre { members = [alice@acme.com] }
        role admin = clusterrole "cluster-admin"

        """;

    [Theory]
    [InlineData("# policyc: ignore cluster-admin because \"INFRA-1\"\nallow sre as admin on prod cluster-wide")]
    [InlineData("allow sre as admin on prod cluster-wide  # policyc: ignore cluster-admin because \"INFRA-1\"")]
    [InlineData("# policyc: ignore cluster-admin because \"INFRA-1\"\n# What it is for.\n\nallow sre\n  as admin\n  on prod cluster-wide")]
    [InlineData("#policyc:ignore cluster-admin because \"INFRA-1\"\nallow sre as admin on prod cluster-wide")]
    [InlineData("allow sre as admin on prod cluster-wide\n# policyc: ignore-file cluster-admin because \"INFRA-1\"")]
    public void A_comment_keeps_a_rule_quiet_for_what_it_stands_at(string text) => Assert.Equal([], Lint(text));

    [Fact]
    public void It_does_not_reach_the_next_statement()
        => Assert.Equal(
            ["5:19 unused-suppression", "7:14 cluster-admin"],
            Lint("# policyc: ignore cluster-admin because \"INFRA-1\"\nallow sre as admin on prod in web because \"x\"\nallow sre as admin on prod cluster-wide")
                .Select(Short)
                .Where(line => !line.Contains("redundant", StringComparison.Ordinal)));

    [Fact]
    public void Several_rules_may_stand_in_one_comment()
        => Assert.Equal(
            [],
            Lint("# policyc: ignore cluster-admin, unexplained-break-glass because \"INFRA-1\"\nallow breakglass as admin on prod cluster-wide until 2027-01-01\ngroup breakglass { members = [bob@acme.com] }").Where(line => !line.Contains("unused-declaration", StringComparison.Ordinal)));

    [Theory]
    [InlineData("# policyc: ignore cluster-admin\nallow sre as admin on prod cluster-wide", "5:1 unexplained-suppression")]
    [InlineData("# policyc: ignore cluster-admin because \"  \"\nallow sre as admin on prod cluster-wide", "5:1 unexplained-suppression")]
    [InlineData("# policyc: ignore because \"x\"\nallow sre as admin on prod in web", "5:1 unexplained-suppression")]
    public void A_comment_without_a_reason_or_a_rule_is_an_error_of_its_own(string text, string expected) => Assert.Equal([expected], Lint(text).Select(Short));

    [Fact]
    public void A_rule_that_does_not_exist_is_named()
    {
        var found = LintAll("# policyc: ignore cluster-admins because \"x\"\nallow sre as admin on prod in web because \"y\"");
        var finding = Assert.Single(found);
        Assert.Equal("unknown-suppression", finding.Code);
        Assert.Equal("did you mean `cluster-admin`?", finding.Help);
    }

    [Fact]
    public void A_comment_for_a_rule_that_is_off_is_not_said_to_be_unused()
        => Assert.Equal(
            [],
            LintAll(
                "# policyc: ignore cluster-admin because \"x\"\nallow sre as admin on prod cluster-wide",
                LintRun.AllRules with { Levels = [new LevelSetting("cluster-admin", LintLevel.Off)] }));

    [Fact]
    public void Warnings_of_the_compiler_can_be_ignored_and_errors_cannot()
    {
        Assert.Equal([], Lint("# policyc: ignore expired-rule because \"kept for the record\"\nallow sre as admin on prod in web until 2020-01-01"));
        Assert.Equal(["6:7 unknown-name"], Lint("# policyc: ignore unknown-name because \"x\"\nallow nobody as admin on prod in web").Select(Short));
    }

    [Fact]
    public void In_a_list_of_YAML_a_comment_covers_its_item()
    {
        const string Text = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            # policyc: ignore kubernetes-superuser-group because "kubeadm's own"
            - kind: Group
              name: system:masters
              apiGroup: rbac.authorization.k8s.io
            - {kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}
            """;
        Assert.Equal(["10:23 kubernetes-superuser-group"], LintRun.Lint([new RuleExample("rbac.yaml", Text)]).Where(f => f.Code == "kubernetes-superuser-group").Select(Findings.Line).Select(Short));
    }

    [Theory]
    [InlineData("\t\t// policyc: ignore tailscale-superuser-group because \"x\"\n\t\t{\n\t\t\tGRANT\n\t\t}, {\n\t\t\tGRANT\n\t\t},\n")]
    [InlineData("\t// policyc: ignore tailscale-superuser-group because \"x\"\n\t{GRANT},\n    {GRANT},\n")]
    public void It_ends_with_the_item_that_it_stands_above(string items)
    {
        const string Grant = "\"src\": [\"a@x.com\"], \"dst\": [\"b@x.com\"], \"ip\": [\"tcp:443\"], \"app\": {\"tailscale.com/cap/kubernetes\": [{\"impersonate\": {\"groups\": [\"system:masters\"]}}]}";
        var text = "{\"grants\": [\n" + items.Replace("GRANT", Grant, StringComparison.Ordinal) + "]}\n";
        Assert.Single(LintRun.Lint([new RuleExample("policy.hujson", text)]), finding => finding.Code == "tailscale-superuser-group");
    }

    [Theory]
    [InlineData("")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n---\n")]
    public void Above_a_document_of_YAML_it_covers_the_object(string before)
    {
        var text = before + """
            # policyc: ignore kubernetes-superuser-group because "kubeadm's own"
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: b}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}
            """;
        var finding = Assert.Single(LintRun.Lint([new RuleExample("rbac.yaml", text)]));
        Assert.Equal(text.LastIndexOf("\"system:masters", StringComparison.Ordinal), finding.Location!.Span.Start);
    }

    [Fact]
    public void In_a_policy_it_covers_the_statement_however_it_is_broken()
        => Assert.Equal([], Lint("# policyc: ignore cluster-admin because \"INFRA-1\"\nallow sre\nas admin\non prod cluster-wide"));

    [Theory]
    [InlineData("map.yaml", "kind: ConfigMap\ndata:\n  x: |\n    # policyc: ignore nonsense because \"y\"\n    # policyc: ignore-file nonsense\n")]
    [InlineData("map.yaml", "a: \"b # policyc: ignore-file nonsense\"\n")]
    [InlineData("main.tf", "a = <<EOT\n# policyc: ignore nonsense\nEOT\nb = \"c # policyc: ignore-file nonsense\"\n")]
    [InlineData("policy.hujson", "{\"a\": \"b // policyc: ignore nonsense\"}")]
    public void Texts_that_look_like_a_comment_are_none(string file, string text) => Assert.Equal([], LintRun.Lint([new RuleExample(file, text)]).Select(Findings.Line));

    [Fact]
    public void Strings_of_a_policy_that_look_like_a_comment_are_none()
        => Assert.Equal([], Lint("allow sre as admin on prod cluster-wide because \"see # policyc: ignore nonsense\""));

    [Fact]
    public void A_comment_of_another_form_gives_one_message()
        => Assert.Equal(["5:1 unexplained-suppression"], Lint("# policyc: ignore cluster-admin: break glass, see RUNBOOK\nallow sre as admin on prod cluster-wide").Select(Short));

    private static IEnumerable<string> Lint(string policy) => LintAll(policy).Select(Findings.Line);

    private static IEnumerable<PolicyLang.Diagnostics.Diagnostic> LintAll(string policy, LintSettings? settings = null) => LintRun.Lint([new RuleExample("team.policy", Company + policy)], settings);

    private static string Short(string line) => line[..line.IndexOf(" [", StringComparison.Ordinal)];
}
