using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>Artefacts, and callers to ask about.</summary>
internal static class GatewayFiles
{
    public const string Prod = "198.51.100.101";

    public static GatewayEndpoint Endpoint { get; } = new([Prod, "2001:db8::101"], 6443);

    public static GatewayReading Api(params JsonObject[] rules) => Read("rules.json", new JsonArray([.. rules]).ToJsonString());

    public static GatewayReading Read(string path, string content, params (string Path, string Content)[] more)
        => GatewayReading.Read([new Artefact(path, Encoding.UTF8.GetBytes(content)), .. more.Select(file => new Artefact(file.Path, Encoding.UTF8.GetBytes(file.Content)))]);

    public static JsonObject Rule(string action, int precedence, string traffic, string identity = "", string posture = "", string filter = "l4") => new()
    {
        ["name"] = $"{action} {precedence}",
        ["description"] = "",
        ["enabled"] = true,
        ["precedence"] = precedence,
        ["action"] = action,
        ["filters"] = new JsonArray(filter),
        ["traffic"] = traffic,
        ["identity"] = identity,
        ["device_posture"] = posture,
    };

    /// <summary>Terraform resources of rules, by version of the provider.</summary>
    public static string Terraform(string version, JsonObject resources) => new JsonObject
    {
        ["terraform"] = new JsonObject { ["required_providers"] = new JsonObject { ["cloudflare"] = new JsonObject { ["source"] = "cloudflare/cloudflare", ["version"] = version } } },
        ["resource"] = resources,
    }.ToJsonString();

    public static JsonObject With(this JsonObject rule, string key, JsonNode? value)
    {
        rule[key] = value;
        return rule;
    }

    public static JsonObject Without(this JsonObject rule, string key)
    {
        rule.Remove(key);
        return rule;
    }

    /// <summary>Whether a caller gets through, of whom exactly these atoms are true and nothing is known of the connection.</summary>
    public static Truth Reaches(this GatewayReading reading, GatewayEndpoint endpoint, params Atom[] caller)
        => reading.GateTo(endpoint).Opens.Evaluate(atom => atom.Kind == AtomKind.Connection ? Truth.Unknown : caller.Contains(atom).ToTruth());

    public static Atom Group(string name) => new(AtomKind.Group, "groups.name", name);

    public static Atom Email(string address) => new(AtomKind.Person, "email", address);

    public static Atom Check(string id) => new(AtomKind.Posture, "cloudflare", id);

    /// <summary>The committed outputs: each folder with the files in it.</summary>
    public static ImmutableArray<(string Example, ImmutableArray<Artefact> Files)> Examples { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(OracleData.RepositoryRoot, "examples")).Order(StringComparer.Ordinal)
            .Select(example => (Example: Path.GetFileName(example), Folder: Path.Combine(example, "out", "cloudflare")))
            .Where(example => Directory.Exists(example.Folder))
            .Select(example => (example.Example, Directory.GetFiles(example.Folder).Order(StringComparer.Ordinal).Select(file => new Artefact(Path.GetFileName(file), File.ReadAllBytes(file))).ToImmutableArray())),
    ];
}
