using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareInvalidExpression : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-invalid-expression", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "an expression cannot be read by the engine",
        Why = "`terraform plan` does not read expressions: the mistake shows when the rule is applied, and until then the rule of yesterday stays in force.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "web" {
              name           = "web"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.port in {80, 443}"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "web" {
              name           = "web"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.port in {80 443}"
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Refused))
        {
            if (ExpressionErrors.Of(part.Text!.Text, part.Error!) is { } error)
            {
                report.Add(part.Text.At(error.Start, error.Length) is { Span.Length: > 0 } location ? location : part.Entry!.Value.Location, error.Message, error.Help);
            }
        }
    }
}
