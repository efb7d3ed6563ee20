using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleMemberProxySource : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-member-proxy-source", RuleSystem.Tailscale, RuleCategory.Exposure, LintLevel.Info)
    {
        What = "a Kubernetes capability is given to every member of the tailnet",
        Why = "`autogroup:member` also holds users who were invited from elsewhere, and everybody who joins later. Whatever the groups of the capability may read, they may read.",
        Avoid = TailscaleReferences.Grant("autogroup:member", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Selectors],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var src in tailnet.KubernetesRules.Where(rule => rule.Groups.Any()).SelectMany(rule => rule.Rule.Sources))
        {
            if (tailnet.SelectorOf(src.Text).Kind == SelectorKind.Member)
            {
                report.Add(tailnet.At(src.Offset), $"`{src.Text}` also holds users who were invited from elsewhere", "name a group, unless everybody is meant");
            }
        }
    }
}
