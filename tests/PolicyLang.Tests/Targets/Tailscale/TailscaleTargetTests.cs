using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Tests.Support;
using Xunit;
using static PolicyLang.Tests.Targets.Tailscale.TailscaleTestProject;

namespace PolicyLang.Tests.Targets.Tailscale;

public sealed class TailscaleTargetTests
{
    private static readonly Subject Sre = TestModels.Group("sre");
    private static readonly Subject Dev = TestModels.Group("dev");

    [Fact]
    public void Writes_the_whole_policy_file()
    {
        var project = new TailscaleTestProject(("tags", new (string, object)[] { ("tag:ci", new (string, object)[] { ("owners", new[] { "autogroup:it-admin" }) }) }));
        var prod = project.Cluster("prod", ("tag", "tag:k8s-prod"), ("recorder", "tag:recorder"), ("enforce_recorder", true), ("tag_owners", new[] { "group:sre" }));
        var staging = project.Cluster(
            "staging",
            ("tag", "tag:k8s-staging"),
            ("endpoint", new (string, object)[] { ("name", "ha"), ("tag", "tag:kapi-staging"), ("proxy", "group"), ("tag_owners", new[] { "tag:k8s-staging" }) }));
        project.Retired("old");
        var managed = Condition.AllOf([project.Posture("managed", "node:os IN ['macos','linux']", "node:tsReleaseTrack=='stable'")]);
        project.Allow(Sre, prod, Person("bob@acme.com"), Person("Alice@Acme.com"));
        project.Allow(Sre, staging, Person("bob@acme.com"), Person("Alice@Acme.com"));
        project.Allow(Dev, staging, managed, Outer("group:dev@acme.com"));
        project.Allow(TestModels.Machine("deployer"), staging, Machine("tag:ci"));

        Assert.Equal(
            """
            // Written by policyc from the project's policy: change the policy, not this file.
            {
            	"groups": {
            		"group:sre": ["alice@acme.com", "bob@acme.com"],
            	},

            	"tagOwners": {
            		"tag:ci":           ["autogroup:it-admin"],
            		"tag:k8s-old":      [],
            		"tag:k8s-prod":     ["group:sre"],
            		"tag:k8s-staging":  [],
            		"tag:kapi-staging": ["tag:k8s-staging"],
            		"tag:recorder":     [],
            	},

            	"autoApprovers": {
            		"services": {
            			"tag:kapi-staging": ["tag:kapi-staging"],
            		},
            	},

            	"postures": {
            		"posture:managed": [
            			"node:os IN ['macos', 'linux']",
            			"node:tsReleaseTrack == 'stable'",
            		],
            	},

            	"grants": [
            		{
            			"src": ["group:sre"],
            			"dst": ["tag:k8s-prod"],
            			"ip":  ["tcp:443"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{
            					"impersonate":     {"groups": ["policyc:prod:sre"]},
            					"recorder":        ["tag:recorder"],
            					"enforceRecorder": true,
            				}],
            			},
            		},
            		{
            			"src": ["tag:ci"],
            			"dst": ["tag:k8s-staging"],
            			"ip":  ["tcp:443"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:deployer"]}}],
            			},
            		},
            		{
            			"src": ["tag:ci"],
            			"dst": ["tag:kapi-staging"],
            			"ip":  ["tcp:80", "tcp:443"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:deployer"]}}],
            			},
            		},
            		{
            			"src":        ["group:dev@acme.com"],
            			"dst":        ["tag:k8s-staging"],
            			"ip":         ["tcp:443"],
            			"srcPosture": ["posture:managed"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:dev:when-managed"]}}],
            			},
            		},
            		{
            			"src":        ["group:dev@acme.com"],
            			"dst":        ["tag:kapi-staging"],
            			"ip":         ["tcp:80", "tcp:443"],
            			"srcPosture": ["posture:managed"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:dev:when-managed"]}}],
            			},
            		},
            		{
            			"src": ["group:sre"],
            			"dst": ["tag:k8s-staging"],
            			"ip":  ["tcp:443"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:sre"]}}],
            			},
            		},
            		{
            			"src": ["group:sre"],
            			"dst": ["tag:kapi-staging"],
            			"ip":  ["tcp:80", "tcp:443"],
            			"app": {
            				"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["policyc:staging:sre"]}}],
            			},
            		},
            	],

            	"tests": [
            		{
            			"src":    "group:sre",
            			"proto":  "tcp",
            			"accept": ["tag:k8s-prod:443", "tag:k8s-staging:443", "tag:kapi-staging:443"],
            			"deny":   ["tag:k8s-old:443"],
            		},
            		{
            			"src":    "tag:ci",
            			"proto":  "tcp",
            			"accept": ["tag:k8s-staging:443", "tag:kapi-staging:443"],
            		},
            	],
            }

            """.ReplaceLineEndings("\n"),
            project.Text());
    }

    [Fact]
    public void The_documentation_shows_what_is_written()
    {
        var project = new TailscaleTestProject();
        project.Allow(Sre, project.Cluster("prod"), Person("alice@acme.com"), Person("bob@acme.com"));
        var page = File.ReadAllText(Path.Combine(TailscaleOracle.Repository, "docs", "targets", "tailscale.md")).ReplaceLineEndings("\n");
        var text = project.Text();
        Assert.Contains("```jsonc\n" + text[text.IndexOf('{', StringComparison.Ordinal)..] + "```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_stands_where_the_path_says()
    {
        var project = new TailscaleTestProject(("output", "net/tailnet.hujson"));
        project.Cluster("prod");
        Assert.Equal("net/tailnet.hujson", Assert.Single(project.Compile().Output.Files).Path);
        var plain = new TailscaleTestProject();
        plain.Cluster("prod");
        Assert.Equal("tailscale/policy.hujson", Assert.Single(plain.Compile().Output.Files).Path);
    }

    [Fact]
    public void Proxies_with_equal_settings_share_one_grant()
    {
        var project = new TailscaleTestProject(("tests", false));
        var prod = project.Cluster(
            "prod",
            ("endpoint", new (string, object)[][]
            {
                [("name", "east"), ("tag", "tag:east"), ("proxy", "group")],
                [("name", "west"), ("tag", "tag:west"), ("proxy", "group")],
            }));
        project.Allow(Sre, prod, Person("alice@acme.com"));
        var json = project.Json();
        var grant = Assert.Single(json.GetProperty("grants").EnumerateArray());
        Assert.Equal("[\"tag:east\", \"tag:west\"]", grant.GetProperty("dst").GetRawText());
        Assert.False(json.TryGetProperty("tests", out _));
    }

    [Fact]
    public void One_person_is_named_directly_and_never_tested()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(TestModels.User("carol"), prod, Person("Carol@Acme.com"));
        var json = project.Json();
        Assert.Equal("carol@acme.com", json.GetProperty("grants")[0].GetProperty("src")[0].GetString());
        Assert.False(json.TryGetProperty("groups", out _));
        Assert.False(json.TryGetProperty("tests", out _));
    }

    [Fact]
    public void Order_of_input_does_not_matter()
    {
        Assert.Equal(Build(false), Build(true));

        static string Build(bool reversed)
        {
            var project = new TailscaleTestProject { ChecksSchema = false };
            string[] names = reversed ? ["b", "a"] : ["a", "b"];
            foreach (var name in names)
            {
                var cluster = project.Cluster(name);
                foreach (var subject in reversed ? new[] { Sre, Dev } : [Dev, Sre])
                {
                    NativePrincipal[] people = [Person("x@acme.com"), Person("y@acme.com")];
                    project.Allow(subject, cluster, reversed ? [people[1], people[0]] : people);
                }
            }

            return project.Text();
        }
    }

    [Fact]
    public void Deny_holds_only_where_no_member_can_come_by_another_way()
    {
        var project = new TailscaleTestProject();
        var a = project.Cluster("a");
        var b = project.Cluster("b");
        var c = project.Cluster("c");
        var d = project.Cluster("d");
        project.Allow(Sre, a, Person("alice@acme.com"), Person("bob@acme.com"));
        project.Allow(Dev, b, Person("Bob@acme.com"));
        project.Allow(TestModels.User("alice"), c, Condition.AllOf([project.Posture("p", "node:os == 'linux'")]), Person("alice@acme.com"));
        project.Allow(TestModels.Machine("m"), d, Machine("tag:m"));
        var sre = project.Json().GetProperty("tests").EnumerateArray().Single(t => t.GetProperty("src").GetString() == "group:sre");
        Assert.Equal("[\"tag:k8s-a:443\"]", sre.GetProperty("accept").GetRawText());
        Assert.Equal("[\"tag:k8s-d:443\"]", sre.GetProperty("deny").GetRawText());
    }

    [Fact]
    public void Deny_counts_with_every_group_whose_members_are_unknown()
    {
        Assert.False(Test(false).TryGetProperty("deny", out _));
        Assert.Equal("[\"tag:k8s-b:443\"]", Test(true).GetProperty("deny").GetRawText());

        static System.Text.Json.JsonElement Test(bool disjoint)
        {
            var project = new TailscaleTestProject();
            var a = project.Cluster("a");
            var b = project.Cluster("b");
            project.Allow(Sre, a, Person("alice@acme.com"));
            project.Allow(Dev, b, Outer("group:dev@acme.com"));
            if (disjoint)
            {
                project.Disjoint(Sre, Dev);
            }

            return Assert.Single(project.Json().GetProperty("tests").EnumerateArray());
        }
    }

    [Fact]
    public void A_grant_under_a_condition_is_not_tested()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Allow(Sre, prod, Condition.AllOf([project.Posture("p", "node:os == 'linux'")]), Person("alice@acme.com"));
        Assert.False(project.Json().TryGetProperty("tests", out _));
    }

    [Fact]
    public void Assumptions_are_listed_once_each()
    {
        var project = new TailscaleTestProject();
        var prod = project.Cluster("prod");
        project.Cluster("staging");
        project.Allow(Dev, prod, Condition.AllOf([project.Posture("p", "node:os == 'linux'")]), Outer("autogroup:member"));
        project.Allow(TestModels.Machine("m"), prod, Machine("tag:m"));
        var assumptions = project.Compile().Output.Assumptions;
        Assert.Equal(assumptions.Length, assumptions.Select(a => (a.Kind, a.Topic)).Distinct().Count());
        Assert.Equal(2, assumptions.Count(a => a.Kind == AssumptionKind.OperatorTag));
        Assert.Equal(2, assumptions.Count(a => a.Kind == AssumptionKind.VendorImpersonationRoleRemoved));
        Assert.Equal(2, assumptions.Count(a => a.Kind == AssumptionKind.NoForeignUserBindings));
        Assert.Contains(assumptions, a => a.Kind == AssumptionKind.Membership && a.Statement.Contains("invited from outside", StringComparison.Ordinal));
        foreach (var kind in new[] { AssumptionKind.NoForeignRules, AssumptionKind.AdminPlanes, AssumptionKind.RevocationLag, AssumptionKind.OnlyDeclaredNetworks, AssumptionKind.Disjoint })
        {
            Assert.Single(assumptions, a => a.Kind == kind);
        }
    }

    [Fact]
    public void Two_tailnets_do_not_write_one_file()
    {
        var first = TestModels.Path(Kind, "corp", settings: [("output", "a/policy.hujson")]);
        var second = TestModels.Path(Kind, "partner", settings: [("output", "A/policy.hujson")]);
        var diagnostics = new DiagnosticBag();
        new PolicyLang.Targets.Tailscale.TailscaleTarget().Write(
            new PolicyLang.Targets.TargetContext(TestModels.Model([first, second], []), PolicyLang.Data.SettingBlock.Empty, diagnostics),
            CancellationToken.None);
        Assert.Equal("tailscale-repeated-output", Assert.Single(diagnostics.ToSortedArray()).Code);
    }

    [Fact]
    public void Each_path_takes_its_own_links()
    {
        var corp = TestModels.Path(Kind, "corp");
        var partner = TestModels.Path(Kind, "partner");
        var cluster = TestModels.Cluster(
            "prod",
            ("corp", TestModels.Block(Kind.ClusterSettings, ("tag", "tag:a"))),
            ("partner", TestModels.Block(Kind.ClusterSettings, ("tag", "tag:b"))));
        var model = TestModels.Model([corp, partner], [TestModels.Access(cluster, [TestModels.Identity(cluster, corp, Sre, ["g"], null, Person("a@acme.com"))])]);
        var output = new PolicyLang.Targets.Tailscale.TailscaleTarget().Write(new PolicyLang.Targets.TargetContext(model, PolicyLang.Data.SettingBlock.Empty, new DiagnosticBag()), CancellationToken.None);
        Assert.Equal(["corp/policy.hujson", "partner/policy.hujson"], output.Files.Select(f => f.Path));
        Assert.DoesNotContain("\"grants\": []", System.Text.Encoding.UTF8.GetString(output.Files[0].Content.Span), StringComparison.Ordinal);
        Assert.Contains("\"grants\": []", System.Text.Encoding.UTF8.GetString(output.Files[1].Content.Span), StringComparison.Ordinal);
    }
}
