using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>Recordings of Tailscale's control plane as the reader takes them.</summary>
internal static class TailscaleCases
{
    // The recorded tailnet's own domain; `thor@example.org` is a user from elsewhere.
    private static readonly FrozenSet<string> Domains = new[] { "example.com" }.ToFrozenSet(StringComparer.Ordinal);

    public static JsonObject[] Of(string file) => OracleData.Cases("tailscale", file);

    public static Artefact Artefact(string text) => new("policy.hujson", Encoding.UTF8.GetBytes(text));

    public static Artefact Policy(JsonObject @case) => Artefact(@case["policy"]!.ToJsonString());

    public static PolicyNode Parse(JsonNode? node) => PolicyTextParser.Parse(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));

    /// <summary>A policy with everything that the control plane has against it, in the order in which it is found.</summary>
    public static (TailnetFile File, Selectors Selectors) Check(JsonObject @case, TailnetTopology? topology)
    {
        var file = TailnetFileReader.Read(Policy(@case));
        var selectors = new Selectors(file);
        TailnetChecks.Check(file, selectors, topology);
        return (file, selectors);
    }

    /// <summary>Devices of a case; none, with the tailnet's domain known, where the case has none.</summary>
    public static TailnetTopology Topology(JsonObject? @case)
    {
        if (@case?["topology"] is not JsonObject topology)
        {
            return new TailnetTopology([], Domains);
        }

        var logins = topology["users"]!.AsArray().ToDictionary(u => u!["name"]!.GetValue<string>(), u => u!["email"]!.GetValue<string>());
        return new TailnetTopology([.. topology["nodes"]!.AsObject().Select(node => Node(node.Key, node.Value!, logins, @case["policy"]!["autoApprovers"]?["routes"] as JsonObject ?? []))], Domains);
    }

    public static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static TailnetNode Node(string name, JsonNode node, Dictionary<string, string> logins, JsonObject approvers) => new(
        name,
        Text(node["user"]) is { } user ? logins[user] : null,
        [.. node["tags"]!.AsArray().Select(t => t!.GetValue<string>())],
        [AddressRange.TryParse(Text(node["ipv4"])!)!.Value, AddressRange.TryParse(Text(node["ipv6"])!)!.Value],
        Routes(node, approvers));

    // Two cases were recorded before routes that the policy approves showed as approved. Routes of exit nodes are no subnets.
    private static ImmutableArray<AddressRange> Routes(JsonNode node, JsonObject approvers)
    {
        var tags = Texts(node["tags"]);
        var routes = Texts(node["approved_routes"]).Union(Texts(node["routable_ips"]).Where(r => Texts(approvers[r]).Intersect(tags).Any()));
        return [.. routes.Where(r => r is not ("0.0.0.0/0" or "::/0")).Select(r => AddressRange.TryParse(r)!.Value)];
    }

    private static string[] Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(t => t!.GetValue<string>())];
}
