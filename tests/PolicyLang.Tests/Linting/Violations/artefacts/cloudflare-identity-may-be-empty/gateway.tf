resource "cloudflare_zero_trust_gateway_policy" "team" {
  name           = "team"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = join(" or ", [for group in var.groups : "any(identity.groups.name[*] in {\"${group}\"})"])
}
