resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  enabled        = true
  action         = "block"
  traffic        = "net.dst.ip in {198.51.100.7}"
}
