using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Teleport;

/// <summary>Runs the recorded answers of Teleport through its reader: each case becomes files, and the question goes to the reading.</summary>
internal static class TeleportConformance
{
    private const string Recording = "teleport/vectors.json";
    private const string Team = "Octo/everybody";

    public static IEnumerable<ConformanceRow> Rows()
    {
        var labels = new ConformanceRun(Recording, "which clusters a selector takes");
        var access = new ConformanceRun(Recording, "access and groups of several roles");
        var requests = new ConformanceRun(Recording, "requests that roles let pass");
        var claims = new ConformanceRun(Recording, "what a connector maps");
        foreach (var @case in OracleData.Cases("teleport", "vectors.json"))
        {
            var id = (string)@case["id"]!;
            var input = @case["input"]!.AsObject();
            var expect = @case["expect"]!.AsObject();
            if (input.ContainsKey("connector"))
            {
                RunClaims(claims, id, input, expect);
            }
            else if (input.ContainsKey("kubernetes_labels"))
            {
                RunLabels(labels, id, input, expect);
            }
            else if (input.ContainsKey("request"))
            {
                RunRequest(requests, id, input, expect);
            }
            else
            {
                RunAccess(access, id, input, expect);
            }
        }

        return [labels.ToRow(), access.ToRow(), requests.ToRow(), claims.ToRow()];
    }

    private static void RunLabels(ConformanceRun run, string id, JsonObject input, JsonObject expect)
    {
        var role = new JsonObject
        {
            ["kind"] = "role",
            ["version"] = "v8",
            ["metadata"] = new JsonObject { ["name"] = "r" },
            ["spec"] = new JsonObject
            {
                ["allow"] = new JsonObject { ["kubernetes_labels"] = input["kubernetes_labels"]!.DeepClone(), ["kubernetes_groups"] = new JsonArray("g") },
            },
        };
        var reading = Read([role], [], isBot: false, respectsLabels: true);
        run.Expect(id, ((bool)expect["match"]!).ToTruth(), reading.Opens(EndpointOf(input), Team));
    }

    private static void RunAccess(ConformanceRun run, string id, JsonObject input, JsonObject expect)
    {
        var traits = input["traits"]?.AsObject() ?? [];
        var isBot = input.ContainsKey("traits") && !traits.ContainsKey("kubernetes_groups");
        var reading = Read(RolesOf(input), traits, isBot, (bool?)input["respect_labels"] ?? true);
        var who = isBot ? "bot:tester" : Team;
        var endpoint = EndpointOf(input);
        var actual = new List<string>();
        var expected = new List<string>();
        if (expect["access"] is { } access)
        {
            expected.Add($"access {((bool)access).ToTruth()}");
            actual.Add($"access {reading.Opens(endpoint, who)}");
        }

        if (expect["groups"] is { } groups)
        {
            expected.Add($"groups {string.Join(' ', Texts(groups))}");
            actual.Add($"groups {(reading.Opens(endpoint, who) == Truth.False ? "" : reading.Groups(endpoint, who))}");
        }

        run.Expect(id, string.Join("; ", expected), string.Join("; ", actual));
    }

    private static void RunRequest(ConformanceRun run, string id, JsonObject input, JsonObject expect)
    {
        var reading = Read(RolesOf(input), [], isBot: false, respectsLabels: true);
        var endpoint = EndpointOf(input);
        var request = input["request"]!.AsObject();
        var asked = new KubernetesRequest(Text("kind"), Text("api_group"), Text("namespace"), Text("name"), Text("verb"));
        var (allowed, groups) = reading.Request(endpoint, asked, TeleportFiles.World(Team));
        var expected = new List<string> { $"allowed {((bool)expect["allowed"]!).ToTruth()}" };
        var actual = new List<string> { $"allowed {allowed}" };
        if (expect["groups"] is { } expectedGroups)
        {
            expected.Add($"groups {string.Join(' ', Texts(expectedGroups))}");
            actual.Add($"groups {string.Join(' ', groups)}");
        }

        if (expect["secrets_allowed"] is { } secrets)
        {
            expected.Add($"secrets {((bool)secrets).ToTruth()}");
            actual.Add($"secrets {reading.Request(endpoint, asked with { Kind = "secrets" }, TeleportFiles.World(Team)).Allowed}");
        }

        run.Expect(id, string.Join("; ", expected), string.Join("; ", actual));

        string Text(string key) => (string)request[key]!;
    }

    private static void RunClaims(ConformanceRun run, string id, JsonObject input, JsonObject expect)
    {
        var connector = new JsonObject { ["kind"] = "github", ["version"] = "v3", ["metadata"] = new JsonObject { ["name"] = "github" }, ["spec"] = input["connector"]!.DeepClone() };
        var reading = TeleportReading.Read([TeleportFiles.File(connector.ToJsonString(), "github.json")], TeleportFiles.Newest);
        var teams = input["organization_to_teams"]!.AsObject().ToDictionary(p => p.Key, p => Texts(p.Value!).ToImmutableArray(), StringComparer.Ordinal);
        var (roles, groups, users) = reading.Resources.Connectors.Single().MapClaims(teams);
        run.Expect(
            id,
            string.Join("; ", string.Join(' ', Texts(expect["roles"]!)), string.Join(' ', Texts(expect["kubernetes_groups"]!)), string.Join(' ', Texts(expect["kubernetes_users"]!))),
            string.Join("; ", string.Join(' ', roles), string.Join(' ', groups), string.Join(' ', users)));
    }

    // Somebody with all the roles: a member of a team, whose Kubernetes groups the connector can hold, or a bot, which can have any traits.
    private static TeleportReading Read(JsonObject[] roles, JsonObject traits, bool isBot, bool respectsLabels)
    {
        var names = roles.Select(r => (string)r["metadata"]!["name"]!).ToArray();
        var holder = new JsonObject { ["kind"] = isBot ? "bot" : "github", ["version"] = isBot ? "v1" : "v3", ["metadata"] = new JsonObject { ["name"] = "tester" } };
        holder["spec"] = isBot
            ? new JsonObject
            {
                ["roles"] = ListOf(names),
                ["traits"] = new JsonArray([.. traits.Select(t => (JsonNode)new JsonObject { ["name"] = t.Key, ["values"] = t.Value!.DeepClone() })]),
            }
            : new JsonObject
            {
                ["teams_to_logins"] = new JsonArray(new JsonObject
                {
                    ["organization"] = "Octo",
                    ["team"] = "everybody",
                    ["logins"] = ListOf(names),
                    ["kubernetes_groups"] = traits["kubernetes_groups"]?.DeepClone() ?? new JsonArray(),
                }),
            };
        var text = string.Join('\n', roles.Append(holder).Select(r => r.ToJsonString()));
        var rules = new TeleportRules(TeleportFiles.Newest);
        return TeleportReading.Read([TeleportFiles.File(text, "roles.json")], respectsLabels ? rules : rules with { GroupsHeedLabels = Truth.False });
    }

    private static JsonArray ListOf(string[] names) => new([.. names.Select(n => (JsonNode)n)]);

    private static JsonObject[] RolesOf(JsonObject input) => [.. input["roles"]!.AsArray().Select(r => r!.AsObject())];

    private static TeleportEndpoint EndpointOf(JsonObject input) => TeleportFiles.Endpoint([.. input["cluster_labels"]!.AsObject().Select(l => (l.Key, (string)l.Value!))]);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(t => (string)t!);
}
