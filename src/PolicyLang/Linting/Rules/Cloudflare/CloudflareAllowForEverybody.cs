using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareAllowForEverybody : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-allow-for-everybody", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an allow without identity opens to everybody what another allow opens to some",
        Why = "An empty identity is no identity: the rule matches every connection, also one that comes without any. The allow that names people then limits nobody.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            resource "cloudflare_zero_trust_gateway_policy" "ci" {
              name           = "ci"
              precedence     = 1500
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = ""
            }
            resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
              name           = "everybody_else"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              precedence     = 1000
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            resource "cloudflare_zero_trust_gateway_policy" "ci" {
              name           = "ci"
              precedence     = 1500
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.src.ip in {203.0.113.0/24}"
              identity       = ""
            }
            resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
              name           = "everybody_else"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
            }
            """),
        References =
        [
            new("Cloudflare One: network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/"),
            new("Cloudflare One: identity selectors", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/identity-selectors/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var gateway = artefacts.Gateway;
        var open = gateway.Rules.Where(rule => rule is { IsNetworkAllow: true, IsForEverybody: true, IsSure: true, IsEnabled: Truth.True } && rule.Traffic.State is GatewayPartState.Empty or GatewayPartState.Read).ToArray();
        var allows = gateway.Coverage.Allows.Where(allow => allow is { Points.Length: > 0, Open.Length: 0, Blocks.Length: > 0 }).ToArray();
        if ((long)open.Length * allows.Length > MostPairs)
        {
            return;
        }

        foreach (var rule in open)
        {
            var meant = Array.FindAll(allows, allow => allow.Allow.Account == rule.Account && ComesFirst(rule, allow) && allow.Points.All(point => GatewayCoverage.Surely(rule, point, gateway.Lists)));
            if (meant.Length > 0)
            {
                report.Add(
                    rule.Body.Find("identity")?.Value.Location ?? rule.Place,
                    $"`{rule.Name}` names nobody, and so lets everybody reach what `{meant[0].Allow.Name}` opens to some",
                    "name who may come; for machines, which have no identity, demand the address they come from: `net.src.ip in {…}`",
                    null,
                    [.. meant.Take(3).Select(allow => new RelatedLocation(allow.Allow.Place, "the allow that it undoes"))]);
            }
        }
    }

    private const int MostPairs = 250_000;

    private static bool ComesFirst(LintedGatewayRule rule, GuardedAllow allow)
        => allow.Blocks.All(rule.IsBefore) || (rule.Identity.Entry is not null && !allow.Blocks.Any(block => block.IsBefore(rule)));
}
