using System.Globalization;
using System.Text.RegularExpressions;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Cloudflare;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed partial class CloudflareMisleadingNumber : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-misleading-number", RuleSystem.Cloudflare, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a number or an address in an expression does not mean what it looks like",
        Why = "The engine takes a leading zero for octal, `6000-7000` between braces for the numbers 6000 and -7000, and `198.51.100` for the one address 198.51.100.0.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port in {6000-7000}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_gateway_policy" "sre" {
              name           = "sre"
              enabled        = true
              action         = "allow"
              filters        = ["l4"]
              traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port in {6000..7000}"
              identity       = "any(identity.groups.name[*] in {\"sre\"})"
            }
            """),
        References = [new("The engine of the expressions", "https://github.com/cloudflare/wirefilter")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var part in artefacts.Gateway.Rules.SelectMany(rule => rule.Parts).Where(part => part.State == GatewayPartState.Read))
        {
            foreach (var word in ExpressionWords.Of(part.Text!.Text))
            {
                if (Explain(word) is var (message, help))
                {
                    report.Add(part.Text.At(word.Start, word.Text.Length), message, help);
                }
            }
        }
    }

    private static (string Message, string Help)? Explain(ExpressionWord word)
    {
        if (Octal().IsMatch(word.Text))
        {
            var value = word.Text.Aggregate(0L, (sum, digit) => (sum * 8) + (digit - '0'));
            return ($"`{word.Text}` is octal, and means `{value.ToString(CultureInfo.InvariantCulture)}`", "leave the zero in front out");
        }

        if (word.IsInSet && Dashed().Match(word.Text) is { Success: true } dashed)
        {
            return ($"`{word.Text}` is no range: it means `{dashed.Groups[1].Value}` and `-{dashed.Groups[2].Value}`", $"write `{dashed.Groups[1].Value}..{dashed.Groups[2].Value}`");
        }

        return word.IsInSet && Short().IsMatch(word.Text)
            ? ($"`{word.Text}` is the one address that zeros make of it", $"write all four parts, and for a network its length: `{word.Text}.0/{8 * word.Text.Split('.').Length}`")
            : null;
    }

    [GeneratedRegex("^0[0-7]{1,19}$", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex("^([0-9]{1,6})-([0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Dashed();

    [GeneratedRegex("^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
