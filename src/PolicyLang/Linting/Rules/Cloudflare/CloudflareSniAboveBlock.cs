using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareSniAboveBlock : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-sni-above-block", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Info)
    {
        What = "an allow by server name stands above a block by address",
        Why = "The client writes the server name, and nothing ties it to the address. Whoever may use the allow reaches every address behind the block by claiming the name.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "wiki" {
              name           = "wiki"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.sni.host == \"wiki.example.com\""
            }
            resource "cloudflare_zero_trust_gateway_policy" "hosts" {
              name           = "hosts"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.0/24}"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "wiki" {
              name           = "wiki"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.sni.host == \"wiki.example.com\" and net.dst.ip in {198.51.100.9}"
            }
            resource "cloudflare_zero_trust_gateway_policy" "hosts" {
              name           = "hosts"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.0/24}"
            }
            """),
        References =
        [
            new("Cloudflare One: network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/"),
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var rules = artefacts.Gateway.Rules.Where(rule => rule is { Filter: "l4", IsEnabled: Truth.True, IsSure: true, Precedence: not null, Traffic.State: GatewayPartState.Read }).ToArray();
        var blocks = rules.Where(rule => rule is { Action.Text: "block" } && rule.Traffic.Filter.Comparisons().Any(part => part.Comparison.Field.Name == GatewayFields.Destination && !part.IsNegated)).ToArray();
        foreach (var group in rules.Where(rule => rule.IsNetworkAllow && IsByName(rule.Traffic)).GroupBy(rule => rule.Account, StringComparer.Ordinal))
        {
            if (group.Select(allow => (Allow: allow, Block: Array.Find(blocks, allow.IsBefore))).FirstOrDefault(pair => pair.Block is not null) is ({ } first, { } block))
            {
                report.Add(
                    first.PlaceOf("traffic"),
                    $"whoever may use `{first.Name}` also reaches what `{block.Name}` blocks, by claiming this name",
                    "demand the address too: `and net.dst.ip in {…}`",
                    null,
                    new RelatedLocation(block.PlaceOf("traffic"), "the block by address"));
            }
        }
    }

    private static bool IsByName(GatewayPart traffic)
    {
        var fields = traffic.Filter.Comparisons().Select(part => part.Comparison.Field.Name).ToArray();
        return Array.Exists(fields, IsName) && Array.TrueForAll(fields, field => IsName(field) || field is GatewayFields.DestinationPort or GatewayFields.Protocol);
    }

    private static bool IsName(string field) => field.StartsWith("net.sni.", StringComparison.Ordinal);
}
