using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Targets.Cloudflare.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareEmailCase : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-email-case", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Info)
    {
        What = "an e-mail address is compared in capital letters",
        Why = "Texts are compared byte by byte. `Carol@example.com` and `carol@example.com` are two people to the rule: an allow misses, and a block lets pass.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "carol" {
              name           = "carol"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email == \"Carol@example.com\""
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "carol" {
              name           = "carol"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email == \"carol@example.com\""
            }
            """),
        References =
        [
            new("The engine of the expressions", "https://github.com/cloudflare/wirefilter"),
            new("Cloudflare One: identity selectors", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/identity-selectors/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts))
        {
            foreach (var (comparison, _) in part.Filter.Comparisons())
            {
                if (comparison.Field.Name == GatewayFields.Email && comparison.Comparison.Texts().FirstOrDefault(text => text.Any(char.IsAsciiLetterUpper)) is { } email)
                {
                    report.Add(part.Find(email), $"`{email}` matches only when the identity provider writes the address like that", "write it as the identity provider does, which is mostly in small letters");
                }
            }
        }
    }
}
