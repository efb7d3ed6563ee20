namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// The settings that a rule may carry (Cloudflare API reference, Gateway rules; Terraform provider versions 4 and 5). None of them decides who gets a network
/// connection through, apart from the two that let rules of other accounts take part.
/// </summary>
internal static class RuleSettings
{
    private static readonly Dictionary<string, string[]> Inner = new(StringComparer.Ordinal)
    {
        ["add_headers"] = ["*"],
        ["audit_ssh"] = ["command_logging"],
        ["biso_admin_controls"] =
        [
            "version", "dcp", "dd", "dk", "dp", "du", "copy", "download", "paste", "keyboard", "printing", "upload", "wm_id",
            "disable_printing", "disable_copy_paste", "disable_download", "disable_upload", "disable_keyboard", "disable_clipboard_redirection",
        ],
        ["block_page"] = ["target_uri", "include_context"],
        ["check_session"] = ["enforce", "duration"],
        ["dns_resolvers"] = ["*"],
        ["egress"] = ["ipv4", "ipv4_fallback", "ipv6"],
        ["forensic_copy"] = ["enabled"],
        ["l4override"] = ["ip", "port"],
        ["notification_settings"] = ["enabled", "include_context", "msg", "message", "support_url"],
        ["payload_log"] = ["enabled"],
        ["quarantine"] = ["file_types"],
        ["redirect"] = ["target_uri", "include_context", "preserve_path_and_query"],
        ["resolve_dns_internally"] = ["view_id", "fallback"],
        ["untrusted_cert"] = ["action"],
    };

    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "block_page_enabled", "block_page_reason", "block_reason", "ignore_cname_category_matches", "insecure_disable_dnssec_validation", "ip_categories",
        "ip_indicator_feeds", "override_host", "override_ips", "resolve_dns_through_cloudflare",
    };

    private static readonly HashSet<string> OfOtherAccounts = new(StringComparer.Ordinal) { "allow_child_bypass", "bypass_parent_rule" };

    /// <summary>The first setting that is not known, or whose meaning is not; nothing where all are.</summary>
    public static JsonMember? FindUnknown(JsonItem settings)
    {
        foreach (var map in Blocks(settings))
        {
            foreach (var member in map.Members)
            {
                if (member.Value.IsEmpty || Plain.Contains(member.Name) || (OfOtherAccounts.Contains(member.Name) && member.Value.Kind == JsonItemKind.False))
                {
                    continue;
                }

                if (!Inner.TryGetValue(member.Name, out var names))
                {
                    return member;
                }

                var unknown = Blocks(member.Value).SelectMany(block => block.Members).FirstOrDefault(inner => names[0] != "*" && !inner.Value.IsEmpty && Array.IndexOf(names, inner.Name) < 0);
                if (unknown is not null)
                {
                    return unknown;
                }
            }
        }

        return null;
    }

    /// <summary>Blocks may be written as an object or as a list of objects.</summary>
    public static IEnumerable<JsonItem> Blocks(JsonItem item) => item.Kind == JsonItemKind.List ? item.Items.SelectMany(Blocks) : item.Kind == JsonItemKind.Map ? [item] : [];
}
