using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareMixedOperators : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-mixed-operators", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "`and` and `or` stand side by side without parentheses, and one side says less than the other",
        Why = "`and` binds tighter. `net.dst.ip in {198.51.100.7} and net.dst.port == 6443 or net.dst.port == 443` matches port 443 of every address.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port == 6443 or net.dst.port == 443"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and (net.dst.port == 6443 or net.dst.port == 443)"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Read))
        {
            if (MixedOperators.Find(part.Text!.Text) is var (start, length))
            {
                var location = part.Text.At(start, length);
                report.Add(location, $"`{part.Text.Text.Substring(start, length)}` stands by itself here, since `and` binds tighter than `or`", "put parentheses around what belongs together");
            }
        }
    }
}
