using System.Collections.Immutable;
using System.Text;
using Newtonsoft.Json.Linq;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>A small model around one or more Cloudflare paths, and what the target makes of it.</summary>
internal sealed class GatewayFixture
{
    public const string V4 = "198.51.100.101";
    public const string V6 = "2001:db8::101";
    public const string Check = "1308749e-fcfb-4ebc-b051-fe022b632644";
    public const string OtherCheck = "2408749e-fcfb-4ebc-b051-fe022b632644";
    public const string Vnet = "f70ff985-a4ef-4643-bbbc-4a0ed4fc8415";
    public const string ListId = "01302951-49f9-47c9-a400-0297e60b6a10";

    private static readonly CloudflareTarget Target = new();
    private readonly List<ClusterAccess> _clusters = [];

    public GatewayFixture(params (string, object)[] settings) => Path = NewPath("cloudflare", settings);

    public AccessPath Path { get; }

    public DiagnosticBag Diagnostics { get; } = new();

    public static Subject Sre { get; } = TestModels.Group("sre", ("okta", "SRE"));

    public static Subject Alice { get; } = TestModels.User("alice@acme.com", ("email", "alice@acme.com"));

    public static AccessPath NewPath(string name, params (string, object)[] settings) => TestModels.Path(Target.PathKind, name, "okta", settings);

    public static Cluster NewCluster(string name, AccessPath path, params (string, object)[] settings)
        => TestModels.Cluster(name, (path.Name, TestModels.Block(path.Kind.ClusterSettings, settings)));

    public static NativePrincipal Group(Subject subject, string name) => TestModels.Principal(PrincipalKind.Group, "okta", name, subject);

    public static NativePrincipal Person(Subject subject, string email) => TestModels.Principal(PrincipalKind.Person, "email", email, subject);

    public static Condition When(params (string Posture, string[] Checks)[] postures)
        => Condition.AllOf(postures.Select(p => new Posture(
            p.Posture,
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("cloudflare", p.Checks.Select(c => new SettingText(c, TestModels.Here(c))).ToImmutableArray())]),
            TestModels.Here(p.Posture))));

    public GatewayFixture Cluster(string name, string[] addresses, params (string, object)[] more) => Cluster(name, addresses, _ => [], more);

    public GatewayFixture Cluster(string name, string[] addresses, Func<Cluster, IEnumerable<GateLink>> gates, params (string, object)[] more)
        => Cluster(NewCluster(name, Path, [("addresses", addresses), .. more]), gates);

    public GatewayFixture Cluster(Cluster cluster, Func<Cluster, IEnumerable<GateLink>> gates)
    {
        _clusters.Add(TestModels.Access(cluster, gates: gates(cluster)));
        return this;
    }

    public IEnumerable<GateLink> SreTo(Cluster cluster, Condition? condition = null)
        => [TestModels.Gate(cluster, Path, Sre, condition, Group(Sre, "SRE"))];

    public TargetOutput Write(params AccessPath[] otherPaths)
        => Target.Write(new TargetContext(TestModels.Model([Path, .. otherPaths], _clusters), SettingBlock.Empty, Diagnostics), CancellationToken.None);

    public string Text(string file)
    {
        var output = Write();
        Assert.Empty(Diagnostics.ToSortedArray().Select(d => d.Message));
        return Encoding.UTF8.GetString(Assert.Single(output.Files, f => f.Path == "cloudflare/" + file).Content.Span);
    }

    public JArray Rules() => JArray.Parse(Text("gateway-rules.json"));

    public JObject Rule(string name) => Assert.Single(Rules().Cast<JObject>(), r => (string?)r["name"] == name);

    public JObject Terraform() => JObject.Parse(Text("gateway.tf.json"));

    public JObject TerraformRules() => (JObject)(Terraform().SelectToken("resource.cloudflare_zero_trust_gateway_policy") ?? throw new InvalidOperationException());

    public Diagnostic Error()
    {
        var output = Write();
        Assert.Empty(output.Files);
        return Assert.Single(Diagnostics.ToSortedArray());
    }
}
