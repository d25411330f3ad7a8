locals {
  name      = "evenkeel-${var.stage}"
  port      = 6379
  log_kinds = toset(["slow-log", "engine-log"])
}

resource "aws_elasticache_subnet_group" "this" {
  name        = local.name
  description = "Where the cache of ${var.stage} is"
  subnet_ids  = var.subnet_ids

  tags = { Name = local.name }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = local.name
  description          = "Cache and sessions of ${var.stage}"
  engine               = "redis"
  engine_version       = var.engine_version
  node_type            = var.node_type
  num_cache_clusters   = var.node_count
  port                 = local.port

  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = terraform_data.token.output
  auth_token_update_strategy = "ROTATE" # the old token goes on working, so that nobody is cut off in between
  at_rest_encryption_enabled = true
  kms_key_id                 = var.data_key_arn

  snapshot_retention_limit  = var.snapshot_retention_days
  snapshot_window           = var.snapshot_window
  final_snapshot_identifier = var.deletion_protection ? "${local.name}-final-${substr(terraform_data.final_snapshot.id, 0, 8)}" : null

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false

  dynamic "log_delivery_configuration" {
    for_each = local.log_kinds

    content {
      log_type         = log_delivery_configuration.key
      log_format       = "json"
      destination_type = "cloudwatch-logs"
      destination      = aws_cloudwatch_log_group.this[log_delivery_configuration.key].name
    }
  }
}

# Every deleted cache keeps a last snapshot of its own name: a second one under the same name would stop the deletion.
resource "terraform_data" "final_snapshot" {}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_kinds

  name              = "/evenkeel/${var.stage}/cache/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}
