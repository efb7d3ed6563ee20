resource "cloudflare_zero_trust_tunnel_cloudflared_route" "cluster" {
  account_id = var.account_id
  tunnel_id  = var.tunnel_id
  network    = "10.20.0.0/16"
}
