account_id             = "111111111111"
owner                  = "platform"
cost_center            = "1000"
domain                 = "staging.mcp-ui.example.com"
hosted_zone_id         = "Z0123456789EXAMPLE"
administrator_role_arn = "arn:aws:iam::111111111111:role/platform-administrators"
github_repository      = "acme/mcp-ui"
cost_recipients        = ["platform@example.com"]

recipients = {
  team = { protocol = "email", endpoint = "platform@example.com" }
}
