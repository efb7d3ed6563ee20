using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareSeveralFilters : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-several-filters", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a rule has more than one filter",
        Why = "The list takes a single one. A rule for names and a rule for requests are two rules.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "ads" {
              name           = "ads"
              enabled        = true
              action         = "block"
              filters        = ["dns", "http"]
              traffic        = "any(dns.domains[*] in {\"ads.example.com\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "ads" {
              name           = "ads"
              enabled        = true
              action         = "block"
              filters        = ["dns"]
              traffic        = "any(dns.domains[*] in {\"ads.example.com\"})"
            }
            """),
        References = [new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules)
        {
            if (rule.FilterNode is DataList { Items: [_, { } second, ..] } filters)
            {
                report.Add(second.Location, $"a rule may have only one filter, and this one has {filters.Items.Length}", "make a rule for each");
            }
        }
    }
}
