data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name
}

# Metrics of the cluster: its Prometheus writes them here and forgets them after days.
resource "aws_prometheus_workspace" "this" {
  alias       = local.name
  kms_key_arn = var.data_key_arn

  logging_configuration {
    log_group_arn = "${aws_cloudwatch_log_group.this["prometheus"].arn}:*"
  }

  tags = { Name = local.name }
}

resource "aws_prometheus_workspace_configuration" "this" {
  workspace_id             = aws_prometheus_workspace.this.id
  retention_period_in_days = var.metric_retention_days
}

locals {
  log_groups = {
    # AMP and OpenSearch may write to groups of these prefixes without a policy of their own, or with one for all.
    prometheus             = "/aws/vendedlogs/prometheus/${local.name}"
    opensearch-application = "/aws/opensearch/${local.name}/application"
    opensearch-audit       = "/aws/opensearch/${local.name}/audit"
    opensearch-slow-index  = "/aws/opensearch/${local.name}/slow-index"
    opensearch-slow-search = "/aws/opensearch/${local.name}/slow-search"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}
