output "traffic_rules" {
  description = "Listener rule and target groups by service, in the shape of the setting TRAFFIC_RULES."
  value = {
    for name, rule in aws_lb_listener_rule.service : name => {
      rule  = rule.arn
      blue  = aws_lb_target_group.slot["${name}-blue"].arn
      green = aws_lb_target_group.slot["${name}-green"].arn
    }
  }
}

output "probe_addresses" {
  description = "Where to ask, by service: as users do, and each slot; in the shape of the setting PROBE_ADDRESSES."
  value = {
    for name, host in local.hosts : name => {
      public = { url = "https://${host}/", headers = {} }
      blue = {
        url     = "https://${local.slots_host}:${aws_lb_listener.slots.port}/"
        headers = { "x-evenkeel-service" = name, "x-evenkeel-slot" = "blue" }
      }
      green = {
        url     = "https://${local.slots_host}:${aws_lb_listener.slots.port}/"
        headers = { "x-evenkeel-service" = name, "x-evenkeel-slot" = "green" }
      }
    }
  }
}

output "target_group_arns" {
  description = "Target groups by <service>-<slot>, as the TargetGroupBindings name them."
  value       = { for name, group in aws_lb_target_group.slot : name => group.arn }
}

output "target_group_arn_suffixes" {
  description = "The dimension TargetGroup of metrics, by service and slot."
  value = {
    for service in keys(var.services) : service => {
      for slot in ["blue", "green"] : slot => aws_lb_target_group.slot["${service}-${slot}"].arn_suffix
    }
  }
}

output "load_balancer_arn_suffix" {
  description = "The dimension LoadBalancer of metrics."
  value       = aws_lb.this.arn_suffix
}

output "load_balancer_dns_name" {
  description = "AWS's name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "load_balancer_security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.this.id
}

output "certificate_arn" {
  description = "Certificate of the load balancer."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "distribution_id" {
  description = "CloudFront distribution; null without content delivery."
  value       = one(aws_cloudfront_distribution.this[*].id)
}

output "hosts" {
  description = "Host names by service."
  value       = local.hosts
}

output "public_target" {
  description = "What the names lead to: CloudFront, or the load balancer."
  value       = local.public_address.name
}

output "region_health_check_id" {
  description = "Health check that asks this region the way users come; null where it is alone."
  value       = one(aws_route53_health_check.region[*].id)
}

output "moving_names" {
  description = "The names that a failover moves, and the one that a drill does; empty where the region is alone."
  value       = local.takes_part ? concat(sort(values(local.hosts)), [local.drill_host]) : []
}

output "test_listener" {
  description = "Where the load balancer answers the control plane, and nobody else."
  value       = { host = aws_lb.this.dns_name, port = aws_lb_listener.slots.port }
}
