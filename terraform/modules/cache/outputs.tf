output "replication_group_id" {
  description = "Name of the cache."
  value       = aws_elasticache_replication_group.this.replication_group_id
}

output "replication_group_arn" {
  description = "The cache, for policies."
  value       = aws_elasticache_replication_group.this.arn
}

output "node_ids" {
  description = "Names of the nodes, as in alarms and events."
  # By the rule that ElastiCache makes them with, so that they are known when alarms on them are planned.
  value = [for index in range(var.node_count) : format("%s-%03d", local.name, index + 1)]
}

output "address" {
  description = "Host name that always leads to the primary."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "port" {
  description = "TCP port of all nodes, TLS only."
  value       = local.port
}

output "security_group_id" {
  description = "Security group of all nodes."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "Secret evenkeel/<stage>/cache: JSON with host, reader, port, token and url."
  value       = aws_secretsmanager_secret.this.arn
}

output "log_group_names" {
  description = "Log groups of slow commands and of the engine."
  value       = [for group in aws_cloudwatch_log_group.this : group.name]
}
