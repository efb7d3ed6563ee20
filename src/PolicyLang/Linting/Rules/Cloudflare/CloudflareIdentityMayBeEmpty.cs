using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareIdentityMayBeEmpty : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-identity-may-be-empty", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "an allow puts its identity together from a list that may be empty",
        Why = "With no item the identity is the empty text, and the allow is for everybody. The rule is quiet where something of the module seems to ask for an item.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "team" {
              name           = "team"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = join(" or ", [for group in var.groups : "any(identity.groups.name[*] in {\"${group}\"})"])
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "team" {
              name           = "team"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = join(" or ", [for group in var.groups : "any(identity.groups.name[*] in {\"${group}\"})"])

              lifecycle {
                precondition {
                  condition     = length(var.groups) > 0
                  error_message = "name a group"
                }
              }
            }
            """),
        References = [new("Cloudflare One: identity selectors", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/identity-selectors/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { Action.Text: "allow", Identity.State: GatewayPartState.Unknown } && !rule.Body.Blocks("lifecycle").Any(lifecycle => lifecycle.Find("precondition") is not null)))
        {
            if (rule.Identity.Entry!.Value is DataExpression expression && expression.Text.StartsWith("join(", StringComparison.Ordinal)
                && !ListLengths.Decide(rule, artefacts.Terraform) && !artefacts.Files.Any(file => TerraformResources.ModuleOf(file.Source.Path) == rule.Folder && ListLengths.AreDemanded(file)))
            {
                report.Add(expression.Location, "with an empty list this identity is empty, and the allow is for everybody", "demand an item: `lifecycle { precondition { condition = length(…) > 0 … } }`");
            }
        }
    }
}
