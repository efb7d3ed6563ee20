resource "cloudflare_zero_trust_gateway_policy" "carol" {
  name           = "carol"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "identity.email == \"Carol@example.com\""
}
