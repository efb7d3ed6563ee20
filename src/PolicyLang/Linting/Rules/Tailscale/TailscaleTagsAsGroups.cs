using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleTagsAsGroups : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-tags-as-groups", RuleSystem.Tailscale, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a Kubernetes capability names no group for tagged devices, so that their tags become their groups",
        Why = "When a tagged device comes without a group, the API server proxy takes its tags instead, as it did before there were capabilities. Any binding for a group of that name then counts.",
        Avoid = TailscaleReferences.Grant("tag:ci", """[{"recorder": ["tag:recorder"], "enforceRecorder": true}]"""),
        Prefer = TailscaleReferences.Grant("tag:ci", """[{"impersonate": {"groups": ["acme:ci"]}, "recorder": ["tag:recorder"], "enforceRecorder": true}]"""),
        References = [TailscaleReferences.ProxySource],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        if (!tailnet.IsComparable || !tailnet.IsWhole)
        {
            return;
        }

        foreach (var rule in tailnet.KubernetesRules.Where(rule => !rule.Nodes.SelectMany(CapabilityTexts.Groups).Any() && rule.Values.All(value => !value.IsMalformed && value.UnknownKeys.IsEmpty)))
        {
            foreach (var src in rule.Rule.Sources.Where(src => tailnet.SelectorOf(src.Text).Kind == SelectorKind.Tag))
            {
                if (!tailnet.KubernetesRules.Any(other => other.Groups.Any() && other.Rule.Sources.Any(o => tailnet.MayOverlap(o.Text, src.Text))))
                {
                    report.Add(tailnet.At(src.Offset), $"no capability gives devices with `{src.Text}` a group, so that they are in the Kubernetes group `{src.Text}`", "name a group: `\"impersonate\": {\"groups\": [\"…\"]}`");
                }
            }
        }
    }
}
