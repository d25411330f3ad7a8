output "alarm_topic_arn" {
  description = "Topic that tells people of alarms; the parameter alarm-topic-arn."
  # A publisher must not start before it is allowed to.
  value = aws_sns_topic_policy.alarms.arn
}

output "alarm_names" {
  description = "All alarms."
  value = sort(concat(
    keys(aws_cloudwatch_metric_alarm.traffic),
    values(aws_cloudwatch_metric_alarm.unmeasured)[*].alarm_name,
    [aws_cloudwatch_metric_alarm.edge_failures.alarm_name],
    keys(aws_cloudwatch_metric_alarm.this),
  ))
}

output "prometheus_workspace_arn" {
  description = "Workspace that the cluster's Prometheus writes to."
  value       = aws_prometheus_workspace.this.arn
}

output "prometheus_endpoint" {
  description = "Where Prometheus is written to and asked."
  value       = aws_prometheus_workspace.this.prometheus_endpoint
}

output "opensearch_endpoint" {
  description = "Host name of OpenSearch, inside the network only."
  value       = aws_opensearch_domain.this.endpoint
}

output "opensearch_arn" {
  description = "The store for logs, for policies."
  value       = aws_opensearch_domain.this.arn
}

output "opensearch_security_group_id" {
  description = "Security group of OpenSearch."
  value       = aws_security_group.opensearch.id
}

output "grafana_endpoint" {
  description = "Host name of the managed Grafana; null without one."
  value       = one(aws_grafana_workspace.this[*].endpoint)
}
