using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareWideNoInspection : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-wide-no-inspection", RuleSystem.Cloudflare, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a rule keeps inspection off far more than a destination",
        Why = "`off` (Do Not Inspect) comes before every other HTTP rule and takes what it matches out of all of them: blocks, isolation and scanning.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
              name           = "kubernetes"
              enabled        = true
              action         = "off"
              filters        = ["http"]
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
              name           = "kubernetes"
              enabled        = true
              action         = "off"
              filters        = ["http"]
              traffic        = "any(http.conn.dst_ip[*] in {198.51.100.7})"
            }
            """),
        References =
        [
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
            new("Cloudflare One: HTTP policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/http-policies/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { Filter: "http", Action.Text: "off", IsForEverybody: true, IsEnabled: not Truth.False }))
        {
            if (rule.Traffic.State == GatewayPartState.Empty)
            {
                report.Add(rule.Place, $"`{rule.Name}` takes everything out of HTTP rules", "name the destinations: `any(http.conn.dst_ip[*] in {…})`");
            }
            else if (RuleDestinations.Of(rule.Traffic.Filter, artefacts.Gateway.Lists, GatewayLayer.Http) is { } ranges && ranges.FirstOrDefault(IsWide) is { PrefixLength: >= 0, First: var first, Last: var last } wide && first != last)
            {
                report.Add(rule.Traffic.Find(AddressText.Of(wide)), $"`{AddressText.Of(wide)}` takes a large part of all addresses out of HTTP rules", "name the destinations alone");
            }
        }
    }

    private static bool IsWide(AddressRange range) => range.PrefixLength >= 0 && range.PrefixLength < (range.First.IsVersion6 ? 16 : 8);
}
