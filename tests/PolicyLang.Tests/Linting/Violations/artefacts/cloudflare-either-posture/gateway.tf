resource "cloudflare_zero_trust_gateway_policy" "sre" {
  name           = "sre"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
  device_posture = "any(device_posture.checks.passed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\" \"51fe39d9-d584-48f5-9eed-36cd14ada791\"})"
}
