resource "cloudflare_zero_trust_gateway_policy" "wiki" {
  name           = "wiki"
  precedence     = 1000
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.sni.host == \"wiki.example.com\""
}
resource "cloudflare_zero_trust_gateway_policy" "hosts" {
  name           = "hosts"
  precedence     = 2000
  enabled        = true
  action         = "block"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.0/24}"
}
