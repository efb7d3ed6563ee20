using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareEitherPosture : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-either-posture", RuleSystem.Cloudflare, RuleCategory.Assurance, LintLevel.Info)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "an allow asks for one of several device checks, whichever",
        Why = "A set is fulfilled by one of its members. That is right for checks of different systems; two checks that both have to be passed take two `any(…)` joined by `and`.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
              device_posture = "any(device_posture.checks.passed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\" \"51fe39d9-d584-48f5-9eed-36cd14ada791\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
              device_posture = "any(device_posture.checks.passed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\"}) and any(device_posture.checks.passed[*] in {\"51fe39d9-d584-48f5-9eed-36cd14ada791\"})"
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule.Action is { Text: "allow" }))
        {
            foreach (var (comparison, isNegated) in rule.Posture.Filter.Comparisons())
            {
                if (!isNegated && comparison is { Field.Name: "device_posture.checks.passed", Comparison: OneOfBytesComparison { Values.Length: > 1 } some })
                {
                    report.Add(rule.Posture.Find(ByteStrings.ToText(some.Values[1].Bytes) ?? ""), "one of these checks is enough", "when all have to be passed, join one `any(…)` for each by `and`");
                }
            }
        }
    }
}
