output "instance_id" {
  description = "Name of the primary, as in alarms and events."
  value       = aws_db_instance.this.identifier
}

output "instance_arn" {
  description = "The primary, for backup plans and for replicas in other regions."
  value       = aws_db_instance.this.arn
}

output "resource_id" {
  description = "Id that stays when the instance is renamed; rds-db:connect names it."
  value       = aws_db_instance.this.resource_id
}

output "read_replica_ids" {
  description = "Names of the read replicas."
  value       = aws_db_instance.replica[*].identifier
}

output "address" {
  description = "Host name of the primary."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "TCP port of all instances."
  value       = local.port
}

output "engine_version" {
  description = "PostgreSQL version that runs."
  value       = aws_db_instance.this.engine_version_actual
}

output "parameter_group_name" {
  description = "Parameter group of all instances; a restored database needs the same."
  value       = aws_db_parameter_group.this.name
}

output "security_group_id" {
  description = "Security group of all instances."
  value       = aws_security_group.this.id
}

output "fence_security_group_id" {
  description = "Security group without rules, for a failover; null where nothing takes this database's place."
  value       = one(aws_security_group.fence[*].id)
}

output "secret_arn" {
  description = "Secret evenkeel/<stage>/database: JSON with host, port, dbname, username, password, url and readers."
  value       = aws_secretsmanager_secret.this.arn
}

output "log_group_names" {
  description = "Log groups of all instances."
  value       = [for group in aws_cloudwatch_log_group.this : group.name]
}
