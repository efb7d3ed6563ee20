using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleRecordingFailsOpen : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-recording-fails-open", RuleSystem.Tailscale, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a Kubernetes capability names a recorder and goes on without it",
        Why = "Unless `enforceRecorder` is true, a session simply is not recorded when no recorder answers. Whoever wants to be unseen only has to wait for that, or to bring it about.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "recorder": ["tag:recorder"]}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "recorder": ["tag:recorder"], "enforceRecorder": true}]"""),
        References = [TailscaleReferences.ProxyRights, TailscaleReferences.CapabilitySource],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var rule in tailnet.KubernetesRules.Where(rule => !Enforces(rule)))
        {
            foreach (var recorder in rule.Nodes.SelectMany(node => CapabilityTexts.Members(node, "recorder")).Where(recorder => recorder.Value.Items.Length > 0).Take(1))
            {
                // One value that asks for it binds all sessions of the caller.
                if (!tailnet.IsComparable || !tailnet.KubernetesRules.Any(other => Enforces(other) && Covers(other, rule)))
                {
                    report.Add(tailnet.At(recorder.Offset), "sessions go on unrecorded when no recorder answers", "add `\"enforceRecorder\": true`, unless work has to go on without records");
                }
            }
        }
    }

    private static bool Enforces(KubernetesRule rule) => rule.Values.Any(value => value.EnforcesRecorder);

    private static bool Covers(KubernetesRule other, KubernetesRule rule)
        => rule.Rule.Sources.All(src => other.Rule.Sources.Any(o => o.Text == src.Text)) && rule.Rule.Destinations.All(dst => other.Rule.Destinations.Any(o => o.Selector == dst.Selector));
}
