using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Reading;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareAllowWithoutBlock : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-allow-without-block", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an allow names who may reach a destination, and no block stops everybody else",
        Why = "A connection that no rule matches passes. An allow for a group therefore keeps nobody out: it takes a block below it, for the same destination and for everybody. Of a Terraform file that is linted by its name, as hooks do it, the rule only speaks where the file holds blocks itself: another file of the folder may hold the block.",
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
            new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/"),
            new("Cloudflare One: common network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/common-policies/"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var gateway = artefacts.Gateway;
        var named = artefacts.Files.Where(file => file.IsNamed && TerraformResources.IsTerraform(file.Source.Path)).Select(file => file.Source).ToHashSet();
        var accounts = gateway.Rules.Where(rule => rule is { IsNetworkBlock: true, IsEnabled: not Truth.False }).Select(rule => rule.Account).ToHashSet(StringComparer.Ordinal);
        var open = gateway.Coverage.Allows.Where(allow => allow.DisabledBlock is null && allow.Points.Length > 0 && allow.Open.Length == allow.Points.Length && !MayBeBlockedElsewhere(allow.Allow));

        // Allows for one destination lack one block; where there is no block at all, they lack the same one.
        foreach (var group in open.GroupBy(allow => accounts.Contains(allow.Allow.Account) ? $"{allow.Allow.Account}\n{allow.Allow.Traffic.Text?.Text}" : allow.Allow.Account, StringComparer.Ordinal))
        {
            var first = group.First();
            var words = first.Open[0].Words;
            report.Add(
                first.Allow.Place,
                words.Length == 0 ? $"`{first.Allow.Name}` names who may pass, and no block stops the others" : $"`{first.Allow.Name}` names who may reach {words}, and no block stops the others",
                "what no rule matches passes: put a block for the same destination and everybody below it",
                null,
                [.. group.Skip(1).Take(3).Select(other => new RelatedLocation(other.Allow.Place, "and so does this allow"))]);
        }

        // The rest of a module is only surely there where its folder was asked for.
        bool MayBeBlockedElsewhere(LintedGatewayRule allow)
            => named.Contains(allow.Place.Source) && !gateway.Rules.Any(rule => rule.IsNetworkBlock && rule.Place.Source == allow.Place.Source);
    }
}
