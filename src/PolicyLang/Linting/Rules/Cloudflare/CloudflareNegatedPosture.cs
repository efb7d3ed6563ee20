using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareNegatedPosture : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-negated-posture", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an allow asks for devices that have not failed a check instead of those that passed it",
        Why = "A device that never ran the check has not failed it, and passes.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "office" {
              name           = "office"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
              device_posture = "not(any(device_posture.checks.failed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\"}))"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "office" {
              name           = "office"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
              device_posture = "any(device_posture.checks.passed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\"})"
            }
            """),
        References =
        [
            new("Cloudflare One: identity selectors", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/identity-selectors/"),
            new("The engine of the expressions", "https://github.com/cloudflare/wirefilter"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        // Whether an absent value is unequal to a text is not known of Gateway; in the engine it is.
        var evaluator = new FilterEvaluator(ImmutableDictionary<string, FilterValue>.Empty, artefacts.Gateway.Lists, AbsentIsUnequal: false);
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { Filter: "l4" or "http", Action.Text: "allow", IsEnabled: not Truth.False }))
        {
            if (rule.Posture.Filter is { } filter && (evaluator with { AbsentIsUnequal = true }).Evaluate(filter) == Truth.True)
            {
                report.Add(rule.Posture.Entry!.Value.Location, "this posture holds for every device that never ran the check", "ask for the checks that have to be passed: `any(device_posture.checks.passed[*] in {…})`");
            }
        }
    }
}
