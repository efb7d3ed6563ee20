using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareActionNotOfFilter : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-action-not-of-filter", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "an action does not go with the filter of its rule",
        Why = "The provider accepts every action with every filter, and the API refuses the rule when it is applied.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
              name           = "kubernetes"
              enabled        = true
              action         = "off"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
              name           = "kubernetes"
              enabled        = true
              action         = "off"
              filters        = ["http"]
              traffic        = "any(http.conn.dst_ip[*] in {198.51.100.7})"
            }
            """),
        References =
        [
            new("Cloudflare One: network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/"),
            new("Cloudflare One: HTTP policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/http-policies/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { FilterNode: not null, Filter: not null, Action: not null }))
        {
            if (ActionsOf(rule.Filter!) is { } actions && Array.IndexOf(actions, rule.Action!.Text) < 0 && rule.Action.Text.All(c => char.IsAsciiLetterLower(c) || c is '_' or '4'))
            {
                report.Add(rule.Action.Location, $"`{rule.Action.Text}` is no action of filter `{rule.Filter}`", $"filter `{rule.Filter}` takes {string.Join(", ", actions.Select(action => $"`{action}`"))}");
            }
        }
    }

    private static string[]? ActionsOf(string filter) => filter switch
    {
        "l4" => ["allow", "block", "l4_override", "audit_ssh"],
        "http" => ["allow", "block", "off", "on", "scan", "noscan", "isolate", "noisolate", "quarantine", "redirect"],
        "dns" => ["allow", "block", "override", "safesearch", "ytrestricted"],
        "egress" => ["egress"],
        "dns_resolver" => ["resolve"],
        _ => null,
    };
}
