using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareDuplicatePrecedence : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-duplicate-precedence", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "two rules have the same precedence",
        Why = "The number alone decides which rule is asked first. Version 5 of the Terraform provider hands it on as it is, and the API refuses a number that is in use; older versions add a checksum of the name, so that renaming a rule changes who gets in.",
        Avoid = new("gateway.tf", """
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
              precedence     = 1000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
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
        References =
        [
            new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy"),
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var numbered = artefacts.Gateway.Rules.Where(rule => rule is { IsSure: true, Precedence: not null, Filter: not null });
        foreach (var group in numbered.GroupBy(rule => (rule.Account, rule.Filter, rule.Precedence, rule.Scale)))
        {
            var first = group.First();
            foreach (var rule in group.Skip(1).Where(rule => Matters(first, rule)))
            {
                report.Add(
                    rule.PlaceOf("precedence"),
                    $"`{rule.Name}` has the precedence of `{first.Name}`",
                    "give each rule a number of its own, with room between them: steps of 1000",
                    null,
                    new RelatedLocation(first.PlaceOf("precedence"), $"`{first.Name}` has it here"));
            }
        }
    }

    // Where a checksum is added nothing is refused, and the order of rules that do the same does not matter.
    private static bool Matters(LintedGatewayRule first, LintedGatewayRule second)
        => first.Scale == PrecedenceScale.Account
            || (first.IsEnabled != Truth.False && second.IsEnabled != Truth.False && first.Action?.Text != second.Action?.Text);
}
