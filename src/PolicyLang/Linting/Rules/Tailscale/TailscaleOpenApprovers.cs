using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleOpenApprovers : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-open-approvers", RuleSystem.Tailscale, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "routes or services that every member may announce are approved without asking",
        Why = "A device that announces a route or a service receives the traffic for it. With everybody as the approver anyone can stand in for a server or for a network, with a device of their own.",
        Avoid = new("policy.hujson", """
            {
              "tagOwners": {"tag:router": []},
              "autoApprovers": {"routes": {"10.0.0.0/8": ["autogroup:member"]}},
              "grants": [],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "tagOwners": {"tag:router": []},
              "autoApprovers": {"routes": {"10.0.0.0/8": ["tag:router"]}},
              "grants": [],
            }
            """),
        References = [TailscaleReferences.PolicyFile],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        // An exit node is used by those alone who choose it.
        foreach (var approval in tailnet.File.Approvals.Where(approval => approval.Name != "exit nodes"))
        {
            foreach (var approver in approval.Items.Where(approver => tailnet.SelectorOf(approver.Text).Kind is SelectorKind.Any or SelectorKind.Member or SelectorKind.Tagged))
            {
                report.Add(tailnet.At(approver.Offset), $"anybody's device may announce the {approval.Name.Replace("route ", "route `", StringComparison.Ordinal).Replace("service ", "service `", StringComparison.Ordinal)}` and gets its traffic", "name the tag of the devices that are meant to");
            }
        }
    }
}
