using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleRepeatedKey : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-repeated-key", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a key stands twice in one object, so that one of the two is lost",
        Why = "Of two keys of one name only one counts, in most readers the later one. What the other says is lost, and with it a group, a tag or all rules. In the sections and rules Tailscale tells keys apart by their letters but not by their case.",
        Avoid = new("policy.hujson", """
            {
              "groups": {
                "group:sre": ["alice@example.com"],
                "group:sre": ["bob@example.com"],
              },
              "grants": [{"src": ["group:sre"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "groups": {
                "group:sre": ["alice@example.com", "bob@example.com"],
              },
              "grants": [{"src": ["group:sre"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        Check(tailnet.Root, StringComparer.OrdinalIgnoreCase, report);
        foreach (var section in tailnet.Root.Entries)
        {
            var isRules = section.Value is DataList;
            foreach (var map in isRules ? ((DataList)section.Value).Items.OfType<DataMap>() : new[] { section.Value }.OfType<DataMap>())
            {
                Check(map, isRules ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal, report);
                foreach (var inner in map.Entries)
                {
                    CheckDeeply(inner.Value, report);
                }
            }
        }
    }

    private static void CheckDeeply(DataNode node, LintReport report)
    {
        if (node is DataMap map)
        {
            Check(map, StringComparer.Ordinal, report);
        }

        foreach (var inner in node is DataMap own ? own.Entries.Select(entry => entry.Value) : node is DataList list ? list.Items : [])
        {
            CheckDeeply(inner, report);
        }
    }

    private static void Check(DataMap map, StringComparer comparer, LintReport report)
    {
        var first = new Dictionary<string, DataEntry>(comparer);
        foreach (var entry in map.Entries)
        {
            if (!first.TryAdd(entry.Key, entry))
            {
                var earlier = first[entry.Key];
                report.Add(
                    entry.KeyLocation,
                    earlier.Key == entry.Key ? $"`{entry.Key}` stands twice here, and one of the two is lost" : $"`{entry.Key}` and `{earlier.Key}` are one key, and one of the two is lost",
                    "put both together, or remove one",
                    null,
                    new RelatedLocation(earlier.KeyLocation, "stands first here"));
            }
        }
    }
}
