using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareEnabledLeftOut : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-enabled-left-out", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a rule in Terraform does not say `enabled`, and so is off",
        Why = "The provider's default is `false`. The rule is made, stands in the list, and does nothing: a block of that kind lets everybody pass.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "contractors" {
              name           = "contractors"
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"contractors\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "contractors" {
              name           = "contractors"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"contractors\"})"
            }
            """),
        References = [new("Terraform: cloudflare_zero_trust_gateway_policy", "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_gateway_policy")],
        Fix = "adds `enabled = true`",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { ResourceType: not null, Action: not null } && rule.Body.Get("enabled") is null))
        {
            report.Add(rule.Place, $"`{rule.Name}` does not say `enabled`, and so is off", "write `enabled = true`, or `enabled = false` when that is meant", FixFor(rule));
        }
    }

    private static SuggestedFix? FixFor(LintedGatewayRule rule)
    {
        if (rule.Body.Find("enabled") is not null)
        {
            return null;
        }

        var action = rule.Body.Find("action")!;
        var source = action.KeyLocation.Source;
        var (line, column) = source.GetLineAndColumn(action.KeyLocation.Span.Start);
        var indent = source.GetLine(line)[..column];
        if (!string.IsNullOrWhiteSpace(indent))
        {
            return null;
        }

        var text = TerraformResources.IsJson(source.Path) ? "\"enabled\": true,\n" : "enabled = true\n";
        return new SuggestedFix("switch the rule on", IsSafe: false, [new TextEdit(new SourceLocation(source, new TextSpan(action.KeyLocation.Span.Start, 0)), text + indent)]);
    }
}
