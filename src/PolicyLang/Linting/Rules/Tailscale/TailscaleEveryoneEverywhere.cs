using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleEveryoneEverywhere : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-everyone-everywhere", RuleSystem.Tailscale, RuleCategory.Exposure, LintLevel.Info)
    {
        What = "a rule lets every device reach every port of every other device",
        Why = "This is the rule that a new tailnet comes with. Once servers and clusters join the tailnet, it also opens them to each other and to every guest that a device is shared with.",
        Avoid = new("policy.hujson", """
            {
              "grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "grants": [{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.Selectors],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        // Where other rules stand beside it, it is they that say nothing: tailscale-void-rules.
        if (OpenRules.Of(tailnet) is { } open && OpenRules.Beside(tailnet, open) == 0)
        {
            report.Add(OpenRules.Place(tailnet, open), "this rule lets everybody reach everything", "name who is to reach what: rules only add up, so that nothing is reachable that no rule names");
        }
    }
}
