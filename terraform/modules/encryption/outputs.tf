output "key_arns" {
  description = "ARN of the key of each purpose: data, volumes, logs, secrets, evidence, backup, notifications."
  value       = { for purpose, key in aws_kms_key.this : purpose => key.arn }
}

output "alias_arns" {
  description = "ARN of the alias of each purpose; it stays when a key is replaced."
  value       = { for purpose, alias in aws_kms_alias.this : purpose => alias.arn }
}
