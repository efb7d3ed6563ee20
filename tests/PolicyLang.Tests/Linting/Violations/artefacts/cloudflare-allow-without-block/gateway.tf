resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  precedence     = 1000
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
}
