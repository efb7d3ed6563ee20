resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  precedence     = 1000
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
}
resource "cloudflare_zero_trust_gateway_policy" "ci" {
  name           = "ci"
  precedence     = 1500
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = ""
}
resource "cloudflare_zero_trust_gateway_policy" "everybody_else" {
  name           = "everybody_else"
  precedence     = 2000
  enabled        = true
  action         = "block"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
}
