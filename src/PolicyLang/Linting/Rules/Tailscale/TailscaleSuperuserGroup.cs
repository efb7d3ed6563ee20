using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleSuperuserGroup : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-superuser-group", RuleSystem.Tailscale, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "a Kubernetes capability hands out `system:masters`",
        Why = "Who is in `system:masters` passes every check of the API server, and no binding can take that away again. Whoever can change the policy file, or own a tag in it, then decides who rules the cluster.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["system:masters"]}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.ProxyRights, TailscaleReferences.ProxySource],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var group in CapabilityTexts.Groups(tailnet).Where(group => group.Text == "system:masters"))
        {
            report.Add(tailnet.At(group.Offset), "`system:masters` passes every check of the API server, whatever its bindings say", "impersonate a group of your own, and bind it to `cluster-admin` where that is needed: a binding can be narrowed and removed");
        }
    }
}
