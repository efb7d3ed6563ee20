resource "cloudflare_zero_trust_gateway_policy" "vnet" {
  name           = "vnet"
  enabled        = true
  action         = "block"
  filters        = ["l4"]
  traffic        = "net.vmnet_id == \"59c65fed-41cd-4d00-a861-a1bd3b90a32f\""
}
