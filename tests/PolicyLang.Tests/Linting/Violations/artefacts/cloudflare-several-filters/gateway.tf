resource "cloudflare_zero_trust_gateway_policy" "ads" {
  name           = "ads"
  enabled        = true
  action         = "block"
  filters        = ["dns", "http"]
  traffic        = "any(dns.domains[*] in {\"ads.example.com\"})"
}
