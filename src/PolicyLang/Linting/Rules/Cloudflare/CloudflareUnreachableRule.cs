using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareUnreachableRule : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-unreachable-rule", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "an earlier rule for everybody decides all traffic of a rule, the other way",
        Why = "The first network rule that matches decides, in the order of precedence. What stands below a rule that matches the same traffic for everybody is never asked.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
              name           = "everybody_else"
              precedence     = 1000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 2000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
              name           = "everybody_else"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        References = [new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var steps = 5_000_000;
        foreach (var account in artefacts.Gateway.Rules.Where(rule => rule is { Filter: "l4", Action.Text: "allow" or "block", IsSure: true, Precedence: not null } && rule.IsEnabled != Truth.False).GroupBy(rule => (rule.Account, rule.Scale)))
        {
            var ordered = account.OrderBy(rule => rule.Precedence).ToArray();
            var deciding = new List<LintedGatewayRule>();
            foreach (var rule in ordered)
            {
                foreach (var earlier in deciding)
                {
                    steps--;
                    if (steps > 0 && earlier.Action!.Text != rule.Action!.Text && earlier.IsBefore(rule) && IsKnown(rule.Traffic) && FilterNodes.Implies(rule.Traffic.Filter, earlier.Traffic.Filter, ref steps))
                    {
                        report.Add(
                            rule.Place,
                            $"`{rule.Name}` is never asked: `{earlier.Name}` comes first and {(earlier.Action.Text == "block" ? "stops" : "lets through")} all of its traffic",
                            "give it a lower precedence than that rule, or remove it",
                            null,
                            new RelatedLocation(earlier.Place, "the rule that decides"));
                        break;
                    }
                }

                if (rule is { IsForEverybody: true, IsEnabled: Truth.True } && IsKnown(rule.Traffic))
                {
                    deciding.Add(rule);
                }
            }
        }
    }

    private static bool IsKnown(GatewayPart part) => part.State is GatewayPartState.Empty or GatewayPartState.Read;
}
