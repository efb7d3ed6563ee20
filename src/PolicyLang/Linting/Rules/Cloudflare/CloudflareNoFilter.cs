using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareNoFilter : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-no-filter", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Info)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "a rule does not say whether it is about connections, requests or names",
        Why = "Without `filters` the account chooses one. The rule then shows a change in every plan, or is about something else than its expression.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "block"
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        References = [new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { ResourceType: not null, FilterNode: null, Action: not null }))
        {
            report.Add(rule.Place, $"`{rule.Name}` has no filter", "write `filters = [\"l4\"]`, or `http`, `dns`, `egress` or `dns_resolver`");
        }
    }
}
