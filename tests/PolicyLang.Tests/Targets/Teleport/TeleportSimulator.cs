using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>
/// What a Teleport does with resources, written from its documented semantics and independent of the writer: label matching, union of
/// groups, defaults of role versions, strictest device demand, exact team matching.
/// </summary>
internal sealed class TeleportSimulator(IEnumerable<JObject> documents, bool respectsLabels = true)
{
    private readonly List<JObject> _documents = [.. documents];

    private static readonly string[] s_everything = ["*"];

    /// <summary>The Kubernetes groups that a person in some teams gets on a cluster; nothing when the request is refused.</summary>
    public SortedSet<string> Groups(IReadOnlySet<string> teams, IReadOnlyDictionary<string, string> clusterLabels, bool trustedDevice)
        => GroupsOf(RolesOf(teams), clusterLabels, trustedDevice);

    /// <summary>The same for a bot.</summary>
    public SortedSet<string> BotGroups(string bot, IReadOnlyDictionary<string, string> clusterLabels)
        => GroupsOf(
            _documents.Where(d => Text(d, "kind") is "bot" or "TeleportBotV1" && Text(d["metadata"], "name") == bot).SelectMany(d => Texts(d["spec"]?["roles"])).ToHashSet(StringComparer.Ordinal),
            clusterLabels,
            false);

    /// <summary>The roles of a person in some teams.</summary>
    public HashSet<string> RolesOf(IReadOnlySet<string> teams)
    {
        var spec = _documents.Single(d => Text(d, "kind") is "github" or "TeleportGithubConnector")["spec"];
        var rows = spec?["teams_to_roles"] ?? spec?["teams_to_logins"];
        return (rows ?? new JArray())
            .Where(row => teams.Contains(Text(row, "organization") + "/" + Text(row, "team")))
            .SelectMany(row => Texts(row["roles"] ?? row["logins"]))
            .ToHashSet(StringComparer.Ordinal);
    }

    private SortedSet<string> GroupsOf(HashSet<string> names, IReadOnlyDictionary<string, string> clusterLabels, bool trustedDevice)
    {
        var groups = new SortedSet<string>(StringComparer.Ordinal);
        var held = _documents.Where(d => Version(d) is not null && names.Contains(Text(d["metadata"], "name"))).ToList();
        var matching = held.Where(role => Matches(role, clusterLabels)).ToList();
        if (matching.Count == 0 || (!trustedDevice && matching.Any(role => Text(role["spec"]?["options"], "device_trust_mode") == "required")))
        {
            return groups;
        }

        foreach (var role in respectsLabels ? matching : held)
        {
            groups.UnionWith(Texts(role["spec"]?["allow"]?["kubernetes_groups"]));
        }

        return groups;
    }

    private static int? Version(JObject document) => Text(document, "kind") switch
    {
        "role" => Text(document, "version")[1] - '0',
        "TeleportRole" => 5,
        ['T', 'e', 'l', 'e', 'p', 'o', 'r', 't', 'R', 'o', 'l', 'e', 'V', var digit] => digit - '0',
        _ => null,
    };

    private static bool Matches(JObject role, IReadOnlyDictionary<string, string> labels)
    {
        var selector = role["spec"]?["allow"]?["kubernetes_labels"] as JObject;
        if (selector is null || selector.Count == 0)
        {
            return Version(role) == 3;
        }

        if (selector["*"] is { } all && Texts(all).SequenceEqual(s_everything))
        {
            return true;
        }

        return selector.Properties().All(p => labels.TryGetValue(p.Name, out var value) && Texts(p.Value).Any(pattern => MatchesValue(pattern, value)));
    }

    private static bool MatchesValue(string pattern, string value)
        => pattern.StartsWith('^') && pattern.EndsWith('$')
            ? Regex.IsMatch(value, pattern)
            : Regex.IsMatch(value, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");

    private static string Text(JToken? token, string key) => (string?)token?[key] ?? "";

    private static IEnumerable<string> Texts(JToken? token) => token is JArray list ? list.Select(t => (string?)t ?? "") : token is null ? [] : [(string?)token ?? ""];
}
