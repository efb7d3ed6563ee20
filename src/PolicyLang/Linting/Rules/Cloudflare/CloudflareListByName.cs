using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareListByName : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-list-by-name", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "an expression names a list by its name instead of its identifier",
        Why = "Gateway knows lists by their identifier alone, and refuses the rule: `invalid UUID length`.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "office" {
              name           = "office"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in $office_hosts"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_list" "office_hosts" {
              name  = "office hosts"
              type  = "IP"
              items = [{ value = "198.51.100.7" }]
            }
            resource "cloudflare_zero_trust_gateway_policy" "office" {
              name           = "office"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in ${"$"}${cloudflare_zero_trust_list.office_hosts.id}"
            }
            """),
        References = [new("Lists go by their identifier", "https://github.com/cloudflare/terraform-provider-cloudflare/issues/3943")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Read))
        {
            foreach (var (comparison, _) in part.Filter.Comparisons())
            {
                if (comparison.Comparison is InListComparison { List: [not TerraformText.Hole, ..] list } && !Guid.TryParseExact(list, "N", out _))
                {
                    report.Add(part.Find("$" + list), $"`{list}` is no identifier of a list", "write the identifier; in Terraform: `${\"$\"}${cloudflare_zero_trust_list.NAME.id}`");
                }
            }
        }
    }
}
