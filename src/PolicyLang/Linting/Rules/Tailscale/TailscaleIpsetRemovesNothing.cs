using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleIpsetRemovesNothing : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-ipset-removes-nothing", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "an IP set removes addresses before it has any",
        Why = "The items of an IP set are worked through in order. What is removed first is still added by what follows.",
        Avoid = new("policy.hujson", """
            {
              "ipsets": {"ipset:prod": ["remove 192.0.2.33", "add 192.0.2.0/24"]},
              "grants": [{"src": ["autogroup:member"], "dst": ["ipset:prod"], "ip": ["tcp:443"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "ipsets": {"ipset:prod": ["add 192.0.2.0/24", "remove 192.0.2.33"]},
              "grants": [{"src": ["autogroup:member"], "dst": ["ipset:prod"], "ip": ["tcp:443"]}],
            }
            """),
        References = [TailscaleReferences.IpSets],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var item in tailnet.File.IpSets.Values.Where(set => !set.IsUnclear).SelectMany(set => set.Items.TakeWhile(item => item.Text.StartsWith("remove ", StringComparison.Ordinal))))
        {
            report.Add(tailnet.At(item.Offset), $"`{item.Text}` comes before anything is added, so that it removes nothing", "move it behind what it takes away from");
        }
    }
}
