resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port in {6000-7000}"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
}
