resource "cloudflare_zero_trust_gateway_policy" "office" {
  name           = "office"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "not(any(identity.groups.name[*] in {\"contractors\"}))"
}
