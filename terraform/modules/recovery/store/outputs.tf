output "vault_arn" {
  description = "The backup vault."
  # What is to be locked must not come before the lock.
  value      = aws_backup_vault.this.arn
  depends_on = [aws_backup_vault_lock_configuration.this]
}

output "vault_name" {
  description = "Name of the backup vault."
  value       = aws_backup_vault.this.name
  depends_on  = [aws_backup_vault_lock_configuration.this]
}

output "bucket_arn" {
  description = "The bucket of dumps and configuration backups."
  value       = aws_s3_bucket.this.arn
  depends_on  = [aws_s3_bucket_object_lock_configuration.this]
}

output "bucket_name" {
  description = "Name of that bucket."
  value       = aws_s3_bucket.this.bucket
  depends_on  = [aws_s3_bucket_object_lock_configuration.this]
}
