output "backup_arn" {
  description = "The copied backups, to restore from in the second region."
  value       = aws_db_instance_automated_backups_replication.this.id
}
