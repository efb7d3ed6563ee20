resource "cloudflare_zero_trust_gateway_policy" "contractors" {
  name           = "contractors"
  action         = "block"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "any(identity.groups.name[*] in {\"contractors\"})"
}
