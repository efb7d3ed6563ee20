using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleLegacyCapability : TailnetRule
{
    public const string Name = "https://tailscale.com/cap/kubernetes";

    public override RuleDescription Description { get; } = new("tailscale-legacy-capability", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a Kubernetes capability has its old name, with which Tailscale refuses the file",
        Why = "Capabilities were named like addresses once. Tailscale takes them only as `{domain}/{path}` now and refuses the file as a whole, so that no other change of it gets through either.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:k8s-prod": []},
              "grants": [
                {
                  "src": ["group:sre"],
                  "dst": ["tag:k8s-prod"],
                  "ip":  ["tcp:443"],
                  "app": {"https://tailscale.com/cap/kubernetes": [{"impersonate": {"groups": ["acme:sre"]}}]},
                },
              ],
            }
            """),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.Grants, TailscaleReferences.ProxySource],
        Fix = "writes the present name",
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var capability in tailnet.File.Rules.SelectMany(rule => rule.Capabilities).Where(capability => capability.Name == Name))
        {
            var location = tailnet.At(capability.Offset);
            report.Add(
                location,
                $"Tailscale refuses a file with the capability `{Name}`",
                $"write `{KubernetesCapability.Name}`",
                new SuggestedFix("write the present name", IsSafe: false, [new TextEdit(location, $"\"{KubernetesCapability.Name}\"")]));
        }
    }
}
