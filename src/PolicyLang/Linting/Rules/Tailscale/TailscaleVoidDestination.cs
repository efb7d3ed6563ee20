using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleVoidDestination : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-void-destination", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "the destinations of a Kubernetes capability are none at which an API server proxy finds it",
        Why = "The proxy asks what the caller holds at its own device. A capability for a service, for routed addresses or for the devices of people is stored and conveys nothing, which tempts to try `*` next.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "grants": [
                {
                  "src": ["group:sre"],
                  "dst": ["svc:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:sre"]}}]},
                },
              ],
            }
            """),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Proxy, TailscaleReferences.ProxyRights],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var (rule, _, _, _) in tailnet.KubernetesRules)
        {
            if (!rule.IsUnclear && !rule.Destinations.IsEmpty && rule.Destinations.All(dst => IsVoid(tailnet.SelectorOf(dst.Selector))))
            {
                var dst = rule.Destinations[0];
                report.Add(tailnet.At(dst.Offset), $"no API server proxy finds a capability for `{dst.Selector}`", "name the tag of the proxy's devices, and keep a rule with `ip` for what leads to it");
            }
        }
    }

    // What the control plane refuses as a destination is told by tailscale-refused.
    private static bool IsVoid(Selector selector) => selector.Kind switch
    {
        SelectorKind.Service => true,
        SelectorKind.Address => selector.Range is { IsSingle: false } range && !range.MayBeDevice(),
        SelectorKind.IpSet => selector.IsOutsideTailnet,
        _ => false,
    };
}
