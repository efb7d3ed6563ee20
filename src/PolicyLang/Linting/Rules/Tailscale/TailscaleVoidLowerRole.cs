using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleVoidLowerRole : TailnetRule
{
    private const string Superusers = "system:masters";

    public override RuleDescription Description { get; } = new("tailscale-void-lower-role", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "the same callers get `system:masters` by another grant, so that their lower group does not matter",
        Why = "Groups of all grants add up, and a caller cannot choose one of them. Whoever is in `system:masters` too is never held to what the other group may do.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["system:masters"]}}]},
                },
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:viewers"]}}]},
                },
              ],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:viewers"]}}]},
                },
              ],
            }
            """),
        References = [TailscaleReferences.ProxySource],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        var rulers = !tailnet.IsComparable ? [] : tailnet.KubernetesRules.Where(rule => rule.Rule.Postures is null && !rule.Rule.IsUnclear && rule.Groups.Contains(Superusers)).ToArray();
        foreach (var rule in rulers.Length == 0 ? [] : tailnet.KubernetesRules.Where(rule => rule.Groups.Any() && !rule.Groups.Contains(Superusers)))
        {
            var ruler = rulers.FirstOrDefault(ruler => rule.Rule.Sources.All(src => ruler.Rule.Sources.Any(o => o.Text == src.Text)) && rule.Rule.Destinations.All(dst => ruler.Rule.Destinations.Any(o => o.Selector == dst.Selector)));
            if (ruler is not null && rule.Nodes.SelectMany(CapabilityTexts.Groups).FirstOrDefault() is { Text: not null } group)
            {
                report.Add(tailnet.At(group.Offset), $"`{group.Text}` limits nobody: the same callers are in `{Superusers}` by another grant", "remove one of the two grants", null, new RelatedLocation(ruler.Name, $"gives them `{Superusers}`"));
            }
        }
    }
}
