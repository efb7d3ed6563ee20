using PolicyLang.Access;
using PolicyLang.Diagnostics;
using Xunit;
using static PolicyLang.Tests.Targets.Tailscale.SplicedTailnet;

namespace PolicyLang.Tests.Proof;

/// <summary>A hand-written policy file that reaches clusters beyond the policy fails the build, at the line that does it; what is excused by name does not, and hides nothing else.</summary>
public sealed class BaseReachTests
{
    private const string Base = """
        {
          "groups": {"group:ops": ["carol@acme.com"]},
          "tagOwners": {
            "tag:web": ["group:ops"],
            "tag:ci":  [],
          },
          "hosts": {"printer": "192.0.2.7", "jump": "100.100.1.7"},
          "ipsets": {"ipset:office": ["10.0.0.0/8", "fd7a:115c:a1e0:b1a:0:1::/96"]},
          "grants": [
            {"src": ["group:ops"], "dst": ["tag:web", "printer", "ipset:office", "svc:wiki"], "ip": ["tcp:443"]},
            {"src": ["autogroup:member"], "dst": ["autogroup:internet"], "ip": ["*"]},
            {"src": ["group:ops"], "dst": ["tag:k8s-prod"], "ip": ["tcp:22"], "app": {"acme.com/cap/x": [{}]}},
            {"src": ["group:sre"], "dst": ["tag:k8s-prod"], "ip": ["tcp:443"]},
          ],
          "ssh": [
            {"action": "accept", "src": ["group:ops"], "dst": ["tag:web"], "users": ["root"]},
          ],
          "nodeAttrs": [{"target": ["*"], "attr": ["funnel"]}],
        }

        """;

    [Fact]
    public void What_reaches_no_cluster_beyond_the_policy_is_nobodys_business()
        => Assert.Empty(Compile(Base).Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}"));

    // Each line is the base but for one change.
    [Theory]
    [InlineData("[\"tag:web\", \"printer\"", "[\"tag:k8s-prod\", \"printer\"", "10:14 \"group:ops\"")]
    [InlineData("[\"tag:web\", \"printer\"", "[\"jump\", \"printer\"", "10:14 \"group:ops\"")]
    [InlineData("[\"tag:web\", \"printer\"", "[\"*\", \"printer\"", "10:14 \"group:ops\"")]
    [InlineData("[\"autogroup:internet\"]", "[\"autogroup:tagged\"]", "11:14 \"autogroup:member\"")]
    [InlineData("\"ip\": [\"tcp:22\"]", "\"ip\": [\"22-500\"]", "12:14 \"group:ops\"")]
    [InlineData("\"acme.com/cap/x\": [{}]", "\"tailscale.com/cap/kubernetes\": [{\"impersonate\": {\"groups\": [\"policyc:prod:sre\"]}}]", "12:14 \"group:ops\"")]
    [InlineData("{\"src\": [\"group:sre\"]", "{\"src\": [\"group:sre\", \"*\"]", "13:27 \"*\"")]
    [InlineData("\"tag:ci\":  [],", "\"tag:ci\":  [\"autogroup:member\"],", "5:17 \"autogroup:member\"")]
    [InlineData("  \"nodeAttrs\"", "  \"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}],\n  \"nodeAttrs\"", "18:41 \"*\"")]
    [InlineData("  \"nodeAttrs\"", "  \"unheardOf\": 1,\n  \"nodeAttrs\"", "18:3 \"unheardOf\"")]
    [InlineData("{\"src\": [\"autogroup:member\"], ", "{\"src\": [\"autogroup:member\"], \"unless\": 1, ", "11:14 \"autogroup:member\"")]
    public void One_changed_line_that_opens_a_cluster_fails_the_build_with_the_line(string old, string replacement, string place)
    {
        var changed = Base.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Base, changed);
        var compilation = Compile(changed);
        Assert.Empty(compilation.Outputs);
        var finding = Assert.Single(compilation.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        var (line, column) = finding.Location!.Source.GetLineAndColumn(finding.Location.Span.Start);
        Assert.Equal(("base-reaches-cluster", "tailnet.hujson", place), (finding.Code, finding.Location.Source.Path, FormattableString.Invariant($"{line + 1}:{column + 1} {finding.Location.Text}")));
    }

    [Fact]
    public void A_finding_says_who_where_by_what_and_what_to_do()
    {
        var finding = Assert.Single(Compile(Base.Replace("\"tag:web\", \"printer\"", "\"*\", \"printer\"", StringComparison.Ordinal)).Diagnostics);
        Assert.Equal("this lets `group:ops` through to the API server of clusters `prod`, `stg` via `tailscale`, which no rule of the policy does (among others `carol@acme.com`)", finding.Message);
        Assert.Equal("narrow it, write a rule that allows it, or name it in `exceptions` of `policyc.yaml`: { name: …, path: tailscale, clusters: [\"prod\", \"stg\"], who: [\"group:ops\"], because: … }", finding.Help);
        Assert.Equal("\"*\"", Assert.Single(finding.Related).Location.Text);
    }

    [Fact]
    public void The_groups_that_somebody_would_become_are_named()
    {
        var finding = Assert.Single(Compile(Base.Replace("\"acme.com/cap/x\": [{}]", "\"tailscale.com/cap/kubernetes\": [{\"impersonate\": {\"groups\": [\"policyc:prod:sre\"]}}]", StringComparison.Ordinal)).Diagnostics);
        Assert.StartsWith("this makes `group:ops` `policyc:prod:sre` on cluster `prod` via `tailscale`", finding.Message, StringComparison.Ordinal);
    }

    // The lock of the proxy lets nothing pass but the groups of the policy, and a request with any other is refused as a whole.
    [Theory]
    [InlineData("[{\"impersonate\": {\"groups\": [\"system:masters\"]}}]")]
    [InlineData("[\"no object\"]")]
    public void What_takes_access_from_people_of_the_policy_is_an_error_too(string capability)
    {
        var finding = Assert.Single(
            Compile(Base.Replace("{\"src\": [\"group:sre\"], \"dst\": [\"tag:k8s-prod\"], \"ip\": [\"tcp:443\"]}", $"{{\"src\": [\"group:sre\"], \"dst\": [\"tag:k8s-prod\"], \"app\": {{\"tailscale.com/cap/kubernetes\": {capability}}}}}", StringComparison.Ordinal)).Diagnostics,
            d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal("base-breaks-access", finding.Code);
        Assert.Equal(13, finding.Location!.Source.GetLineAndColumn(finding.Location.Span.Start).Line + 1);
    }

    [Fact]
    public void What_the_control_plane_would_refuse_is_said_at_its_line()
        => Assert.Equal(["base-refused [\"tag:db\"]"], Findings(Base.Replace("\"tag:web\", \"printer\"", "\"tag:web\", \"tag:db\"", StringComparison.Ordinal)));

    [Fact]
    public void What_is_not_understood_and_reaches_nothing_is_a_note()
        => Assert.Equal(
            [("base-not-understood", DiagnosticSeverity.Info)],
            Compile(Base.Replace("\"action\": \"accept\"", "\"action\": \"accept\", \"odd\": 1", StringComparison.Ordinal)).Diagnostics.Select(d => (d.Code, d.Severity)));

    // Lines of the output are not lines of the base, once an earlier block stands in it.
    [Fact]
    public void The_line_is_that_of_the_base_as_it_stands_on_disk()
    {
        var former = Splice(Base);
        var changed = former.Replace("\"tag:web\", \"printer\"", "\"*\", \"printer\"", StringComparison.Ordinal);
        var finding = Assert.Single(Compile(changed).Diagnostics);
        Assert.Equal(changed.Split('\n').ToList().FindIndex(line => line.Contains("\"*\", \"printer\"", StringComparison.Ordinal)), finding.Location!.Source.GetLineAndColumn(finding.Location.Span.Start).Line);
    }

    private static string Excusing(string who, string clusters = "\"*\"", string more = "", string name = "ops")
        => $"  - {{ name: {name}, path: tailscale, clusters: [{clusters}], who: [{who}], because: \"until we moved\"{more} }}\n";

    private static string WithExceptions(params string[] exceptions) => ProjectFile + "exceptions:\n" + string.Concat(exceptions);

    private static readonly string Open = Base.Replace("\"tag:web\", \"printer\"", "\"*\", \"printer\"", StringComparison.Ordinal);

    [Fact]
    public void An_exception_excuses_and_is_an_assumption()
    {
        var compilation = Compile(Open, projectFile: WithExceptions(Excusing("\"group:ops\"", more: ", until: 2026-11-23")));
        Assert.Empty(compilation.Diagnostics.Select(d => d.Message));
        var assumption = Assert.Single(compilation.Assumptions, a => a.Kind == AssumptionKind.BaseException);
        Assert.Equal("`group:ops` may reach clusters `prod`, `stg` via `tailscale`, as the file of `base` says and no rule does (exception `ops`): until we moved", assumption.Statement);
        Assert.Equal("policyc.yaml", assumption.Location?.Source.Path);
    }

    // The second opening is by the same kind of line, on the same cluster, in many of the same worlds.
    [Theory]
    [InlineData("{\"src\": [\"*\"], \"dst\": [\"*\"], \"ip\": [\"*\"]},", "\"*\"")]
    [InlineData("{\"src\": [\"dave@acme.com\"], \"dst\": [\"tag:k8s-prod\"], \"ip\": [\"tcp:443\"]},", "\"dave@acme.com\"")]
    [InlineData("{\"src\": [\"autogroup:admin\"], \"dst\": [\"tag:k8s-prod\"], \"app\": {\"tailscale.com/cap/kubernetes\": [{\"impersonate\": {\"groups\": [\"policyc:prod:sre\"]}}]}},", "\"autogroup:admin\"")]
    public void What_is_excused_hides_nothing_else(string second, string place)
    {
        var project = WithExceptions(Excusing("\"group:ops\", \"autogroup:tagged\""), Excusing("\"group:ops\"", "prod", name: "again"));
        Assert.Equal(["unused-exception [again]"], Findings(Open, projectFile: project));
        Assert.Contains($"base-reaches-cluster [{place}]", Findings(Open.Replace("  \"grants\": [", "  \"grants\": [\n    " + second, StringComparison.Ordinal), projectFile: project));
        Assert.Contains($"base-reaches-cluster [{place}]", Findings(Open.Replace("  ],\n  \"ssh\"", "    " + second + "\n  ],\n  \"ssh\"", StringComparison.Ordinal), projectFile: project));
    }

    [Theory]
    [InlineData("\"group:ops\"", "\"stg\"", "", "base-reaches-cluster [\"group:ops\"]")]
    [InlineData("\"group:Ops\"", "\"*\"", "", "base-reaches-cluster [\"group:ops\"]", "unused-exception [ops]")]
    [InlineData("\"group:ops\"", "\"*\"", ", until: 2026-11-22", "base-reaches-cluster [\"group:ops\"]", "expired-exception [ops]")]
    [InlineData("\"group:ops\"", "\"*\", \"dev*\"", "", "exception-without-cluster [\"dev*\"]")]
    [InlineData("\"group:ops\"", "", "", "empty-exception [[]]")]
    [InlineData("\"group:ops\"", "\"a//b\"", "", "invalid-pattern [\"a//b\"]")]
    [InlineData("\"group:ops\"", "\"*\"", ", until: soon", "invalid-exception-day [soon]")]
    public void An_exception_excuses_only_what_it_names(string who, string clusters, string more, params string[] findings)
        => Assert.Equal(findings.Order(StringComparer.Ordinal), Findings(Open, projectFile: WithExceptions(Excusing(who, clusters, more))).Order(StringComparer.Ordinal));

    [Fact]
    public void What_names_nobody_cannot_be_excused()
        => Assert.Equal(
            ["base-reaches-cluster [\"unheardOf\"]", "unused-exception [ops]"],
            Findings(Base.Replace("  \"nodeAttrs\"", "  \"unheardOf\": 1,\n  \"nodeAttrs\"", StringComparison.Ordinal), projectFile: WithExceptions(Excusing("\"\", \"*\""))).Order(StringComparer.Ordinal));

    [Fact]
    public void Exceptions_have_names_of_their_own_and_paths_that_exist()
    {
        Assert.Equal(["repeated-exception [ops]"], Findings(Open, projectFile: WithExceptions(Excusing("\"group:ops\""), Excusing("\"*\""))));
        Assert.Equal(["unknown-exception-path [tailscal]"], Findings(Open, projectFile: WithExceptions(Excusing("\"group:ops\"").Replace("path: tailscale", "path: tailscal", StringComparison.Ordinal))));
    }

    [Fact]
    public void Nothing_is_denied_where_an_exception_lets_somebody_in()
    {
        const string Two = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            cluster stg  { tailscale { tag = "tag:k8s-stg" } }
            group sre { members = [alice@acme.com] }
            group dev { members = [dave@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            allow dev as view on stg cluster-wide
            """;
        Assert.Contains("\"deny\":   [\"tag:k8s-prod:443\"]", Splice(Base, Two), StringComparison.Ordinal);
        Assert.DoesNotContain("\"tag:k8s-prod:443\"]", Splice(Open, Two, WithExceptions(Excusing("\"group:ops\""))).Split("\"deny\":")[1..].Select(part => part.Split('}')[0]).DefaultIfEmpty("").Aggregate(string.Concat), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ProxyGroup_is_proved_with_both_its_ports_and_its_service()
    {
        const string Group = """
            cluster prod { tailscale { tag = "tag:k8s-prod" proxy = "group" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """;
        Assert.Empty(PolicyLang.Tests.EndToEnd.WholeProject.Findings(Group));
        Assert.Equal(["base-reaches-cluster [\"group:ops\"]"], Findings("{\"groups\": {\"group:ops\": [\"carol@acme.com\"]}, \"grants\": [{\"src\": [\"group:ops\"], \"dst\": [\"svc:wiki\"], \"ip\": [\"tcp:443\"]}]}\n", Group));
    }
}
