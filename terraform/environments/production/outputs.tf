output "manifest_values" {
  description = "What k8s/overlays/production/environment.yaml takes from here."
  value = merge(
    {
      name            = local.stage
      region          = local.region
      domain          = var.domain
      network-cidr    = module.network.vpc_cidr_block
      hosted-zone-id  = var.hosted_zone_id
      backup-bucket   = module.recovery.backup_bucket_name
      backup-key-arn  = module.encryption.alias_arns.backup
      secret-database = "evenkeel/${local.stage}/database"
      secret-cache    = "evenkeel/${local.stage}/cache"
    },
    # Where the load balancer is.
    { for index, range in module.network.internal_cidr_blocks : "load-balancer-cidr-${["a", "b", "c"][index]}" => range },
    { for name, arn in module.identity.service_account_role_arns : "role-${name}" => arn },
    { for name, arn in module.edge.target_group_arns : "target-group-${name}" => arn },
  )
}

output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = module.cluster.cluster_name
}

output "hosts" {
  description = "Where the services answer, by service."
  value       = module.edge.hosts
}

output "prometheus_endpoint" {
  description = "Where the cluster's Prometheus writes to."
  value       = module.observability.prometheus_endpoint
}

output "alert_topic_arn" {
  description = "Where Alertmanager publishes what the control plane is to answer."
  value       = module.control-plane.alert_topic_arn
}

output "alarm_names" {
  description = "All alarms that Terraform made."
  value       = module.observability.alarm_names
}

output "github_release_role_arn" {
  description = "Role with which GitHub releases."
  value       = module.identity.github_release_role_arn
}

output "github_deploy_role_arn" {
  description = "Role with which GitHub deploys the control plane."
  value       = module.identity.github_deploy_role_arn
}
