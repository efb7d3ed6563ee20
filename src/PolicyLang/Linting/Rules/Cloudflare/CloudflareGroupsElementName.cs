using System.Text.RegularExpressions;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed partial class CloudflareGroupsElementName : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-groups-element-name", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Info)
    {
        What = "an expression reaches into the elements of `identity.groups`",
        Why = "Cloudflare's pages print both `identity.groups.name[*]` and `identity.groups[*].name`. The engine that is published reads the first alone, and so do tools that check rules before they are applied; the API gives rules back in the first form.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7}"
              identity       = "any(identity.groups[*].name in {\"sre\"})"
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
        Fix = "writes the field in front of the brackets",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part is { State: not GatewayPartState.Read, Text: not null }))
        {
            foreach (Match match in Form().Matches(part.Text!.Text))
            {
                var better = $"identity.groups.{match.Groups[1].Value}[*]";
                var location = part.Text.At(match.Index, match.Length);
                var fix = location.Text == match.Value ? new SuggestedFix($"write `{better}`", IsSafe: false, [new TextEdit(location, better)]) : null;
                report.Add(location, $"`{match.Value}` is read by Gateway at best, and by no published form of its engine", $"write `{better}`", fix);
            }
        }
    }

    [GeneratedRegex("identity\\.groups\\[\\*\\]\\.(name|id|email)\\b", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
