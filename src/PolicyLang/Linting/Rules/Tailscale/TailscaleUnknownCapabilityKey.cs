using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleUnknownCapabilityKey : TailnetRule
{
    private static readonly string[] Keys = ["impersonate", "recorder", "enforceRecorder", "enableEvents"];

    public override RuleDescription Description { get; } = new("tailscale-unknown-capability-key", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a Kubernetes capability has a key that the API server proxy does not read",
        Why = "Tailscale stores whatever stands in a capability, and the proxy passes over keys that it does not know. So `group` grants nothing, and `recorders` records nothing, without a word.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"group": ["acme:sre"]}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.CapabilitySource, TailscaleReferences.ProxyRights],
        Fix = "writes the key that was meant",
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var value in tailnet.KubernetesRules.SelectMany(rule => rule.Nodes))
        {
            Check(tailnet, value.Members, Keys, "", report);
            foreach (var impersonate in CapabilityTexts.Values(value, "impersonate"))
            {
                Check(tailnet, impersonate.Members, ["groups"], " of `impersonate`", report);
            }
        }
    }

    private static void Check(LintedTailnet tailnet, PolicyMember[] members, string[] known, string where, LintReport report)
    {
        foreach (var member in members.Where(member => !known.Contains(member.Key, StringComparer.OrdinalIgnoreCase) && !string.Equals(member.Key, "recorderAddrs", StringComparison.OrdinalIgnoreCase)))
        {
            var meant = member.Key.Equals("impersonates", StringComparison.OrdinalIgnoreCase) ? "impersonate" : Suggestions.Nearest(member.Key, known);
            var location = tailnet.At(member.Offset);
            report.Add(
                location,
                $"the API server proxy does not read the key `{member.Key}`{where}",
                meant is not null ? $"write `{meant}`" : where.Length > 0 ? "remove it: the proxy impersonates groups, and always speaks of callers by their own names" : $"remove it: the proxy reads {Words.Several(known)}",
                meant is null || members.Any(other => string.Equals(other.Key, meant, StringComparison.OrdinalIgnoreCase)) ? null : new SuggestedFix($"write `{meant}`", IsSafe: false, [new TextEdit(location, $"\"{meant}\"")]));
        }
    }
}
