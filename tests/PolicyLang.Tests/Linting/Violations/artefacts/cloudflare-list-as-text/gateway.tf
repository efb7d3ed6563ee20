resource "cloudflare_zero_trust_list" "hosts" {
  name  = "hosts"
  type  = "DOMAIN"
  items = [{ value = "example.com" }]
}
resource "cloudflare_zero_trust_gateway_policy" "hosts" {
  name           = "hosts"
  enabled        = true
  action         = "block"
  filters        = ["l4"]
  traffic        = "any(net.sni.domains[*] in {\"${cloudflare_zero_trust_list.hosts.id}\"})"
}
