using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareQuantifierMismatch : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-quantifier-mismatch", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Info)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "a field with one value is asked with `any(…)`, or one with several without it",
        Why = "The published engine refuses both. Gateway is known to take and rewrite some of them, so that plans show the same change for ever.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "vnet" {
              name           = "vnet"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "any(net.vnet_id == \"59c65fed-41cd-4d00-a861-a1bd3b90a32f\")"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "vnet" {
              name           = "vnet"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.vnet_id == \"59c65fed-41cd-4d00-a861-a1bd3b90a32f\""
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Refused))
        {
            var (text, error) = (part.Text!, part.Error!);
            if (text.Text.Contains("saml", StringComparison.Ordinal) || text.Text.Contains("oidc", StringComparison.Ordinal))
            {
                continue;
            }

            if (QuantifierMismatch.Of(text.Text, error) is { } mismatch)
            {
                report.Add(text.At(mismatch.Start, Math.Max(1, mismatch.Length)) is { Span.Length: > 0 } location ? location : part.Entry!.Value.Location, mismatch.Message, mismatch.Help);
            }
        }
    }
}
