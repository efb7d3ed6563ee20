using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Semantics;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>The files to the byte, and against their schemas.</summary>
public sealed class GatewayWriterTests
{
    private static GatewayFixture Article(params (string, object)[] settings)
    {
        var fixture = new GatewayFixture(settings);
        return fixture.Cluster(
            "prod-tokyo",
            ["198.51.100.101/32", "2001:DB8::101/128"],
            cluster => fixture.SreTo(cluster, GatewayFixture.When(("managed", [GatewayFixture.Check]))));
    }

    private static GatewayFixture Everything(string version)
    {
        var fixture = new GatewayFixture(
            ("forms", "terraform"), ("provider", version), ("account", "0123456789abcdef0123456789abcdef"),
            ("check_session", "90m"), ("notify", "Ask ${team} in %{chat}"));
        return fixture.Cluster(
            "prod",
            [GatewayFixture.V4],
            cluster => [.. fixture.SreTo(cluster), TestModels.Gate(cluster, fixture.Path, GatewayFixture.Alice, null, GatewayFixture.Person(GatewayFixture.Alice, "alice@acme.com"))],
            ("list", true), ("tunnel", GatewayFixture.ListId), ("port", 443));
    }

    [Fact]
    public void Api_form_to_the_byte() => Assert.Equal(
        """
        [
          {
            "name": "policyc/prod-tokyo/block",
            "description": "refuses everyone whom no rule lets reach prod-tokyo",
            "enabled": true,
            "precedence": 7445997,
            "action": "block",
            "filters": [
              "l4"
            ],
            "traffic": "net.dst.ip in {198.51.100.101 2001:db8::101}",
            "identity": "",
            "device_posture": ""
          },
          {
            "name": "policyc/prod-tokyo/no-inspect",
            "description": "keeps HTTP inspection off prod-tokyo",
            "enabled": true,
            "precedence": 8646207,
            "action": "off",
            "filters": [
              "http"
            ],
            "traffic": "any(http.conn.dst_ip[*] in {198.51.100.101 2001:db8::101})",
            "identity": "",
            "device_posture": ""
          },
          {
            "name": "policyc/prod-tokyo/allow/sre/when-managed",
            "description": "lets sre reach prod-tokyo when managed",
            "enabled": true,
            "precedence": 2971045,
            "action": "allow",
            "filters": [
              "l4"
            ],
            "traffic": "net.dst.ip in {198.51.100.101 2001:db8::101} and net.dst.port == 6443 and net.protocol == \"tcp\"",
            "identity": "any(identity.groups.name[*] in {\"SRE\"})",
            "device_posture": "any(device_posture.checks.passed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\"})"
          }
        ]

        """.ReplaceLineEndings("\n"),
        Article().Text("gateway-rules.json"));

    [Fact]
    public void Terraform_form_of_version_5_to_the_byte() => Assert.Equal(
        """
        {
          "terraform": {
            "required_providers": {
              "cloudflare": {
                "source": "cloudflare/cloudflare",
                "version": "~> 5.22"
              }
            }
          },
          "resource": {
            "cloudflare_zero_trust_gateway_policy": {
              "prod__block": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "name": "policyc/prod/block",
                "description": "refuses everyone whom no rule lets reach prod",
                "enabled": true,
                "precedence": 7570516,
                "action": "block",
                "filters": [
                  "l4"
                ],
                "traffic": "net.dst.ip in {198.51.100.101}",
                "identity": "",
                "device_posture": "",
                "rule_settings": {
                  "block_reason": "Ask $${team} in %%{chat}",
                  "notification_settings": {
                    "enabled": true,
                    "msg": "Ask $${team} in %%{chat}"
                  }
                }
              },
              "prod__no-inspect": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "name": "policyc/prod/no-inspect",
                "description": "keeps HTTP inspection off prod",
                "enabled": true,
                "precedence": 9927121,
                "action": "off",
                "filters": [
                  "http"
                ],
                "traffic": "any(http.conn.dst_ip[*] in {198.51.100.101})",
                "identity": "",
                "device_posture": ""
              },
              "prod__allow__sre": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "name": "policyc/prod/allow/sre",
                "description": "lets sre reach prod",
                "enabled": true,
                "precedence": 1301579,
                "action": "allow",
                "filters": [
                  "l4"
                ],
                "traffic": "net.dst.ip in ${format(\"$%s\", replace(cloudflare_zero_trust_list.prod.id, \"-\", \"\"))} and net.dst.port == 443 and net.protocol == \"tcp\"",
                "identity": "any(identity.groups.name[*] in {\"SRE\"})",
                "device_posture": "",
                "rule_settings": {
                  "check_session": {
                    "enforce": true,
                    "duration": "1h30m0s"
                  }
                },
                "depends_on": [
                  "cloudflare_zero_trust_gateway_policy.prod__block"
                ]
              },
              "prod__allow__alice_40acme_2ecom": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "name": "policyc/prod/allow/alice@acme.com",
                "description": "lets alice@acme.com reach prod",
                "enabled": true,
                "precedence": 5718408,
                "action": "allow",
                "filters": [
                  "l4"
                ],
                "traffic": "net.dst.ip in ${format(\"$%s\", replace(cloudflare_zero_trust_list.prod.id, \"-\", \"\"))} and net.dst.port == 443 and net.protocol == \"tcp\"",
                "identity": "identity.email in {\"alice@acme.com\"}",
                "device_posture": "",
                "rule_settings": {
                  "check_session": {
                    "enforce": true,
                    "duration": "1h30m0s"
                  }
                },
                "depends_on": [
                  "cloudflare_zero_trust_gateway_policy.prod__block"
                ]
              }
            },
            "cloudflare_zero_trust_list": {
              "prod": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "name": "policyc/prod",
                "description": "the API server of prod",
                "type": "IP",
                "items": [
                  {
                    "value": "198.51.100.101",
                    "description": "the API server of prod"
                  }
                ]
              }
            },
            "cloudflare_zero_trust_tunnel_cloudflared_route": {
              "prod__198-51-100-101": {
                "account_id": "0123456789abcdef0123456789abcdef",
                "tunnel_id": "01302951-49f9-47c9-a400-0297e60b6a10",
                "network": "198.51.100.101/32",
                "comment": "policyc/prod",
                "depends_on": [
                  "cloudflare_zero_trust_gateway_policy.prod__block"
                ]
              }
            }
          }
        }

        """.ReplaceLineEndings("\n"),
        Everything("5").Text("gateway.tf.json"));

    [Fact]
    public void Version_4_spells_settings_lists_and_routes_its_own_way()
    {
        var terraform = Everything("4").Terraform();
        var allow = terraform.SelectToken("resource.cloudflare_zero_trust_gateway_policy.prod__allow__sre")!;
        var block = terraform.SelectToken("resource.cloudflare_zero_trust_gateway_policy.prod__block")!;
        Assert.Equal("1h30m0s", (string?)allow.SelectToken("rule_settings[0].check_session[0].duration"));
        Assert.Equal("Ask $${team} in %%{chat}", (string?)block.SelectToken("rule_settings[0].block_page_reason"));
        Assert.Equal("Ask $${team} in %%{chat}", (string?)block.SelectToken("rule_settings[0].notification_settings[0].message"));
        Assert.NotNull(terraform.SelectToken("resource.cloudflare_zero_trust_list.prod.items_with_description[0].value"));
        Assert.NotNull(terraform.SelectToken("resource.cloudflare_zero_trust_tunnel_route.prod__198-51-100-101"));
        Assert.Equal("~> 4.52", (string?)terraform.SelectToken("terraform.required_providers.cloudflare.version"));
    }

    [Fact]
    public void Api_form_with_a_list_that_exists()
    {
        var fixture = new GatewayFixture(("forms", "api"));
        fixture.Cluster("prod", [GatewayFixture.V4], cluster => fixture.SreTo(cluster), ("list", true), ("list_id", GatewayFixture.ListId));
        Assert.StartsWith("net.dst.ip in $0130295149f947c9a4000297e60b6a10 and ", (string?)fixture.Rule("policyc/prod/allow/sre")["traffic"], StringComparison.Ordinal);
        var lists = JObject.Parse(fixture.Text("gateway-lists.json"));
        Assert.Equal("198.51.100.101", (string?)lists[GatewayFixture.ListId]!["items"]![0]!["value"]);
        AssertValid("cloudflare-gateway-lists", lists);
    }

    [Fact]
    public void Every_file_obeys_its_schema()
    {
        AssertValid("cloudflare-gateway-rules", Article(("check_session", "12h"), ("notify", "no")).Rules());
        AssertValid("cloudflare-terraform", Article().Terraform());
        AssertValid("cloudflare-terraform", Everything("5").Terraform());
        AssertValid("cloudflare-terraform", Everything("4").Terraform());
    }

    [Fact]
    public void The_schema_refuses_an_allow_rule_without_identity()
    {
        var rules = Article().Rules();
        rules[2]["identity"] = "";
        Assert.False(rules.IsValid(Schema("cloudflare-gateway-rules")));
    }

    [Fact]
    public void Files_are_utf8_without_mark_with_line_feeds_and_a_final_one()
    {
        foreach (var file in Article().Write().Files)
        {
            var bytes = file.Content.ToArray();
            Assert.NotEqual(0xEF, bytes[0]);
            Assert.DoesNotContain((byte)'\r', bytes);
            Assert.Equal("\n", Encoding.UTF8.GetString(bytes[^1..]));
            Assert.NotEqual((byte)'\n', bytes[^2]);
        }
    }

    [Fact]
    public void Culture_does_not_matter()
    {
        var before = Article().Text("gateway-rules.json");
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NegativeSign = "~";
            odd.NumberFormat.NumberGroupSeparator = "x";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(before, Article().Text("gateway-rules.json"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Each_path_has_its_folder_and_account()
    {
        var fixture = new GatewayFixture(("account", "0123456789abcdef0123456789abcdef"));
        var other = GatewayFixture.NewPath("emea", ("output", "edge/emea/"));
        fixture.Cluster("prod", [GatewayFixture.V4]).Cluster(GatewayFixture.NewCluster("rome", other, ("addresses", new[] { "10.1.1.1" })), _ => []);
        var output = fixture.Write(other);
        Assert.Equal(
            ["cloudflare/gateway-rules.json", "cloudflare/gateway.tf.json", "edge/emea/gateway-rules.json", "edge/emea/gateway.tf.json"],
            output.Files.Select(f => f.Path));
        Assert.DoesNotContain("prod", Encoding.UTF8.GetString(output.Files[2].Content.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("variable", Encoding.UTF8.GetString(output.Files[1].Content.Span), StringComparison.Ordinal);
        Assert.Contains("\"variable\"", Encoding.UTF8.GetString(output.Files[3].Content.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sre", "prod__allow__sre")]
    [InlineData("a.b@acme.com", "prod__allow__a_2eb_40acme_2ecom")]
    [InlineData("a_b@acme.com", "prod__allow__a_5fb_40acme_2ecom")]
    public void Labels_are_decodable(string subject, string label) => Assert.Equal(label, TerraformText.Label("prod", "allow", subject));

    [Fact]
    public void An_email_with_a_slash_makes_no_other_name()
    {
        var person = TestModels.User("a/when-b@acme.com");
        Assert.Equal("policyc/prod/allow/a%2fwhen-b@acme.com", GatewayNames.Allow(TestModels.Cluster("prod"), person, Condition.Always));
    }

    private static void AssertValid(string schema, JToken value)
    {
        Assert.True(value.IsValid(Schema(schema), out IList<string> problems), string.Join("; ", problems));
    }

    private static JSchema Schema(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PolicyLang.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the repository is not above the tests");
        }

        return JSchema.Parse(File.ReadAllText(Path.Combine(folder.FullName, "schemas", name + ".schema.json")));
    }
}
