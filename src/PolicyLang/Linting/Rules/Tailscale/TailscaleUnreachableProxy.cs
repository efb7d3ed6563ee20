using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleUnreachableProxy : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-unreachable-proxy", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a grant gives Kubernetes access where no rule opens port 443",
        Why = "A capability says as whom a caller is let in, and opens no port. Without a rule that does, no packet reaches the proxy. Such a grant works as long as some other rule opens everything, and stops when that is tidied up.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:sre"]}}]},
                },
              ],
            }
            """),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Proxy, TailscaleReferences.Grants],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        if (!tailnet.IsWhole || !tailnet.IsComparable)
        {
            return;
        }

        foreach (var (rule, name, _, _) in tailnet.KubernetesRules)
        {
            if (rule.IsUnclear || rule.Sources.IsEmpty || rule.Destinations.IsEmpty || !rule.Destinations.All(dst => tailnet.SelectorOf(dst.Selector).Kind == SelectorKind.Tag))
            {
                continue;
            }

            var openers = tailnet.File.Rules.Where(other => rule.Destinations.Any(dst => tailnet.MayOpen(other, dst.Selector))).ToArray();
            if (!openers.Any(other => other.IsUnclear || other.Sources.Any(from => rule.Sources.Any(src => tailnet.MayOverlap(from.Text, src.Text)))))
            {
                report.Add(
                    name,
                    $"no rule lets {Words.Several(rule.Sources.Select(src => src.Text))} reach port 443 of {Words.Several(rule.Destinations.Select(dst => dst.Selector))}, so that this capability is never used",
                    "add `\"ip\": [\"tcp:443\"]` to this grant");
            }
        }
    }
}
