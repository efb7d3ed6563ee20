resource "cloudflare_zero_trust_gateway_policy" "contractor" {
  name           = "contractor"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "identity.email == \"carol@example.com\""
  expiration     = { expires_at = "2026-12-01T00:00:00Z" }
}
