using System.Collections.Immutable;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareNegatedIdentity : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-negated-identity", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an allow says who may not come instead of who may",
        Why = "A negation holds for everybody whom it does not name: for a group made tomorrow, for people without groups, and for connections that carry no identity at all.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "office" {
              name           = "office"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "not(any(identity.groups.name[*] in {\"contractors\"}))"
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
            if (rule.Identity.Filter is { } filter && (evaluator with { AbsentIsUnequal = true }).Evaluate(filter) == Truth.True)
            {
                report.Add(rule.Identity.Entry!.Value.Location, evaluator.Evaluate(filter) == Truth.True ? "this identity holds for everybody whom it does not name, also for connections without an identity" : "this identity holds for everybody whom it does not name", "name who may come, and put a block for the others above the allow when they have to be named");
            }
        }
    }
}
