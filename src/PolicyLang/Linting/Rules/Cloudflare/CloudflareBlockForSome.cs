using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareBlockForSome : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-block-for-some", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "the only block below an allow names whom it stops",
        Why = "Everybody whom neither rule names passes, since a connection that no rule matches passes.",
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
            resource "cloudflare_zero_trust_gateway_policy" "contractors" {
              name           = "contractors"
              precedence     = 2000
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"contractors\"})"
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
        References = [new("Cloudflare One: order of enforcement", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var gateway = artefacts.Gateway;
        foreach (var group in gateway.Coverage.Allows.Where(allow => allow is { Open.Length: 0, Blocks.Length: > 0 } && allow.Blocks.All(NamesWhom)).GroupBy(allow => allow.Blocks[0].Place))
        {
            var first = group.First();
            var block = first.Blocks[0];
            report.Add(
                block.PlaceOf(block.Identity.State == GatewayPartState.Empty ? "device_posture" : "identity"),
                $"block `{block.Name}` stops only those whom it names: everybody else passes, and not only those of `{first.Allow.Name}`",
                "leave `identity` and `device_posture` out of the block, or remove the allow",
                null,
                new RelatedLocation(first.Allow.Place, "the allow above it"));
        }

        bool NamesWhom(LintedGatewayRule block) => !block.IsForEverybody && block.Parts.Skip(1).All(part => part.State == GatewayPartState.Empty || (part.Filter is { } filter && !new FilterEvaluator(NoFields, gateway.Lists).Evaluate(filter).Equals(Truth.True)));
    }

    private static ImmutableDictionary<string, FilterValue> NoFields => ImmutableDictionary<string, FilterValue>.Empty;
}
