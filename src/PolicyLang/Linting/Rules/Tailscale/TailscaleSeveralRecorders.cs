using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleSeveralRecorders : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-several-recorders", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a Kubernetes capability names more than one recorder",
        Why = "The API server proxy takes one tag as the recorder. Several devices can record for each other when they share that tag.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "recorder": ["tag:recorder", "tag:ci"], "enforceRecorder": true}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "recorder": ["tag:recorder"], "enforceRecorder": true}]"""),
        References = [TailscaleReferences.CapabilitySource, TailscaleReferences.ProxyRights],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var recorder in tailnet.KubernetesRules.SelectMany(rule => rule.Nodes).SelectMany(value => CapabilityTexts.Values(value, "recorder")))
        {
            if (recorder.Items.Length > 1)
            {
                report.Add(tailnet.At(recorder.Items[1].Offset), "a capability takes one recorder", "name one tag here, and give it to all devices that record");
            }
        }
    }
}
