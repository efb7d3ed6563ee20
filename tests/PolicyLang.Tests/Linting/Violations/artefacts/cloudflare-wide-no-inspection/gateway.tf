resource "cloudflare_zero_trust_gateway_policy" "kubernetes" {
  name           = "kubernetes"
  enabled        = true
  action         = "off"
  filters        = ["http"]
}
