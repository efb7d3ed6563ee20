using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleProxyTagForEveryone : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-proxy-tag-for-everyone", RuleSystem.Tailscale, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "every member may give devices a tag that leads to a cluster",
        Why = "Whoever owns a source tag of a grant can put it on a device of their own, and then speaks to the API server as the grant says. Whoever owns the destination tag can stand up a device that takes the requests of others.",
        Avoid = new("policy.hujson", """
            {
              "tagOwners": {"tag:ci": ["autogroup:member"], "tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["tag:ci"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:ci"]}}]},
                },
              ],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "tagOwners": {"tag:ci": ["autogroup:admin"], "tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["tag:ci"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:ci"]}}]},
                },
              ],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.ProxyRights],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        var sources = tailnet.KubernetesRules.SelectMany(rule => rule.Rule.Sources).Select(src => src.Text).ToHashSet(StringComparer.Ordinal);
        var destinations = tailnet.KubernetesRules.SelectMany(rule => rule.Rule.Destinations).Select(dst => dst.Selector).ToHashSet(StringComparer.Ordinal);
        foreach (var (tag, owners) in tailnet.File.TagOwners)
        {
            foreach (var owner in owners.Items.Where(owner => tailnet.SelectorOf(owner.Text).Kind is SelectorKind.Member or SelectorKind.Any))
            {
                if (sources.Contains(tag))
                {
                    report.Add(tailnet.At(owner.Offset), $"every member may give a device `{tag}`, and with it what its grants allow in clusters", "name the few who set up such devices, or `[]` for administrators alone");
                }
                else if (destinations.Contains(tag))
                {
                    report.Add(tailnet.At(owner.Offset), $"every member may set up a device that takes requests for the API servers behind `{tag}`", "name the few who set up such devices, or `[]` for administrators alone");
                }
            }
        }
    }
}
