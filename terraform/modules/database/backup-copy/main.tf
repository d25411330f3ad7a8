# Snapshots and write-ahead log as RDS makes them, so that the second region can restore to any second as well.
resource "aws_db_instance_automated_backups_replication" "this" {
  source_db_instance_arn = var.database_arn
  kms_key_id             = var.data_key_arn
  retention_period       = var.retention_days
}
