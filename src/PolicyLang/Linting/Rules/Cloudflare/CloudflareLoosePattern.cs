using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareLoosePattern : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-loose-pattern", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a pattern for e-mail addresses or host names in an allow matches more than it shows",
        Why = "Patterns are found anywhere in a text unless `^` and `$` hold them, and a dot stands for any character. `.*@example.com` also matches `mallory@example.com.evil.org`.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "staff" {
              name           = "staff"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email matches \".*@example.com\""
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "staff" {
              name           = "staff"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "identity.email matches \"^[^@]+@example\\.com$\""
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
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule.Filter is "l4" or "http" && rule.Action is { Text: "allow" or "off" or "noscan" or "noisolate" }))
        {
            foreach (var part in rule.Parts.Where(part => part.State == GatewayPartState.Read))
            {
                foreach (var (comparison, isNegated) in part.Filter.Comparisons())
                {
                    if (!isNegated && comparison.Comparison is MatchesComparison pattern && IsOfNames(comparison.Field.Name) && LoosePattern.Explain(pattern.Source) is { } explanation)
                    {
                        report.Add(part.Find(pattern.Source), explanation, "write `^` in front, `$` at the end and `\\.` for each dot, or name the values with `in {…}`");
                    }
                }
            }
        }
    }

    private static bool IsOfNames(string field) => field is "identity.email" or "net.sni.host" or "net.sni.domains" or "http.request.host" or "http.request.domains";
}
