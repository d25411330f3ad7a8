# Where users come in: a rate must be counted on their own addresses.
module "firewall_of_cloudfront" {
  source = "./firewall"
  count  = var.firewall_requests_per_5_minutes != null && var.content_delivery ? 1 : 0

  providers = { aws = aws.cloudfront }

  name                   = "${local.name}-cloudfront"
  scope                  = "CLOUDFRONT"
  requests_per_5_minutes = var.firewall_requests_per_5_minutes
  log_bucket_arn         = aws_s3_bucket.logs["firewall"].arn

  depends_on = [aws_s3_bucket_policy.logs]
}

module "firewall_of_load_balancer" {
  source = "./firewall"
  count  = var.firewall_requests_per_5_minutes != null && !var.content_delivery ? 1 : 0

  name                   = local.name
  scope                  = "REGIONAL"
  requests_per_5_minutes = var.firewall_requests_per_5_minutes
  log_bucket_arn         = aws_s3_bucket.logs["firewall"].arn

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_wafv2_web_acl_association" "load_balancer" {
  count = length(module.firewall_of_load_balancer)

  resource_arn = aws_lb.this.arn
  web_acl_arn  = module.firewall_of_load_balancer[0].web_acl_arn
}
