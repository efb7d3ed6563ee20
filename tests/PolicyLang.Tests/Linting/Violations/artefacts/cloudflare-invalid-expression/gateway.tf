resource "cloudflare_zero_trust_gateway_policy" "web" {
  name           = "web"
  enabled        = true
  action         = "block"
  filters        = ["l4"]
  traffic        = "net.dst.port in {80, 443}"
}
