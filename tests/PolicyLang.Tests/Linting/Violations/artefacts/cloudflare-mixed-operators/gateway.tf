resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7} and net.dst.port == 6443 or net.dst.port == 443"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
}
