using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleBroadProxySource : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-broad-proxy-source", RuleSystem.Tailscale, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a Kubernetes capability is given to devices or guests as a whole",
        Why = "`*` and `autogroup:tagged` take in every server, also those that join later, `autogroup:shared` people of other tailnets, and `autogroup:danger-all` whatever has a route. All of them speak to the API server in the groups of the capability.",
        Avoid = TailscaleReferences.Grant("*", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Selectors, TailscaleReferences.ProxyRights],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var src in tailnet.KubernetesRules.Where(rule => rule.Groups.Any()).SelectMany(rule => rule.Rule.Sources))
        {
            if (tailnet.SelectorOf(src.Text).Kind is SelectorKind.Any or SelectorKind.DangerAll or SelectorKind.Tagged or SelectorKind.Shared)
            {
                report.Add(tailnet.At(src.Offset), $"`{src.Text}` lets more callers at the API server than anybody can name", "name groups of people, and the tags of the devices that need it");
            }
        }
    }
}
