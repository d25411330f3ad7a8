account_id               = "222222222222"
owner                    = "platform"
cost_center              = "1000"
domain                   = "mcp-ui.example.com"
hosted_zone_id           = "Z0123456789EXAMPLE"
administrator_role_arn   = "arn:aws:iam::222222222222:role/platform-administrators"
second_region_stands_by  = true
github_repository        = "acme/mcp-ui"
grafana_admin_group_ids  = ["11111111-2222-3333-4444-555555555555"]
grafana_viewer_group_ids = ["11111111-2222-3333-4444-666666666666"]
cost_recipients          = ["platform@example.com", "finance@example.com"]

recipients = {
  team    = { protocol = "email", endpoint = "platform@example.com" }
  on-call = { protocol = "email", endpoint = "on-call@example.com" }
}
