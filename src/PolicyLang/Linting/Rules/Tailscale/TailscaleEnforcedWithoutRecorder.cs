using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleEnforcedWithoutRecorder : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-enforced-without-recorder", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a Kubernetes capability enforces recording and names no recorder, so that every request fails",
        Why = "With `enforceRecorder` the proxy refuses whatever it cannot have recorded, and without a recorder that is every request of the callers, not sessions alone.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "enforceRecorder": true}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}, "recorder": ["tag:recorder"], "enforceRecorder": true}]"""),
        References = [TailscaleReferences.ProxyRights, TailscaleReferences.ProxySource],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        // A recorder of any other grant that the callers hold is taken for this one too.
        if (tailnet.IsWhole && tailnet.KubernetesRules.Any(rule => rule.Values.Any(value => value.EnforcesRecorder)) && !tailnet.KubernetesRules.Any(rule => rule.Nodes.Any(NamesRecorder)))
        {
            foreach (var enforced in tailnet.KubernetesRules.SelectMany(rule => rule.Nodes).SelectMany(value => CapabilityTexts.Members(value, "enforceRecorder")).Where(member => member.Value.Kind == PolicyNodeKind.True))
            {
                report.Add(tailnet.At(enforced.Offset), "no recorder is named, so that the API server proxy refuses every request of these callers", "name one: `\"recorder\": [\"tag:recorder\"]`");
            }
        }
    }

    // A key that only looks like it is told by tailscale-unknown-capability-key.
    private static bool NamesRecorder(PolicyNode value) => value.Members.Any(member => member.Key.StartsWith("recorder", StringComparison.OrdinalIgnoreCase) && member.Value.Items.Length > 0);
}
