using System.Collections.Frozen;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleMisspeltKey : TailnetRule
{
    private static readonly string[] Sections =
    [
        "groups", "tagOwners", "hosts", "ipsets", "postures", "defaultSrcPosture", "grants", "acls", "ssh", "nodeAttrs", "autoApprovers", "tests", "sshTests",
        "attrConfig", "derpMap", "disableIPv4", "OneCGNATRoute", "randomizeClientPort", "extraDNSRecords",
    ];

    private static readonly FrozenDictionary<string, string[]> Keys = new Dictionary<string, string[]>
    {
        ["grants"] = ["src", "dst", "ip", "app", "srcPosture", "via"],
        ["acls"] = ["action", "src", "dst", "users", "ports", "proto", "srcPosture"],
        ["ssh"] = ["action", "src", "dst", "users", "checkPeriod", "acceptEnv", "srcPosture", "recorder", "enforceRecorder"],
        ["nodeAttrs"] = ["target", "attr", "ipPool", "app"],
        ["tests"] = ["src", "srcPostureAttrs", "proto", "accept", "deny", "user", "allow"],
        ["sshTests"] = ["src", "srcPostureAttrs", "dst", "accept", "check", "deny"],
        ["autoApprovers"] = ["routes", "exitNode", "services"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public override RuleDescription Description { get; } = new("tailscale-misspelt-key", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a key is nearly one that Tailscale knows",
        Why = "What stands under a misspelt key is not what it was written for, and rules are mostly the poorer for it without a word.",
        Avoid = new("policy.hujson", """
            {
              "tagOwner": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "tagOwners": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile],
        Fix = "writes the key that was meant",
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        Check(tailnet.Root, Sections, report);
        foreach (var section in tailnet.Root.Entries)
        {
            if (Keys.TryGetValue(section.Key, out var known))
            {
                foreach (var map in section.Value is DataList list ? list.Items.OfType<DataMap>() : new[] { section.Value }.OfType<DataMap>())
                {
                    Check(map, known, report);
                }
            }
        }
    }

    private static void Check(DataMap map, string[] known, LintReport report)
    {
        foreach (var entry in map.Entries)
        {
            // A near key that is there as well shows that this one is another.
            if (!known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) && Suggestions.Nearest(entry.Key, known) is { } meant
                && !map.Entries.Any(other => string.Equals(other.Key, meant, StringComparison.OrdinalIgnoreCase)))
            {
                report.Add(entry.KeyLocation, $"Tailscale does not know the key `{entry.Key}`", $"did you mean `{meant}`?", new SuggestedFix($"write `{meant}`", IsSafe: false, [new TextEdit(entry.KeyLocation, $"\"{meant}\"")]));
            }
        }
    }
}
