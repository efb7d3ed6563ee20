using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>Runs the recordings of the API server proxy.</summary>
internal static class ProxyConformance
{
    private const string File = "tailscale/k8s_impersonation_vectors.json";

    public static ConformanceRow Impersonation()
    {
        var run = new ConformanceRun(File, "impersonation headers");
        foreach (var vector in Vectors("impersonation"))
        {
            var answer = ApiServerProxy.Answer(Caller(vector), Values(vector));
            run.Expect(TailscaleCases.Text(vector["name"])!, Expected(vector), answer.IsError ? "error" : Describe(answer.User, answer.Groups));
        }

        return run.ToRow();
    }

    /// <summary>The same, asked of a policy file with one grant for each value.</summary>
    public static ConformanceRow Links()
    {
        var run = new ConformanceRun(File, "identities of a policy file");
        foreach (var vector in Vectors("impersonation"))
        {
            var caller = Caller(vector);
            var reading = TailnetReading.Read(PolicyOf(vector, caller));
            var world = World(caller);
            var identities = reading.IdentitiesAt(new TailnetEndpoint(["tag:k8s"], [], 443)).Where(i => i.Who.Evaluate(world) == Truth.True).ToArray();
            var groups = identities.SelectMany(i => i.Groups).ToImmutableSortedSet(StringComparer.Ordinal);
            run.Expect(
                TailscaleCases.Text(vector["name"])!,
                Sorted(vector),
                identities.Any(i => i.User is not null) ? Describe(caller.Name, groups) : "error");
        }

        return run.ToRow();
    }

    public static ConformanceRow Recording()
    {
        var run = new ConformanceRun(File, "recorders");
        foreach (var vector in Vectors("recording"))
        {
            var answer = ApiServerProxy.Answer(new ProxyCaller("foo@example.com", []), Values(vector));
            run.Expect(
                TailscaleCases.Text(vector["name"])!,
                $"{vector["fail_open"]!.GetValue<bool>()} {string.Join(' ', vector["addrs"]!.AsArray())} {TailscaleCases.Text(vector["request_outcome"]) == "403"}",
                $"{answer.FailsOpen} {string.Join(' ', answer.Recorders)} {answer.IsForbidden}");
        }

        return run.ToRow();
    }

    private static IEnumerable<JsonNode> Vectors(string part) => OracleData.Read("tailscale", "k8s_impersonation_vectors.json")[part]!.AsArray().Select(v => v!);

    private static ProxyCaller Caller(JsonNode vector) => new(
        TailscaleCases.Text(vector["caller"]!["login"] ?? vector["caller"]!["fqdn"])!,
        [.. vector["caller"]!["tags"]!.AsArray().Select(t => t!.GetValue<string>())]);

    private static PolicyNode[] Values(JsonNode vector) => TailscaleCases.Parse(vector["caps"]).Items;

    private static string Expected(JsonNode vector)
        => vector["error"] is not null ? "error" : Describe(TailscaleCases.Text(vector["user"])!, vector["groups"]!.AsArray().Select(g => g!.GetValue<string>()));

    private static string Sorted(JsonNode vector)
        => vector["error"] is not null ? "error" : Describe(TailscaleCases.Text(vector["user"])!, vector["groups"]!.AsArray().Select(g => g!.GetValue<string>()).Order(StringComparer.Ordinal));

    private static string Describe(string user, IEnumerable<string> groups) => $"{user}: {string.Join(", ", groups)}";

    private static Artefact PolicyOf(JsonNode vector, ProxyCaller caller)
    {
        var source = caller.Tags.IsEmpty ? caller.Name : caller.Tags[0];
        var grants = vector["caps"]!.AsArray().Select(value =>
            $$"""{"src": ["{{source}}"], "dst": ["tag:k8s"], "app": {"tailscale.com/cap/kubernetes": [{{value!.ToJsonString().Replace("enforceRecorder\":true", "enforceRecorder\":false", StringComparison.Ordinal)}}] } }""");
        var owners = string.Join(", ", caller.Tags.Append("tag:k8s").Select(tag => $"\"{tag}\": []"));
        return TailscaleCases.Artefact($$"""{"tagOwners": { {{owners}} }, "grants": [{"src": ["{{source}}"], "dst": ["tag:k8s"], "ip": ["tcp:443"]}, {{string.Join(", ", grants)}}]}""");
    }

    internal static Func<Atom, Truth> World(ProxyCaller caller) => atom => (atom.Kind switch
    {
        AtomKind.Person => caller.Tags.IsEmpty && string.Equals(atom.Value, caller.Name, StringComparison.Ordinal),
        AtomKind.Machine => caller.Tags.Contains(atom.Value, StringComparer.Ordinal),
        AtomKind.AnyPerson => caller.Tags.IsEmpty,
        AtomKind.AnyMachine => !caller.Tags.IsEmpty,
        _ => false,
    }).ToTruth();
}
