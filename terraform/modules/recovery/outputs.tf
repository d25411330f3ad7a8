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
  description = "Subnets of restored databases and of their verifier."
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

output "verifier_security_group_id" {
  description = "Security group of the verifier; null while verification is off."
  value       = one(aws_security_group.verifier[*].id)
}

output "drill_role_arn" {
  description = "Role that may restore under the drill's tag."
  value       = aws_iam_role.drill.arn
}

output "drill_tag_key" {
  description = "Key of the tag that everything made by a drill carries; its value is the drill's run."
  value       = local.drill_tag_key
}

output "drill_name_prefix" {
  description = "What the name of a restored database starts with."
  value       = "${local.name}-drill-"
}
