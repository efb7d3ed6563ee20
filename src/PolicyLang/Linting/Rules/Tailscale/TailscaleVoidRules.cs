using System.Globalization;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleVoidRules : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-void-rules", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a rule lets everybody reach everything, so that the other rules narrow nothing",
        Why = "Rules of a tailnet only add up; none denies. Beside a rule that opens everything the others look like limits and are none.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:prod": ["group:sre"]},
              "acls": [
                {"action": "accept", "src": ["*"], "dst": ["*:*"]},
                {"action": "accept", "src": ["group:sre"], "dst": ["tag:prod:22"]},
              ],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:prod": ["group:sre"]},
              "acls": [
                {"action": "accept", "src": ["group:sre"], "dst": ["tag:prod:22"]},
              ],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.Grants],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        if (OpenRules.Of(tailnet) is { } open && OpenRules.Beside(tailnet, open) is > 0 and var others)
        {
            report.Add(
                OpenRules.Place(tailnet, open),
                $"this rule lets everybody reach everything, so that {(others == 1 ? "the other rule opens" : string.Create(CultureInfo.InvariantCulture, $"the other {others} rules open"))} nothing more",
                "remove it once the other rules say all that is needed, or remove them");
        }
    }
}
