resource "aws_security_group" "this" {
  name        = "${local.name}-cache"
  description = "Redis for the named groups, and no way out"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-cache" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "Redis from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

# Made once and kept by terraform_data: the data source answers another token each time it is read.
data "aws_secretsmanager_random_password" "this" {
  password_length     = 64
  exclude_punctuation = true # it stands in a URL
}

resource "terraform_data" "token" {
  input            = data.aws_secretsmanager_random_password.this.random_password
  triggers_replace = var.token_version

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_secretsmanager_secret" "this" {
  name                    = "evenkeel/${var.stage}/cache"
  description             = "Token of the cache of ${var.stage}"
  kms_key_id              = var.secrets_key_arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id = aws_secretsmanager_secret.this.id

  secret_string = jsonencode({
    engine = "redis"
    host   = aws_elasticache_replication_group.this.primary_endpoint_address
    reader = aws_elasticache_replication_group.this.reader_endpoint_address
    port   = local.port
    token  = terraform_data.token.output
    url    = "rediss://:${terraform_data.token.output}@${aws_elasticache_replication_group.this.primary_endpoint_address}:${local.port}"
  })
}
