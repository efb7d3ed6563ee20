using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Tailscale;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>Builds models with one Tailscale path and compiles them; every file that comes out is checked for what must hold of all files.</summary>
internal sealed class TailscaleTestProject
{
    public static readonly TailscalePathKind Kind = new();
    private static readonly Lazy<JSchema> Schema = new(() => JSchema.Parse(File.ReadAllText(Path.Combine(TailscaleOracle.Repository, "schemas", "tailscale-policy.schema.json"))));

    private readonly List<Cluster> _clusters = [];
    private readonly List<IdentityLink> _links = [];
    private readonly List<(Subject, Subject)> _disjoint = [];

    public TailscaleTestProject(params (string Key, object Value)[] settings) => Tailnet = TestModels.Path(Kind, settings: settings);

    public AccessPath Tailnet { get; }

    public bool ChecksSchema { get; init; } = true;

    public Cluster Cluster(string name, params (string Key, object Value)[] settings)
    {
        var block = TestModels.Block(Kind.ClusterSettings, settings.Length == 0 ? [("tag", $"tag:k8s-{name}")] : settings);
        var cluster = TestModels.Cluster(name, (Tailnet.Name, block));
        _clusters.Add(cluster);
        return cluster;
    }

    public void Retired(string name)
        => _clusters.Add(TestModels.Cluster(name, (Tailnet.Name, TestModels.Block(Kind.ClusterSettings, ("tag", $"tag:k8s-{name}")))) with { IsRetired = true });

    public static NativePrincipal Person(string email, Subject? origin = null) => TestModels.Principal(PrincipalKind.Person, "email", email, origin ?? TestModels.User(email));

    public static NativePrincipal Outer(string group, Subject? origin = null) => TestModels.Principal(PrincipalKind.Group, "tailscale", group, origin ?? TestModels.Group("outer"));

    public static NativePrincipal Machine(string tag, Subject? origin = null) => TestModels.Principal(PrincipalKind.Machine, "tailscale", tag, origin ?? TestModels.Machine("machine"));

    public void Allow(Subject subject, Cluster cluster, params NativePrincipal[] principals) => Allow(subject, cluster, Condition.Always, principals);

    public void Allow(Subject subject, Cluster cluster, Condition condition, params NativePrincipal[] principals)
        => Allow(subject, cluster, condition, [$"policyc:{cluster.Name}:{subject.Name}{(condition.IsAlways ? "" : ":when-" + condition.Key)}"], principals);

    public void Allow(Subject subject, Cluster cluster, Condition condition, string[] kubernetesGroups, params NativePrincipal[] principals)
        => _links.Add(TestModels.Identity(cluster, Tailnet, subject, kubernetesGroups, condition, principals));

    public void Disjoint(Subject first, Subject second) => _disjoint.Add((first, second));

    public Posture Posture(string name, params string[] assertions)
        => new(name, ImmutableSortedDictionary<string, ImmutableArray<SettingText>>.Empty.Add(Tailnet.Name, [.. assertions.Select(a => new SettingText(a, TestModels.Here(a)))]), TestModels.Here(name));

    public (TargetOutput Output, ImmutableArray<Diagnostic> Diagnostics) Compile()
    {
        var diagnostics = new DiagnosticBag();
        return (new TailscaleTarget().Write(new TargetContext(Model(), SettingBlock.Empty, diagnostics), CancellationToken.None), diagnostics.ToSortedArray());
    }

    public AccessModel Model()
    {
        var links = _links.ToLookup(link => link.Cluster);
        return TestModels.Model([Tailnet], _clusters.Select(c => TestModels.Access(c, links[c])), [.. _disjoint]);
    }

    public string Text()
    {
        var (output, diagnostics) = Compile();
        Assert.Empty(diagnostics);
        var file = Assert.Single(output.Files);
        var text = new UTF8Encoding(false, true).GetString(file.Content.Span);
        Check(text);
        return text;
    }

    public JsonElement Json() => JsonDocument.Parse(HuJsonStandard.ToJson(HuJsonParser.Parse(Text()))).RootElement;

    public Diagnostic Error()
    {
        var (output, diagnostics) = Compile();
        Assert.Empty(output.Files);
        var error = Assert.Single(diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.NotNull(error.Location);
        Assert.False(error.Message.EndsWith('.'), error.Message);
        return error;
    }

    private void Check(string text)
    {
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var parsed = HuJsonParser.Parse(text);
        Assert.Equal(text, HuJsonFormatter.Format(parsed));
        CheckNames(parsed.Body);
        using var json = JsonDocument.Parse(HuJsonStandard.ToJson(parsed));
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("grants").ValueKind);
        CheckTags(json.RootElement);
        if (ChecksSchema)
        {
            var isValid = JToken.Parse(HuJsonStandard.ToJson(parsed)).IsValid(Schema.Value, out IList<string> errors);
            Assert.True(isValid, string.Join("\n", errors) + "\n" + text);
        }
    }

    // Typical decoders let the last of two equal names win, and some fold case.
    private static void CheckNames(HuJsonBody body)
    {
        if (body is HuJsonObject @object)
        {
            Assert.Equal(@object.Count, @object.Members.Select(m => m.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            foreach (var member in @object.Members)
            {
                CheckNames(member.Value.Body);
            }
        }
        else if (body is HuJsonArray array)
        {
            foreach (var item in array.Items)
            {
                CheckNames(item.Body);
            }
        }
    }

    private static void CheckTags(JsonElement policy)
    {
        var defined = policy.TryGetProperty("tagOwners", out var owners) ? owners.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal) : [];
        var groups = policy.TryGetProperty("groups", out var g) ? g.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var text in Texts(policy))
        {
            if (text.StartsWith("tag:", StringComparison.Ordinal))
            {
                Assert.Contains(string.Join(':', text.Split(':').Take(2)), defined);
            }
            else if (text.StartsWith("group:", StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal))
            {
                Assert.Contains(text, groups);
            }
        }

        static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString() ?? ""],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
            _ => [],
        };
    }
}
