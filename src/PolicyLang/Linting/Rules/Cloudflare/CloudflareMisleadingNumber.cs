using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareMisleadingNumber : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-misleading-number", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a number or an address in an expression does not mean what it looks like",
        Why = "The engine takes a leading zero for octal, `6000-7000` between braces for the numbers 6000 and -7000, and `198.51.100` for the one address 198.51.100.0.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port in {6000-7000}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port in {6000..7000}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Read))
        {
            foreach (var word in ExpressionWords.Of(part.Text!.Text))
            {
                if (NumberLook.Explain(word) is var (message, help))
                {
                    report.Add(part.Text.At(word.Start, word.Text.Length), message, help);
                }
            }
        }
    }
}
