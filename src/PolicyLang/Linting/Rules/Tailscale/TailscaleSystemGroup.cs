using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleSystemGroup : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-system-group", RuleSystem.Tailscale, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a Kubernetes capability hands out a group that Kubernetes keeps for itself",
        Why = "Groups that begin with `system:` stand for nodes, service accounts and parts of the control plane. People in them hold the rights of machines, and updates of Kubernetes change what these are.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["system:nodes"]}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.ProxyRights],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var group in CapabilityTexts.Groups(tailnet).Where(group => group.Text.StartsWith("system:", StringComparison.Ordinal) && group.Text != "system:masters"))
        {
            report.Add(tailnet.At(group.Offset), $"`{group.Text}` is a group of Kubernetes itself", "impersonate a group of your own, and bind it to what is needed");
        }
    }
}
