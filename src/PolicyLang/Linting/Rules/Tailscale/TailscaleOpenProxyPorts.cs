using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleOpenProxyPorts : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-open-proxy-ports", RuleSystem.Tailscale, RuleCategory.Exposure, LintLevel.Info)
    {
        What = "a Kubernetes capability comes with every port of its destination",
        Why = "An API server proxy serves port 443. With `*` a grant also opens whatever else listens on the device, now and later, in all protocols.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]""", """["*"]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Grants, TailscaleReferences.Proxy],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var (rule, _, _, _) in tailnet.KubernetesRules.Where(rule => !rule.Rule.IsUnclear && rule.Rule.Capabilities.Length == 1 && !rule.Rule.Destinations.Any(dst => dst.Selector == "*")))
        {
            // Other applications on the same devices have ports of their own, which only their owners know.
            if (rule.Network.Any(entry => entry.Protocol is null && entry.Ports.Contains(PortRange.All)) && tailnet.EntryOf(rule.Offset, "ip")?.Value is DataList { Items: [var place, ..] })
            {
                report.Add(place.Location, $"this opens every port of {Words.Several(rule.Destinations.Select(dst => dst.Selector))}, and the API server proxy needs 443", "write `[\"tcp:443\"]`");
            }
        }
    }
}
