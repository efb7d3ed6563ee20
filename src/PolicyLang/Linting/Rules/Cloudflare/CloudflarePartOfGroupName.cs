using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflarePartOfGroupName : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-part-of-group-name", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "an allow asks for a part of the name of a group",
        Why = "Every group whose name holds the text gets in: `sre` also finds `sre-readonly`, `not-sre`, and whatever group somebody makes tomorrow.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] contains \"sre\")"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        References =
        [
            new("Cloudflare One: identity selectors", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/identity-selectors/"),
            new("The engine of the expressions", "https://github.com/cloudflare/wirefilter"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Gateway.Rules.Where(rule => rule is { Filter: "l4" or "http", Action.Text: "allow" }))
        {
            foreach (var (comparison, isNegated) in rule.Identity.Filter.Comparisons())
            {
                if (!isNegated && comparison.Field.Name.StartsWith("identity.groups.", StringComparison.Ordinal) && PartOf(comparison.Comparison) is { } part)
                {
                    report.Add(rule.Identity.Find(part), $"every group whose name holds `{part}` gets in", $"name the groups: `any({comparison.Field.Name}[*] in {{\"…\"}})`");
                }
            }
        }
    }

    // Whoever writes signs of patterns means one.
    private static string? PartOf(Comparison comparison) => comparison switch
    {
        ContainsComparison contains when ByteStrings.ToText(contains.Part.Bytes) is { } text && !text.Contains(TerraformText.Hole, StringComparison.Ordinal) => text,
        MatchesComparison matches when matches.Source.Length > 0 && matches.Source.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ') => matches.Source,
        _ => null,
    };
}
