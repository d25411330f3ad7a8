resource "aws_security_group" "this" {
  name        = "${local.name}-database"
  description = "PostgreSQL for the named groups, and no way out"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "PostgreSQL from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_ingress_rule" "client_ranges" {
  for_each = var.client_cidr_blocks

  security_group_id = aws_security_group.this.id
  description       = "PostgreSQL from ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port
}

# Without any rule. A failover puts the old writer into it alone, so that nobody gets through to it any more.
resource "aws_security_group" "fence" {
  count = var.failover_side == "primary" ? 1 : 0

  name        = "${local.name}-fence"
  description = "Nobody in and nobody out: where a failover puts the database that it takes over from"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-fence" }
}

# Made once and kept by terraform_data: the data source answers another password each time it is read. RDS could make
# and rotate it itself (manage_master_user_password), but refuses read replicas of a database that does.
data "aws_secretsmanager_random_password" "this" {
  password_length     = 40
  exclude_punctuation = true # it stands in a URL
}

resource "terraform_data" "password" {
  input            = data.aws_secretsmanager_random_password.this.random_password
  triggers_replace = var.password_version

  lifecycle {
    ignore_changes = [input]
  }
}

# A replica has the logins of its source.
data "aws_secretsmanager_secret_version" "source" {
  count = local.is_replica ? 1 : 0

  secret_id = var.replica_of.secret_arn
}

locals {
  source   = local.is_replica ? jsondecode(data.aws_secretsmanager_secret_version.source[0].secret_string) : null
  username = local.is_replica ? local.source.username : var.owner_username
  password = local.is_replica ? local.source.password : terraform_data.password.output
  database = local.is_replica ? local.source.dbname : var.database_name
}

resource "aws_secretsmanager_secret" "this" {
  name                    = "evenkeel/${var.stage}/database"
  description             = "Login of the database of ${var.stage}"
  kms_key_id              = var.secrets_key_arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0

  dynamic "replica" {
    for_each = var.secret_copy[*]

    content {
      region     = replica.value.region
      kms_key_id = replica.value.secrets_key_arn
    }
  }
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id = aws_secretsmanager_secret.this.id

  secret_string = jsonencode({
    engine   = "postgres"
    host     = aws_db_instance.this.address
    port     = local.port
    dbname   = local.database
    username = local.username
    password = local.password
    url      = "postgresql://${local.username}:${local.password}@${aws_db_instance.this.address}:${local.port}/${local.database}?sslmode=require"
    readers  = aws_db_instance.replica[*].address
  })
}
