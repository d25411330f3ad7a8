output "vault_arn" {
  description = "The backup vault."
  value       = module.store.vault_arn
}

output "backup_bucket_arn" {
  description = "Bucket of dumps and configuration backups."
  value       = module.store.bucket_arn
}

output "backup_bucket_name" {
  description = "Name of that bucket."
  value       = module.store.bucket_name
}

output "isolated_subnet_ids" {
  description = "Subnets of restored databases."
  value       = values(aws_subnet.isolated)[*].id
}

output "restore_subnet_group_name" {
  description = "Subnet group that restores must name."
  value       = aws_db_subnet_group.restore_test.name
}

output "restore_security_group_id" {
  description = "Security group that restores must name."
  value       = aws_security_group.restore_test.id
}
