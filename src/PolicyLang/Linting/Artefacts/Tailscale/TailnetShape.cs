using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Tailscale;

/// <summary>
/// Tells a tailnet policy file by what it holds: `hosts` and `groups` alone may be anybody's, so one section has to be filled as only Tailscale fills it
/// (https://tailscale.com/docs/reference/syntax/policy-file).
/// </summary>
internal static class TailnetShape
{
    /// <summary>Whether an object is a policy file or a part of one.</summary>
    public static bool IsPolicyFile(DataMap root)
        => root.Entries.Any(entry => Is(entry.Key, entry.Value)) && !root.Entries.Any(entry => entry.Key is "apiVersion" or "kind" or "$schema" or "resource" or "terraform" or "openapi");

    private static bool Is(string key, DataNode value) => key.ToLowerInvariant() switch
    {
        "grants" => HasItem(value, "src", "dst"),
        "acls" => HasItem(value, "action", "src") || HasItem(value, "action", "users") || HasItem(value, "src", "dst"),
        "ssh" => HasItem(value, "action", "src") || HasItem(value, "src", "dst"),
        "nodeattrs" => HasItem(value, "target"),
        "tagowners" => HasKey(value, "tag:"),
        "groups" => HasKey(value, "group:"),
        "postures" => HasKey(value, "posture:"),
        "ipsets" => HasKey(value, "ipset:"),
        "autoapprovers" => value is DataMap map && map.Entries.Any(entry => entry.Key is "routes" or "exitNode" or "services"),
        _ => false,
    };

    private static bool HasKey(DataNode value, string prefix) => value is DataMap map && map.Entries.Any(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal));

    private static bool HasItem(DataNode value, params ReadOnlySpan<string> keys)
    {
        foreach (var map in value is DataList list ? list.Items.OfType<DataMap>() : [])
        {
            var hasAll = true;
            foreach (var key in keys)
            {
                hasAll &= map.Entries.Any(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
            }

            if (hasAll)
            {
                return true;
            }
        }

        return false;
    }
}
