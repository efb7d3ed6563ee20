using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareBlockDisabled : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-block-disabled", RuleSystem.Cloudflare, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a block is off, and nothing else stops those whom the allows beside it do not name",
        Why = "The allows look as if they decided who gets in. With the block off everybody passes, since a connection that no rule matches passes.",
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
              precedence     = 2000
              enabled        = false
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
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
            new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var group in artefacts.Gateway.Coverage.Allows.Where(allow => allow.Open.Length > 0 && allow.DisabledBlock?.Body.Find("enabled") is not null).GroupBy(allow => allow.DisabledBlock!.Place))
        {
            var first = group.First();
            var block = first.DisabledBlock!;
            report.Add(
                block.PlaceOf("enabled"),
                $"block `{block.Name}` is off, so that everybody passes and not only those of `{first.Allow.Name}`",
                "switch it on, or remove it together with the allows that rely on it",
                null,
                new RelatedLocation(first.Allow.Place, "the allow that relies on it"));
        }
    }
}
