using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareTimesIgnored : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-times-ignored", RuleSystem.Cloudflare, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a rule about connections has a schedule or an end",
        Why = "Times are for rules about names alone: `schedule` for `dns` and `dns_resolver`, `expiration` for `dns`. Access that should end on Friday does not.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "contractor" {
              name           = "contractor"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email == \"carol@example.com\""
              expiration     = { expires_at = "2026-12-01T00:00:00Z" }
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "contractor" {
              name           = "contractor"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email == \"carol@example.com\""
            }
            """),
        References = [new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule.Filter is "l4" or "http" or "egress"))
        {
            foreach (var key in (ReadOnlySpan<string>)["schedule", "expiration"])
            {
                if (rule.Body.Find(key) is { } entry && TerraformData.Blocks(entry.Value).Any(SaysSomething))
                {
                    report.Add(entry.KeyLocation, $"`{key}` does nothing in a rule for `{rule.Filter}`", "remove the rule when its time is over, or let an identity provider take people out of the group");
                }
            }
        }
    }

    private static bool SaysSomething(DataMap map) => map.Entries.Any(entry => map.Get(entry.Key) is not null);
}
