mock_provider "aws" {
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "cloudfront"
  source = "../../mocks"
}

variables {
  stage                  = "production"
  domain                 = "mcp-ui.example.com"
  hosted_zone_id         = "Z0123456789EXAMPLE"
  vpc_id                 = "vpc-1"
  public_subnet_ids      = ["subnet-pa", "subnet-pb", "subnet-pc"]
  internal_subnet_ids    = ["subnet-a", "subnet-b", "subnet-c"]
  node_security_group_id = "sg-nodes"
  prober_cidrs           = ["10.20.0.0/16"]
  services = {
    mcp-manager  = { host = "api", priority = 10, port = 8080, health_path = "/health" }
    mcp-frontend = { host = "", priority = 20, port = 8443, protocol = "HTTPS", health_path = "/healthz" }
  }
}

# Told apart, so that a rule that leads to the wrong slot, or on the wrong listener, is seen.
override_resource {
  target = aws_lb_listener.slots
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/mocked/0123456789abcdef/8443" }
}

override_resource {
  target = aws_lb_target_group.slot["mcp-manager-blue"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/mcp-manager-blue/0123456789abcdef" }
}

override_resource {
  target = aws_lb_target_group.slot["mcp-manager-green"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/mcp-manager-green/0123456789abcdef" }
}

override_resource {
  target = aws_lb_target_group.slot["mcp-frontend-blue"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/mcp-frontend-blue/0123456789abcdef" }
}

override_resource {
  target = aws_lb_target_group.slot["mcp-frontend-green"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/mcp-frontend-green/0123456789abcdef" }
}

run "rule_behind_content_delivery_the_load_balancer_is_not_public" {
  assert {
    condition     = aws_lb.this.internal && aws_lb.this.subnets == toset(var.internal_subnet_ids)
    error_message = "Behind CloudFront the load balancer must be inside the network."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.users) == 0 && length(aws_vpc_security_group_ingress_rule.cloudfront) == 1
    error_message = "Behind CloudFront nobody else may reach the load balancer."
  }

  assert {
    condition     = alltrue([for origin in aws_cloudfront_distribution.this[0].origin : length(origin.vpc_origin_config) == 1 && length(origin.custom_origin_config) == 0])
    error_message = "CloudFront must reach the load balancer inside the network, not over the internet."
  }
}

run "rule_without_content_delivery_only_the_web_ports_are_public" {
  variables {
    content_delivery = false
    prober_cidrs     = ["198.51.100.7/32"]
  }

  assert {
    condition     = !aws_lb.this.internal && length(aws_cloudfront_distribution.this) == 0
    error_message = "Without CloudFront users must reach the load balancer."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.users : rule.from_port]) == toset([80, 443]) && alltrue([for rule in aws_vpc_security_group_ingress_rule.users : rule.from_port == rule.to_port])
    error_message = "Only 80, which redirects, and 443 may be open to everybody."
  }

  assert {
    condition = length(aws_vpc_security_group_ingress_rule.probers) > 0 && alltrue([
      for rule in aws_vpc_security_group_ingress_rule.probers : rule.cidr_ipv4 != "0.0.0.0/0" && contains(var.prober_cidrs, rule.cidr_ipv4)
    ])
    error_message = "What is not released must be reachable from the named ranges only."
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.load_balancer) == 1
    error_message = "The firewall must stand where users come in."
  }
}

run "rule_nothing_is_served_without_tls_1_2" {
  assert {
    condition = alltrue([
      for listener in [aws_lb_listener.https, aws_lb_listener.slots] : listener.protocol == "HTTPS" && startswith(listener.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    ])
    error_message = "Listeners must speak TLS 1.2 or newer."
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Plain HTTP must be redirected, never answered."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "CloudFront must demand TLS 1.2 of 2021 or newer."
  }

  assert {
    condition = alltrue([
      for behavior in concat(aws_cloudfront_distribution.this[0].default_cache_behavior, aws_cloudfront_distribution.this[0].ordered_cache_behavior) :
      contains(["redirect-to-https", "https-only"], behavior.viewer_protocol_policy)
    ])
    error_message = "CloudFront must redirect plain HTTP."
  }
}

run "rule_the_load_balancer_is_strict_logged_and_protected" {
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest"
    error_message = "Requests that can be read in two ways must be refused."
  }

  assert {
    condition     = aws_lb.this.access_logs[0].enabled && aws_lb.this.access_logs[0].bucket == aws_s3_bucket.logs["access"].id
    error_message = "Every request must be logged."
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection && alltrue([for bucket in aws_s3_bucket.logs : !bucket.force_destroy])
    error_message = "By default neither the load balancer nor its logs may be deleted by a slip."
  }
}

run "rule_a_service_begins_on_blue_and_is_not_sticky" {
  assert {
    condition = length(aws_lb_listener_rule.service) == 2 && alltrue([
      for name, rule in aws_lb_listener_rule.service :
      { for group in rule.action[0].forward[0].target_group : group.arn => group.weight } == {
        (aws_lb_target_group.slot["${name}-blue"].arn)  = 100
        (aws_lb_target_group.slot["${name}-green"].arn) = 0
      }
    ])
    error_message = "Each service must have one rule that forwards to both of its slots, at first all to blue."
  }

  assert {
    condition = alltrue([for rule in aws_lb_listener_rule.service : !rule.action[0].forward[0].stickiness[0].enabled]) && alltrue([
      for group in aws_lb_target_group.slot : !group.stickiness[0].enabled
    ])
    error_message = "A sticky client would stay on a bad slot after an undo."
  }
}

run "rule_each_slot_is_tried_by_the_address_that_the_control_plane_is_told" {
  assert {
    condition = length(aws_lb_listener_rule.slot) == 4 && alltrue([
      for name, slot in local.slots :
      { for condition in aws_lb_listener_rule.slot[name].condition : lower(condition.http_header[0].http_header_name) => one(condition.http_header[0].values) }
      == output.probe_addresses[slot.service][slot.slot].headers
    ])
    error_message = "The headers of a probe's address must be those that its listener rule asks for."
  }

  assert {
    condition = alltrue([
      for name, slot in local.slots : aws_lb_listener_rule.slot[name].action[0].target_group_arn == aws_lb_target_group.slot[name].arn &&
      aws_lb_listener_rule.slot[name].listener_arn == aws_lb_listener.slots.arn
    ])
    error_message = "A slot's rule must lead to that slot, on the test listener, and never on the public one."
  }

  assert {
    condition     = aws_route53_record.slots.name == "slots-production.mcp-ui.example.com" && contains(aws_acm_certificate.this.subject_alternative_names, "*.mcp-ui.example.com")
    error_message = "The test listener's name must resolve and be in the certificate."
  }

  assert {
    condition     = length(distinct([for rule in aws_lb_listener_rule.slot : rule.priority])) == 4
    error_message = "Rules of the test listener must have distinct priorities."
  }
}

run "rule_the_control_plane_is_told_what_it_reads" {
  assert {
    condition = toset(keys(output.traffic_rules)) == toset(keys(var.services)) && alltrue([
      for route in output.traffic_rules : toset(keys(route)) == toset(["rule", "blue", "green"])
    ])
    error_message = "traffic_rules must have the shape of the setting TRAFFIC_RULES."
  }

  assert {
    condition = toset(keys(output.probe_addresses)) == toset(keys(var.services)) && alltrue([
      for address in output.probe_addresses : toset(keys(address)) == toset(["public", "blue", "green"])
    ])
    error_message = "probe_addresses must have the shape of the setting PROBE_ADDRESSES."
  }
}

run "rule_users_reach_a_service_on_the_public_listener" {
  assert {
    condition     = length(aws_lb_listener_rule.service) == 2 && alltrue([for rule in aws_lb_listener_rule.service : rule.listener_arn == aws_lb_listener.https.arn])
    error_message = "A service's rule must be on the listener that users reach."
  }
}

run "rule_an_unknown_name_is_nobodys" {
  assert {
    condition     = alltrue([for listener in [aws_lb_listener.https, aws_lb_listener.slots] : listener.default_action[0].type == "fixed-response"])
    error_message = "What no rule names must not be forwarded."
  }
}

run "rule_logs_are_private_encrypted_and_forgotten" {
  assert {
    condition = length(aws_s3_bucket_public_access_block.logs) == 2 && alltrue([
      for block in aws_s3_bucket_public_access_block.logs : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "Every bucket must refuse to be public."
  }

  assert {
    condition     = toset(keys(aws_s3_bucket_server_side_encryption_configuration.logs)) == toset(keys(aws_s3_bucket.logs))
    error_message = "Every bucket must be encrypted."
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.logs) == 2 && alltrue([for lifecycle in aws_s3_bucket_lifecycle_configuration.logs : lifecycle.rule[0].expiration[0].days == var.access_log_retention_days])
    error_message = "Logs hold addresses of people and must be forgotten in time."
  }

  assert {
    condition = alltrue(flatten([
      for document in data.aws_iam_policy_document.logs : [
        anytrue([for statement in document.statement : statement.effect == "Deny" && anytrue([for condition in statement.condition : condition.variable == "aws:SecureTransport"])]),
        [for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]],
        [for statement in document.statement : anytrue([for condition in statement.condition : condition.variable == "aws:SourceAccount"]) if statement.effect != "Deny"],
      ]
    ]))
    error_message = "Buckets must refuse plain HTTP, name every action, and take logs of this account only."
  }
}

run "rule_pods_take_requests_from_the_load_balancer_on_their_ports_only" {
  assert {
    condition = toset(keys(aws_vpc_security_group_ingress_rule.pods)) == toset(["8080", "8443"]) && alltrue([
      for rule in aws_vpc_security_group_ingress_rule.pods :
      rule.referenced_security_group_id == aws_security_group.this.id && rule.from_port == rule.to_port && rule.security_group_id == var.node_security_group_id
    ])
    error_message = "Pods must be open for the load balancer on the services' ports and nothing else."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.pods) == 2 && alltrue([for rule in aws_vpc_security_group_egress_rule.pods : rule.referenced_security_group_id == var.node_security_group_id])
    error_message = "The load balancer must speak to pods and nobody else."
  }
}

run "rule_the_firewall_is_optional_and_counts_at_the_users_door" {
  assert {
    condition     = length(module.firewall_of_cloudfront) == 1 && length(module.firewall_of_load_balancer) == 0
    error_message = "Behind CloudFront the firewall must count users' addresses, not CloudFront's."
  }
}

run "rule_no_firewall_leaves_nothing_of_it" {
  variables {
    firewall_requests_per_5_minutes = null
  }

  assert {
    condition     = length(module.firewall_of_cloudfront) + length(module.firewall_of_load_balancer) + length(aws_wafv2_web_acl_association.load_balancer) == 0 && length(aws_s3_bucket.logs) == 1
    error_message = "Without a firewall there must be neither an ACL nor a bucket for its log."
  }
}

run "rule_a_region_that_is_alone_asks_for_no_health" {
  assert {
    condition = length(aws_route53_record.service) == 2 && alltrue([
      for record in aws_route53_record.service : record.type == "A" && record.set_identifier == "primary" && record.weighted_routing_policy[0].weight == 100 && record.health_check_id == null
    ])
    error_message = "Records of services must be weighted, be called primary, and be of a type that both regions have: one that stands alone is answered whatever its weight."
  }

  assert {
    condition = length(aws_route53_health_check.region) + length(aws_route53_record.drill) + length(aws_route53_record.region) + length(aws_lb_listener_rule.region) == 0 && (
      output.region_health_check_id == null && length(output.moving_names) == 0
    )
    error_message = "Where nothing can take its place a region must have neither health checks nor a name for drills."
  }
}

run "rule_the_primary_side_answers_as_long_as_its_region_does" {
  variables {
    failover = { side = "primary", drill_service = "mcp-manager" }
  }

  assert {
    condition = length(aws_route53_record.service) == 2 && alltrue([
      for record in concat(values(aws_route53_record.service), aws_route53_record.drill) :
      record.set_identifier == "primary" && record.weighted_routing_policy[0].weight == 100 && record.health_check_id == aws_route53_health_check.region[0].id
    ])
    error_message = "Each name must have a record called primary with all of the weight and the health check of the region: lib/adapters/failover/records.ts refuses any other."
  }

  assert {
    condition     = aws_route53_health_check.region[0].type == "HTTPS" && aws_route53_health_check.region[0].fqdn == "region-production.mcp-ui.example.com" && aws_route53_health_check.region[0].enable_sni
    error_message = "The checkers must ask as users do, by a name that leads to this region only."
  }

  assert {
    condition = one(aws_route53_record.region[*].name) == "region-production.mcp-ui.example.com" && length(aws_route53_record.region[0].weighted_routing_policy) == 0 && (
      one([for condition in aws_lb_listener_rule.region[0].condition : one(condition.host_header[0].values)]) == "region-production.mcp-ui.example.com" &&
      aws_lb_listener_rule.region[0].action[0].type == "fixed-response" && aws_lb_listener_rule.region[0].listener_arn == aws_lb_listener.https.arn
    )
    error_message = "The load balancer itself must answer the checkers: a bad release is no loss of the region."
  }

  assert {
    condition = anytrue([for condition in aws_lb_listener_rule.service["mcp-manager"].condition : contains(condition.host_header[0].values, "failover-drill.mcp-ui.example.com")]) && (
      !anytrue([for condition in aws_lb_listener_rule.service["mcp-frontend"].condition : contains(condition.host_header[0].values, "failover-drill.mcp-ui.example.com")])
    )
    error_message = "The drill's name must be answered by its service, and by no other."
  }

  assert {
    condition     = length(setsubtract(["api.mcp-ui.example.com", "mcp-ui.example.com", "region-production.mcp-ui.example.com", "failover-drill.mcp-ui.example.com"], aws_cloudfront_distribution.this[0].aliases)) == 0
    error_message = "CloudFront must know all names that lead to it, or it refuses them."
  }

  assert {
    condition     = output.moving_names == tolist(["api.mcp-ui.example.com", "mcp-ui.example.com", "failover-drill.mcp-ui.example.com"])
    error_message = "A control plane in the second region must be told each name that moves."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.follows) + length(aws_route53_health_check.second) + length(aws_route53_health_check.takes_writes) == 0
    error_message = "The primary side follows nobody."
  }
}

# In a state of its own: weights are set once, so those of the runs before would stay.
run "rule_no_name_leads_to_a_second_side_whose_database_takes_no_writes" {
  state_key = "second"

  variables {
    stage            = "second-region"
    content_delivery = false
    prober_cidrs     = ["198.51.100.7/32"]
    failover         = { side = "second", drill_service = "mcp-manager", replica_id = "evenkeel-second-region" }
  }

  assert {
    condition = length(aws_route53_record.service) == 2 && alltrue([
      for record in aws_route53_record.service :
      record.set_identifier == "second" && record.weighted_routing_policy[0].weight == 0 && record.health_check_id == aws_route53_health_check.second[0].id
    ])
    error_message = "Records of the second side must begin with weight 0, and be healthy only when it may be led to: Route 53 takes records of weight 0 when no other is healthy."
  }

  assert {
    condition = aws_route53_health_check.second[0].type == "CALCULATED" && aws_route53_health_check.second[0].child_health_threshold == 2 && (
      aws_route53_health_check.second[0].child_healthchecks == toset([aws_route53_health_check.region[0].id, aws_route53_health_check.takes_writes[0].id])
    )
    error_message = "The second side must be healthy only when the region answers and the database takes writes."
  }

  assert {
    condition = aws_route53_health_check.takes_writes[0].type == "CLOUDWATCH_METRIC" && aws_route53_health_check.takes_writes[0].cloudwatch_alarm_name == aws_cloudwatch_metric_alarm.follows[0].alarm_name && (
      aws_cloudwatch_metric_alarm.follows[0].metric_name == "ReplicaLag" && aws_cloudwatch_metric_alarm.follows[0].threshold == -1 &&
      aws_cloudwatch_metric_alarm.follows[0].dimensions == tomap({ DBInstanceIdentifier = "evenkeel-second-region" })
    )
    error_message = "That it takes writes is told by the lag that is no more: RDS says -1 when it cannot tell how far behind a copy is."
  }

  assert {
    condition     = aws_route53_record.drill[0].set_identifier == "second" && aws_route53_record.drill[0].weighted_routing_policy[0].weight == 0 && aws_route53_record.drill[0].health_check_id == aws_route53_health_check.region[0].id
    error_message = "A drill's name may lead here while the replica follows: what takes writes is the copy."
  }
}

run "rule_both_authorities_of_certificates_are_allowed" {
  assert {
    condition     = contains(aws_route53_record.certificate_authorities[0].records, "0 issue \"letsencrypt.org\"") && contains(aws_route53_record.certificate_authorities[0].records, "0 issue \"amazon.com\"")
    error_message = "Both authorities that certificates come from must be allowed, and no other."
  }
}

run "rule_content_delivery_enters_the_network_and_keeps_only_named_files" {
  assert {
    condition = length(aws_cloudfront_vpc_origin.this) == 1 && alltrue([
      for endpoint in aws_cloudfront_vpc_origin.this[0].vpc_origin_endpoint_config :
      endpoint.origin_protocol_policy == "https-only" && alltrue([for protocols in endpoint.origin_ssl_protocols : toset(protocols.items) == toset(["TLSv1.2"])])
    ])
    error_message = "CloudFront must speak to the load balancer by TLS 1.2 or newer only."
  }

  assert {
    condition     = aws_cloudfront_cache_policy.assets[0].default_ttl == 0 && contains(one(one(aws_cloudfront_cache_policy.assets[0].parameters_in_cache_key_and_forwarded_to_origin).headers_config).headers[0].items, "Host")
    error_message = "Files must be kept as long as the origin says, apart by host: services share the distribution."
  }

  assert {
    condition = [for behavior in aws_cloudfront_distribution.this[0].ordered_cache_behavior : behavior.path_pattern if behavior.cache_policy_id == aws_cloudfront_cache_policy.assets[0].id] == ["/assets/*"] && (
      aws_cloudfront_distribution.this[0].default_cache_behavior[0].cache_policy_id == data.aws_cloudfront_cache_policy.none[0].id
    )
    error_message = "Nothing but files that are named by their content may be kept."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].default_cache_behavior[0].origin_request_policy_id == data.aws_cloudfront_origin_request_policy.all[0].id
    error_message = "The origin must see the whole request, or it cannot tell one service from another."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.cloudfront[0].prefix_list_id == data.aws_ec2_managed_prefix_list.cloudfront[0].id && length(aws_vpc_security_group_ingress_rule.cloudfront[0].description) > 0
    error_message = "The way in must be CloudFront's own addresses, and say so in its description."
  }
}

run "rule_requests_at_the_edge_are_logged" {
  assert {
    condition = aws_cloudwatch_log_delivery_source.distribution[0].log_type == "ACCESS_LOGS" && (
      aws_cloudwatch_log_delivery.distribution[0].delivery_source_name == aws_cloudwatch_log_delivery_source.distribution[0].name
    )
    error_message = "CloudFront's access logs must be delivered."
  }
}

run "rule_certificates_have_elliptic_keys" {
  assert {
    condition     = alltrue([for certificate in concat([aws_acm_certificate.this], aws_acm_certificate.cloudfront) : certificate.key_algorithm == "EC_prime256v1"])
    error_message = "Certificates must have keys of P-256 (key_algorithm): handshakes of RSA cost the load balancer and the client more."
  }
}

run "rule_every_answer_has_security_headers" {
  assert {
    condition = alltrue([
      for behavior in concat(aws_cloudfront_distribution.this[0].default_cache_behavior, aws_cloudfront_distribution.this[0].ordered_cache_behavior) :
      behavior.response_headers_policy_id == aws_cloudfront_response_headers_policy.security[0].id
    ])
    error_message = "Every behaviour must add the security headers that its origin forgets."
  }

  assert {
    condition     = alltrue([for config in aws_cloudfront_response_headers_policy.security[0].security_headers_config : config.strict_transport_security[0].access_control_max_age_sec >= 31536000 && !config.content_security_policy[0].override])
    error_message = "HSTS must hold for a year or longer, and the origin's own policy for its pages must stay."
  }
}

run "rule_a_second_stage_of_the_domain_leaves_the_proof_alone" {
  variables {
    proof_record_enabled = false
  }

  assert {
    condition     = length(aws_route53_record.proof) == 0 && aws_acm_certificate_validation.this.validation_record_fqdns == null
    error_message = "Only one stage may own the record that proves the domain: destroyed, it would take away what others are renewed by."
  }
}
