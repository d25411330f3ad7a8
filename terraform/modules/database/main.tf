data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name       = "evenkeel-${var.stage}"
  port       = 5432
  major      = split(".", var.engine_version)[0]
  is_replica = var.replica_of != null
  log_kinds  = toset(["postgresql", "upgrade"])
}

resource "aws_db_subnet_group" "this" {
  name        = "${local.name}-database"
  description = "Where the database of ${var.stage} is"
  subnet_ids  = var.subnet_ids

  tags = { Name = "${local.name}-database" }
}

resource "aws_db_instance" "this" {
  identifier = local.name

  # A replica takes all of this from its source.
  replicate_source_db = local.is_replica ? var.replica_of.database_arn : null
  engine              = local.is_replica ? null : "postgres"
  engine_version      = local.is_replica ? null : var.engine_version
  # Only when engine_version says so: its major version is part of it.
  allow_major_version_upgrade = true
  allocated_storage           = local.is_replica ? null : var.storage_gib
  db_name                     = local.is_replica ? null : var.database_name
  username                    = local.is_replica ? null : var.owner_username
  password                    = local.is_replica ? null : local.password

  instance_class        = var.instance_class
  max_allocated_storage = var.max_storage_gib
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.data_key_arn
  parameter_group_name  = aws_db_parameter_group.this.name

  multi_az               = var.multi_az
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  port                   = local.port
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  iam_database_authentication_enabled = true

  backup_retention_period   = var.backup_retention_days
  backup_window             = var.backup_window
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.deletion_protection
  final_snapshot_identifier = var.deletion_protection ? local.final_snapshot : null

  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.data_key_arn
  performance_insights_retention_period = var.performance_insights_retention_days
  monitoring_interval                   = var.monitoring_interval_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = local.log_kinds

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false

  tags = var.failover_side == null ? {} : { "evenkeel:failover" = var.failover_side }

  lifecycle {
    # A promotion cuts the tie to the source; tying it again would throw the new primary's data away. A failover takes the groups away;
    # an apply that gave them back would make a second writer.
    ignore_changes = [replicate_source_db, vpc_security_group_ids]
  }

  depends_on = [aws_cloudwatch_log_group.this]
}

# Every deleted database keeps a last snapshot of its own name: a second one under the same name would stop the deletion.
resource "terraform_data" "final_snapshot" {}

locals {
  final_snapshot = "${local.name}-final-${substr(terraform_data.final_snapshot.id, 0, 8)}"
}

resource "aws_db_instance" "replica" {
  count = var.read_replica_count

  identifier          = "${local.name}-replica-${count.index + 1}"
  replicate_source_db = aws_db_instance.this.identifier

  instance_class        = coalesce(var.read_replica_instance_class, var.instance_class)
  max_allocated_storage = var.max_storage_gib
  storage_type          = "gp3"
  storage_encrypted     = true
  parameter_group_name  = aws_db_parameter_group.this.name

  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  port                   = local.port
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  iam_database_authentication_enabled = true

  # Its data is the primary's, and so are the backups.
  backup_retention_period = 0
  skip_final_snapshot     = true
  copy_tags_to_snapshot   = true
  deletion_protection     = var.deletion_protection

  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.data_key_arn
  performance_insights_retention_period = var.performance_insights_retention_days
  monitoring_interval                   = var.monitoring_interval_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = local.log_kinds

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false

  depends_on = [aws_cloudwatch_log_group.this]
}
