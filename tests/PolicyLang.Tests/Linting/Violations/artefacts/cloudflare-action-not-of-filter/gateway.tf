resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
  name           = "kubernetes"
  enabled        = true
  action         = "off"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
}
