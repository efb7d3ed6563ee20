using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscalePosturesAreAlternatives : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-postures-are-alternatives", RuleSystem.Tailscale, RuleCategory.Assurance, LintLevel.Warning)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "a rule lists postures that look meant to hold together, and one of them is enough",
        Why = "A device passes when it meets any posture of `srcPosture`. Where all have to hold, their assertions belong into one posture: of a posture every assertion counts.",
        Avoid = new("policy.hujson", """
            {
              "postures": {
                "posture:managed": ["custom:managed == true"],
                "posture:recent": ["node:tsVersion >= '1.90'"],
              },
              "grants": [{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["*"], "srcPosture": ["posture:managed", "posture:recent"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "postures": {
                "posture:managed": ["custom:managed == true", "node:tsVersion >= '1.90'"],
              },
              "grants": [{"src": ["autogroup:member"], "dst": ["autogroup:self"], "ip": ["*"], "srcPosture": ["posture:managed"]}],
            }
            """),
        References = [TailscaleReferences.Posture],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var postures in tailnet.File.Rules.Select(rule => rule.Postures).OfType<ImmutableArray<TextAt>>().Append(tailnet.File.DefaultPostures).Where(postures => postures.Length is > 1 and < 10))
        {
            // Postures for different systems speak of the same things with different values; those that have nothing in common are each half of a demand.
            var attributes = postures.Select(posture => AttributesOf(tailnet, posture.Text)).ToArray();
            if (attributes.All(own => own.Count > 0) && attributes.Sum(own => own.Count) == attributes.SelectMany(own => own).Distinct(StringComparer.Ordinal).Count())
            {
                report.Add(tailnet.At(postures[1].Offset), $"a device passes with any one of {Words.Several(postures.Select(posture => posture.Text))}", "put the assertions of all into one posture if a device has to meet them all");
            }
        }
    }

    private static HashSet<string> AttributesOf(LintedTailnet tailnet, string posture)
        => tailnet.File.Postures.TryGetValue(posture, out var found) ? found.Items.Select(item => item.Text.Trim().Split(' ')[0]).ToHashSet(StringComparer.Ordinal) : [];
}
