using PolicyLang.Linting.Artefacts;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareMisspeltField : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-misspelt-field", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "an expression names a field that is one letter away from one that Gateway has",
        Why = "The API refuses an unknown field when the rule is applied, and `terraform plan` does not see it.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "vnet" {
              name           = "vnet"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.vmnet_id == \"59c65fed-41cd-4d00-a861-a1bd3b90a32f\""
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "vnet" {
              name           = "vnet"
              enabled        = true
              action         = "block"
              filters        = ["l4"]
              traffic        = "net.vnet_id == \"59c65fed-41cd-4d00-a861-a1bd3b90a32f\""
            }
            """),
        References = [new("Cloudflare One: network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.Error is { Kind: FilterErrorKind.UnknownIdentifier }))
        {
            var (text, error) = (part.Text!, part.Error!);
            var name = text.Text.Substring(error.Start, Math.Min(error.Length, text.Text.Length - error.Start));
            if (GatewayFields.Scheme.Names.FirstOrDefault(known => IsOneLetterAway(name, known)) is { } meant)
            {
                report.Add(text.At(error.Start, name.Length), $"there is no field `{name}`", $"did you mean `{meant}`?");
            }
        }
    }

    private static bool IsOneLetterAway(string name, string known)
    {
        var same = name.AsSpan().CommonPrefixLength(known);
        var a = name.AsSpan(same);
        var b = known.AsSpan(same);
        return (a.Length, b.Length) switch
        {
            (0, 1) or (1, 0) => true,
            _ when a.Length == b.Length + 1 => a[1..].SequenceEqual(b),
            _ when b.Length == a.Length + 1 => b[1..].SequenceEqual(a),
            _ when a.Length == b.Length && a.Length > 0 => a[1..].SequenceEqual(b[1..]),
            _ => false,
        };
    }
}
