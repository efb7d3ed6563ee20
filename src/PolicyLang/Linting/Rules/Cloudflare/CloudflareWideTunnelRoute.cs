using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Cloudflare;

internal sealed class CloudflareWideTunnelRoute : ArtefactRule
{
    public override RuleDescription Description { get; } = new("cloudflare-wide-tunnel-route", RuleSystem.Cloudflare, RuleCategory.Exposure, LintLevel.Info)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "a tunnel publishes a whole network",
        Why = "Every enrolled device reaches what a route publishes, unless a rule blocks it. A route for one address publishes that one.",
        Avoid = new("gateway.tf", """
            resource "cloudflare_zero_trust_tunnel_cloudflared_route" "cluster" {
              account_id = var.account_id
              tunnel_id  = var.tunnel_id
              network    = "10.20.0.0/16"
            }
            """),
        Prefer = new("gateway.tf", """
            resource "cloudflare_zero_trust_tunnel_cloudflared_route" "cluster" {
              account_id = var.account_id
              tunnel_id  = var.tunnel_id
              network    = "10.20.0.7/32"
            }
            """),
        References = [new("Cloudflare One: network policies", "https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var route in artefacts.Gateway.Routes.Where(route => route.Range.PrefixLength < (route.Range.First.IsVersion6 ? 64 : 24)))
        {
            report.Add(route.Network.Location, $"the tunnel publishes all of `{route.Network.Text}`", "route the addresses that are meant, such as the API server's");
        }
    }
}
