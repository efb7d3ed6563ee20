using CsCheck;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Tests.EndToEnd;
using Xunit;
using static PolicyLang.Tests.Targets.Tailscale.SplicedTailnet;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>What policyc adds to a hand-written policy file, and that it leaves the rest as it is.</summary>
public sealed class TailnetSplicingTests
{
    private const string Base = """
        // The tailnet of Acme. Ask in #network before you change it.
        {
          // People
          "groups": {
            "group:ops": ["carol@acme.com"], // on call
          },

          "tagOwners": { "tag:web": ["group:ops"], "tag:ci": [] },

          "grants": [ // who reaches what
            {"src": ["group:ops"], "dst": ["tag:web"], "ip": ["tcp:443"]}
          ],

          "ssh": [],
        }

        """;

    [Fact]
    public void Each_section_gets_its_part_in_the_layout_that_is_there()
        => Assert.Equal(
            """
            // The tailnet of Acme. Ask in #network before you change it.
            {
              // policyc: begin
              "tests": [
                {
                  "src":    "group:sre",
                  "proto":  "tcp",
                  "accept": ["tag:k8s-prod:443", "tag:k8s-stg:443"],
                },
                {
                  "src":    "tag:ci",
                  "proto":  "tcp",
                  "accept": ["tag:k8s-prod:443"],
                },
              ],
              // policyc: end
              // People
              "groups": {
                // policyc: begin
                "group:sre": ["alice@acme.com", "bob@acme.com"],
                // policyc: end
                "group:ops": ["carol@acme.com"], // on call
              },

              "tagOwners": { // policyc: begin
                "tag:k8s-prod": [],
                "tag:k8s-stg":  [],
                // policyc: end
                 "tag:web": ["group:ops"], "tag:ci": [] },

              "grants": [ // who reaches what
                // policyc: begin
                {
                  "src": ["tag:ci"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {
                    "tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:prod:deployer"]}}],
                  },
                },
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {
                    "tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:prod:sre"]}}],
                  },
                },
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-stg"],
                  "ip":  ["tcp:443"],
                  "app": {
                    "tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:stg:sre"]}}],
                  },
                },
                // policyc: end
                {"src": ["group:ops"], "dst": ["tag:web"], "ip": ["tcp:443"]}
              ],

              "ssh": [],
            }

            """,
            Splice(Base));

    [Fact]
    public void An_output_as_base_gives_the_same_bytes()
    {
        var once = Splice(Base);
        Assert.Equal(once, Splice(once));
    }

    [Fact]
    public void What_the_policy_no_longer_says_goes_with_the_marks()
    {
        const string Less = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            user alice { email = "alice@acme.com" }
            role view = clusterrole "view"
            allow alice as view on prod cluster-wide
            """;
        var less = Splice(Base, Less);
        Assert.DoesNotContain("group:sre", less, StringComparison.Ordinal);
        Assert.Equal(less, Splice(Splice(Base), Less));
        Assert.Equal(Base, WithoutBlocks(less));
    }

    [Fact]
    public void Services_of_a_ProxyGroup_go_where_services_are()
    {
        const string Group = """
            cluster prod { tailscale { tag = "tag:k8s-prod" proxy = "group" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """;
        Assert.Contains("\"services\": {\n\t// policyc: begin\n\t\"tag:k8s-prod\": [\"tag:k8s-prod\"],\n\t// policyc: end\n\t\"svc:x\": []", Splice("{\n\"grants\": [],\n\"autoApprovers\": {\n\"services\": {\n\t\"svc:x\": []\n}}}\n", Group), StringComparison.Ordinal);
        Assert.Contains("{\n  // policyc: begin\n  \"services\": {\n   \"tag:k8s-prod\": [\"tag:k8s-prod\"],\n  },\n  // policyc: end\n  \"exitNode\": []", Splice("{\n \"grants\": [],\n \"autoApprovers\": {\n  \"exitNode\": []}}\n", Group), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_goes_since_the_control_plane_would_refuse_it()
        => Assert.Equal(Splice(Base), Splice('\uFEFF' + Base));

    [Fact]
    public void Text_that_looks_like_a_mark_in_a_string_or_behind_words_is_none()
    {
        var odd = Base.Replace("\"ssh\": [],", "\"hosts\": {\"// policyc: begin\": \"192.0.2.1\"}, // see // policyc: begin\n", StringComparison.Ordinal);
        Assert.Contains("{\"// policyc: begin\": \"192.0.2.1\"}, // see // policyc: begin\n", Splice(odd), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ssh\": [],", "\"ssh\": [\n// policyc: begin\n],", "tailscale-base-markers [// policyc: begin]")]
    [InlineData("\"ssh\": [],", "\"ssh\": [\n// policyc: end\n],", "tailscale-base-markers [// policyc: end]")]
    [InlineData("\"ssh\": [],", "\"ssh\": [\n// policyc: begin\n],\n// policyc: end\n", "tailscale-base-markers [// policyc: end]")]
    [InlineData("\"ssh\": [],", "// policyc: begin\n// policyc: begin\n// policyc: end\n", "tailscale-base-markers [// policyc: begin]")]
    [InlineData("\"ssh\": [],", "// policyc: begin\n\"ssh\": [], // policyc: end\n", "tailscale-base-markers [// policyc: end]")]
    [InlineData("\"ssh\": [],", "//policyc: begin\n", "tailscale-base-markers [//policyc: begin]")]
    [InlineData("\"ssh\": [],", "/* policyc: end */", "tailscale-base-markers [/* policyc: end */]")]
    [InlineData("\"group:ops\": [\"carol@acme.com\"],", "\"group:ops\": [], \"group:sre\": [\"alice@acme.com\", \"bob@acme.com\"],", "tailscale-base-collision [\"group:sre\"]")]
    [InlineData("\"group:ops\": [\"carol@acme.com\"],", "\"group:ops\": [], \"group:SRE\": [],", "tailscale-base-collision [\"group:SRE\"]")]
    [InlineData("\"tag:ci\": []", "\"tag:ci\": [], \"tag:k8s-prod\": []", "tailscale-base-collision [\"tag:k8s-prod\"]")]
    [InlineData("\"tag:ci\": []", "\"tag:CI\": []", "tailscale-base-collision [\"tag:CI\"]")]
    [InlineData("\"ssh\": []", "\"Grants\": []", "tailscale-base-section [\"Grants\"]")]
    [InlineData("\"ssh\": []", "\"tests\": null", "tailscale-base-section [null]")]
    [InlineData("\"ssh\": []", "\"autoApprovers\": {\"services\": []}", "tailscale-base-section [[]")]
    [InlineData("\"ssh\": []", "\"ssh\" []", "tailscale-base-syntax [[]")]
    [InlineData("\"ssh\": []", "\"defaultSrcPosture\": [\"posture:a\"], \"postures\": {\"posture:a\": [\"node:os == 'linux'\"]}", "tailscale-base-default-posture [\"defaultSrcPosture\"]")]
    [InlineData("\"grants\": [", "\"acl\": [", "tailscale-base-allows-all [{]")]
    public void What_cannot_be_put_together_is_refused_at_its_line(string old, string replacement, string finding)
        => Assert.Equal([finding], Findings(Base.Replace(old, replacement, StringComparison.Ordinal)));

    [Fact]
    public void A_collision_names_both_places()
    {
        var finding = Assert.Single(Compile(Base.Replace("\"tag:ci\"", "\"tag:k8s-prod\": [], \"tag:ci\"", StringComparison.Ordinal)).Diagnostics);
        Assert.Equal("tailnet.hujson", finding.Location?.Source.Path);
        Assert.Equal("\"tag:k8s-prod\"", Assert.Single(finding.Related).Location.Text);
        Assert.Equal("test.policy", finding.Related[0].Location.Source.Path);
    }

    [Fact]
    public void A_posture_that_the_base_has_too_is_refused()
    {
        const string When = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            posture managed { tailscale = ["node:os == 'linux'"] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide when managed
            """;
        var narrow = Base.Replace("\"ssh\": []", "\"defaultSrcPosture\": [\"posture:a\"], \"postures\": {\"posture:a\": [\"node:os == 'linux'\"]}", StringComparison.Ordinal);
        Assert.Empty(Findings(narrow, When));
        Assert.Equal(["tailscale-base-collision [\"posture:managed\"]"], Findings(narrow.Replace("posture:a", "posture:managed", StringComparison.Ordinal), When));
    }

    [Fact]
    public void A_tailnet_has_one_file()
        => Assert.Equal(
            ["tailscale-base-count [[a.hujson, tailnet.hujson]]"],
            WholeProject.Findings(Policy, ProjectFile.Replace("tailnet.hujson", "[a.hujson, tailnet.hujson]", StringComparison.Ordinal), ("a.hujson", Base), ("tailnet.hujson", Base)));

    [Fact]
    public void Whatever_the_layout_nothing_of_the_base_changes()
        => RandomBase().Sample(text =>
        {
            var once = Splice(text);
            Assert.Equal(text, WithoutBlocks(once));
            Assert.Equal(once, Splice(once));
            var groups = ((HuJsonObject)HuJsonParser.Parse(once).Body).Members.Single(member => member.Key == "groups").Value;
            Assert.Contains(((HuJsonObject)groups.Body).Members, member => member.Key == "group:sre");
        }, iter: 400);

    // The tokens of a file, with anything between them that HuJSON takes there.
    private static Gen<string> RandomBase()
    {
        string[][] sections =
        [
            ["\"groups\"", ":", "{", "\"group:ops\"", ":", "[", "\"carol@acme.com\"", "]", ",?", "}"],
            ["\"groups\"", ":", "{", "}"],
            ["\"tagOwners\"", ":", "{", "\"tag:ci\"", ":", "[", "]", ",", "\"tag:web\"", ":", "[", "\"group:ops\"", "]", ",?", "}"],
            ["\"tests\"", ":", "[", "]"],
            ["\"tests\"", ":", "[", "{", "\"src\"", ":", "\"tag:web\"", ",", "\"deny\"", ":", "[", "\"tag:web:22\"", "]", ",?", "}", ",?", "]"],
            ["\"ssh\"", ":", "[", "]"],
            ["\"hosts\"", ":", "{", "\"a // b\"", ":", "\"192.0.2.1\"", "}"],
        ];
        string[][] rules =
        [
            ["\"grants\"", ":", "[", "]"],
            ["\"acls\"", ":", "[", "]"],
            ["\"grants\"", ":", "[", "{", "\"src\"", ":", "[", "\"tag:web\"", "]", ",", "\"dst\"", ":", "[", "\"tag:web\"", "]", ",", "\"ip\"", ":", "[", "\"tcp:443\"", "]", "}", ",?", "]"],
        ];
        string[] trivia = ["", "", "", " ", "\n", "\n", "\n\t", "\n\n    ", " // a comment\n", "\n\t// \"group:sre\": [\n\t", " /* a */ ", "\n/* b\n * c */\n\t", "\r\n", " // it's\r\n  "];
        return Gen.Select(Gen.Int[0, rules.Length - 1], Gen.Bool.Array[sections.Length], Gen.Int[0, trivia.Length - 1].Array[200], Gen.Bool.Array[40]).Select((rule, chosen, between, commas) =>
        {
            var members = sections.Where((_, i) => chosen[i]).Append(rules[rule]).Append(sections[2]).DistinctBy(section => section[0]).ToArray();
            var tokens = members.SelectMany((section, i) => i < members.Length - 1 ? section.Append(",") : section.Append(",?")).Prepend("{").Append("}").ToArray();
            var text = new System.Text.StringBuilder(trivia[between[^1]]);
            var comma = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                var token = tokens[i] != ",?" ? tokens[i] : commas[comma++ % commas.Length] ? "," : "";
                text.Append(token).Append(trivia[between[i % between.Length]]);
            }

            return text.ToString();
        });
    }
}
