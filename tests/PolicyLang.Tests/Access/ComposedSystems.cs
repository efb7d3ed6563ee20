using System.Text;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using PolicyLang.Tests.Targets.Cloudflare;
using PolicyLang.Tests.Targets.Kubernetes;
using PolicyLang.Tests.Targets.Teleport;

namespace PolicyLang.Tests.Access;

/// <summary>Somebody as the other systems know them.</summary>
/// <param name="Login">The e-mail, or the tag of a machine.</param>
/// <param name="SyncedGroups">The tailnet groups that an identity provider fills.</param>
/// <param name="Teams">The GitHub teams.</param>
/// <param name="OktaGroups">The Okta groups.</param>
/// <param name="Bot">The Teleport bot that a machine runs as.</param>
internal sealed record NativePerson(string Login, string[] SyncedGroups, string[] Teams, string[] OktaGroups, string? Bot = null);

/// <summary>
/// All systems together as they would act on the written files: gates, proxies, authenticators and RBAC, composed. Knows nothing of the policy
/// or of the access model.
/// </summary>
internal sealed class ComposedSystems
{
    private readonly JObject _tailnet;
    private readonly TeleportSimulator _teleport;
    private readonly JArray _gateway;
    private readonly Dictionary<string, List<(string Kind, string Name, string Role, string? Namespace)>> _bindings = new(StringComparer.Ordinal);

    public ComposedSystems(Compilation compilation)
    {
        var files = compilation.Outputs.Values.SelectMany(f => f).ToDictionary(f => f.Path, f => Encoding.UTF8.GetString(f.Content.Span), StringComparer.Ordinal);
        _tailnet = JObject.Parse(files.Single(f => f.Key.EndsWith(".hujson", StringComparison.Ordinal)).Value);
        _teleport = new TeleportSimulator(files.Where(f => f.Key.Contains("teleport/", StringComparison.Ordinal)).SelectMany(f => TeleportDocuments.Read(f.Value)));
        _gateway = JArray.Parse(files.Single(f => f.Key.EndsWith("gateway-rules.json", StringComparison.Ordinal)).Value);
        foreach (var (path, text) in files.Where(f => f.Key.Contains("kubernetes/", StringComparison.Ordinal) && !f.Key.Contains("/applier/", StringComparison.Ordinal)))
        {
            var cluster = path.Split("kubernetes/")[1].Split('/')[0];
            foreach (var document in YamlDocuments.Read(text).Where(d => Text(d["kind"]) is "ClusterRoleBinding" or "RoleBinding"))
            {
                Add(cluster, document);
            }
        }
    }

    /// <summary>The ClusterRoles, with the namespace or <c>*</c>, that somebody has by a path on a cluster while some checks pass.</summary>
    public string[] Roles(NativePerson who, string path, string cluster, string address, IReadOnlySet<string> passing)
    {
        var names = path switch
        {
            "tailscale" => ByTailscale(who, "tag:k8s-" + cluster, passing),
            "teleport" => ByTeleport(who, cluster, passing),
            _ => ByCloudflare(who, address, passing),
        };
        var roles = _bindings.GetValueOrDefault(cluster, []).Where(b => names.Contains((b.Kind, b.Name))).Select(b => (b.Role, b.Namespace)).ToHashSet();
        return [.. roles.Where(r => r.Namespace is null || !roles.Contains((r.Role, null))).Select(r => $"{r.Role} {r.Namespace ?? "*"}").Order(StringComparer.Ordinal)];
    }

    // Tailscale: grants add up; a list of postures is any of them, a posture all of its assertions; the proxy asserts the login and the groups.
    private HashSet<(string, string)> ByTailscale(NativePerson who, string tag, IReadOnlySet<string> passing)
    {
        var mine = (_tailnet["groups"] as JObject ?? []).Properties().Where(g => Texts(g.Value).Contains(who.Login)).Select(g => g.Name).Concat(who.SyncedGroups).Append(who.Login).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<(string, string)>();
        foreach (var grant in _tailnet["grants"]!)
        {
            var postures = Texts(grant["srcPosture"]).ToArray();
            if (!Texts(grant["src"]).Any(mine.Contains) || !Texts(grant["dst"]).Contains(tag) || !Texts(grant["ip"]).Contains("tcp:443")
                || (postures.Length > 0 && !postures.Any(p => Texts(_tailnet["postures"]![p]).All(passing.Contains))))
            {
                continue;
            }

            names.Add(("User", who.Login));
            names.UnionWith((grant["app"]?["tailscale.com/cap/kubernetes"] as JArray ?? []).SelectMany(c => Texts(c["impersonate"]?["groups"])).Select(g => ("Group", g)));
        }

        return names;
    }

    private HashSet<(string, string)> ByTeleport(NativePerson who, string cluster, IReadOnlySet<string> passing)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["c"] = cluster };
        var groups = who.Bot is { } bot ? _teleport.BotGroups(bot, labels) : _teleport.Groups(who.Teams.ToHashSet(StringComparer.Ordinal), labels, passing.Contains("device-trust"));
        return [.. groups.Select(g => ("Group", g))];
    }

    private HashSet<(string, string)> ByCloudflare(NativePerson who, string address, IReadOnlySet<string> passing)
        => who.Bot is null && GatewaySimulation.LetsThrough(_gateway, new Connection(address, 443, "tcp", null, who.Login, who.OktaGroups, [.. passing]))
            ? [.. who.OktaGroups.Select(g => ("Group", "oidc:" + g)), ("User", "oidc:" + who.Login)]
            : [];

    private void Add(string cluster, JsonObject binding)
    {
        if (!_bindings.TryGetValue(cluster, out var bindings))
        {
            _bindings.Add(cluster, bindings = []);
        }

        foreach (var subject in (JsonArray)binding["subjects"]!)
        {
            bindings.Add((Text(subject?["kind"]), Text(subject?["name"]), Text(binding["roleRef"]?["name"]), Text(binding["kind"]) == "RoleBinding" ? Text(binding["metadata"]?["namespace"]) : null));
        }
    }

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static IEnumerable<string> Texts(JToken? token) => token is JArray list ? list.Select(t => (string?)t ?? "") : [];
}
