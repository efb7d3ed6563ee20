resource "cloudflare_zero_trust_gateway_policy" "office" {
  name           = "office"
  enabled        = true
  action         = "allow"
  filters        = ["l4"]
  traffic        = "net.dst.ip in {198.51.100.7}"
  identity       = "any(identity.groups.name[*] in {\"sre\"})"
  device_posture = "not(any(device_posture.checks.failed[*] in {\"1308749e-fcfb-4ebc-b051-fe022b632644\"}))"
}
