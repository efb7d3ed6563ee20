using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareGroupsElementName : ArtefactRule
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
        const string Before = "identity.groups[*].";
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part is { State: not GatewayPartState.Read, Text: not null }))
        {
            var text = part.Text!;
            for (var start = text.Text.IndexOf(Before, StringComparison.Ordinal); start >= 0; start = text.Text.IndexOf(Before, start + 1, StringComparison.Ordinal))
            {
                var rest = text.Text.AsSpan(start + Before.Length);
                var field = rest[..(rest.IndexOfAnyExceptInRange('a', 'z') is >= 0 and var end ? end : rest.Length)].ToString();
                if (field is "name" or "id" or "email")
                {
                    var better = $"identity.groups.{field}[*]";
                    var location = text.At(start, Before.Length + field.Length);
                    var fix = location.Text == Before + field ? new SuggestedFix($"write `{better}`", IsSafe: false, [new TextEdit(location, better)]) : null;
                    report.Add(location, $"`{Before}{field}` is read by Gateway at best, and by no published form of its engine", $"write `{better}`", fix);
                }
            }
        }
    }
}
