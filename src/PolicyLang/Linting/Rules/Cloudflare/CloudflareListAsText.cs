using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareListAsText : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-list-as-text", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "the identifier of a list stands in quotes, as if it were a value",
        Why = "The expression then looks for the identifier itself, which no address, name or person is called, and matches nothing. A list stands behind `in $`, without braces and quotes.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_list" "hosts" {
              name  = "hosts"
              type  = "DOMAIN"
              items = [{ value = "example.com" }]
            }
            resource "cloudflare_zero_trust_gateway_policy" "hosts" {
              name           = "hosts"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "any(net.sni.domains[*] in {\"${cloudflare_zero_trust_list.hosts.id}\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_list" "hosts" {
              name  = "hosts"
              type  = "DOMAIN"
              items = [{ value = "example.com" }]
            }
            resource "cloudflare_zero_trust_gateway_policy" "hosts" {
              name           = "hosts"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "any(net.sni.domains[*] in ${"$"}${cloudflare_zero_trust_list.hosts.id})"
            }
            """),
        References = [new("Lists go by their identifier", "https://github.com/cloudflare/terraform-provider-cloudflare/issues/3943")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part is { State: GatewayPartState.Read, Text.IsComputed: true }))
        {
            foreach (var (comparison, _) in part.Filter.Comparisons())
            {
                if (comparison.Comparison.Texts().FirstOrDefault(artefacts.Gateway.Lists.Holds) is { } list)
                {
                    report.Add(part.Find(list), "this looks for the identifier of the list as a text, and finds it nowhere", "write the list behind `in` without braces and quotes: `in ${\"$\"}${cloudflare_zero_trust_list.NAME.id}`");
                }
            }
        }
    }
}
