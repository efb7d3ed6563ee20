using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareBlockLeavesOpen : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-block-leaves-open", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a block leaves out an address, a port, a protocol or a network that the allows above it name",
        Why = "What the block does not match passes for everybody. An allow for more than the block covers limits nobody there, and clients that have two addresses for a name try both.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7 2001:db8::7}"
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
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7 2001:db8::7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
              name           = "everybody_else"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7 2001:db8::7}"
            }
            """),
        References =
        [
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
            new("Cloudflare One: common network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/common-policies/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var open = artefacts.Gateway.Coverage.Allows.Where(allow => allow.DisabledBlock is null && allow.Open.Length > 0 && allow.Open.Length < allow.Points.Length && allow.Blocks.Length > 0);
        foreach (var group in open.GroupBy(allow => allow.Blocks[0].Place))
        {
            var first = group.First();
            report.Add(
                first.Blocks[0].PlaceOf("traffic"),
                $"`{first.Allow.Name}` names {first.Open[0].Words} too, and no block stops the others there",
                "give the block every address of the allows, and neither port, protocol nor virtual network",
                null,
                new RelatedLocation(first.Allow.PlaceOf("traffic"), "the allow that names more"));
        }
    }
}
