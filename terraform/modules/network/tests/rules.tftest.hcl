mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage        = "production"
  cidr_block   = "10.20.0.0/16"
  logs_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/logs"
}

run "rule_nothing_is_reachable_by_default" {
  assert {
    condition     = length(aws_default_security_group.this.ingress) + length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group must let nothing in or out."
  }

  assert {
    condition     = length(aws_default_network_acl.this.ingress) + length(aws_default_network_acl.this.egress) == 0
    error_message = "The default network ACL must let nothing in or out."
  }

  assert {
    condition     = length(aws_default_route_table.this.route) == 0
    error_message = "The default route table must lead nowhere."
  }
}

run "rule_no_address_is_public_unasked" {
  assert {
    condition = length(local.zones) == 3 && alltrue([
      for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.data), values(aws_subnet.internal)) : !subnet.map_public_ip_on_launch
    ])
    error_message = "No subnet may give public addresses to what starts in it."
  }
}

run "rule_only_public_subnets_lead_to_the_internet_gateway" {
  assert {
    condition     = aws_route.public_to_internet.route_table_id == aws_route_table.public.id
    error_message = "The route to the internet gateway must be in the public route table."
  }

  assert {
    condition     = length(aws_route.private_to_nat) == 3 && alltrue([for route in aws_route.private_to_nat : route.gateway_id == null])
    error_message = "Private subnets must go out through NAT, never through the internet gateway."
  }

  assert {
    condition     = length(aws_route_table.data.route) == 0 && alltrue([for association in aws_route_table_association.data : association.route_table_id == aws_route_table.data.id])
    error_message = "Data subnets must have no route out of the network."
  }
}

run "rule_data_subnets_speak_with_the_network_only" {
  assert {
    condition     = length(aws_network_acl_rule.data) == 2 && alltrue([for rule in aws_network_acl_rule.data : rule.cidr_block == var.cidr_block])
    error_message = "The data subnets' ACL must name the network's own range only."
  }
}

run "rule_load_balancers_without_a_public_address_stand_apart_from_pods" {
  assert {
    condition     = length(setintersection(output.internal_cidr_blocks, output.private_cidr_blocks)) == 0 && length(output.internal_cidr_blocks) == 3
    error_message = "A load balancer inside must have subnets of its own: pods let its ranges in."
  }

  assert {
    condition     = length(aws_route_table.internal.route) == 0 && alltrue([for association in aws_route_table_association.internal : association.route_table_id == aws_route_table.internal.id])
    error_message = "Internal subnets must have no route out of the network."
  }

  assert {
    condition     = length(aws_network_acl_rule.internal) == 2 && alltrue([for rule in aws_network_acl_rule.internal : rule.cidr_block == var.cidr_block])
    error_message = "The internal subnets' ACL must name the network's own range only."
  }
}

run "rule_another_region_may_ask_whether_this_one_answers_and_nothing_else" {
  variables {
    peer_cidr_blocks = ["10.30.0.0/16"]
  }

  assert {
    condition = [for rule in aws_network_acl_rule.data_peer_in : [rule.cidr_block, rule.from_port, rule.to_port]] == [["10.30.0.0/16", 5432, 5432]] && (
      [for rule in aws_network_acl_rule.internal_peer_in : [rule.cidr_block, rule.from_port, rule.to_port]] == [["10.30.0.0/16", 8443, 8443]]
    )
    error_message = "Another region may reach the database's port and the load balancer's test listener only."
  }

  assert {
    condition     = length(aws_network_acl_rule.peer_answers) == 2 && alltrue([for rule in aws_network_acl_rule.peer_answers : rule.egress && rule.cidr_block == "10.30.0.0/16" && rule.from_port == 1024])
    error_message = "Both tiers must be able to answer, and nothing more."
  }
}

run "rule_no_other_region_may_ask_by_default" {
  assert {
    condition     = length(aws_network_acl_rule.data_peer_in) + length(aws_network_acl_rule.internal_peer_in) + length(aws_network_acl_rule.peer_answers) == 0
    error_message = "Without peers no range of another network may be named."
  }
}

run "rule_every_tier_has_three_zones_without_overlap" {
  assert {
    condition = alltrue([
      for tier in [aws_subnet.public, aws_subnet.private, aws_subnet.data, aws_subnet.internal] : length(distinct(values(tier)[*].availability_zone)) == 3
    ])
    error_message = "Each tier must have a subnet in each of three zones."
  }

  assert {
    condition = length(distinct(flatten(values(local.subnets)))) == 15 && alltrue([
      for range in concat(local.subnets.public, local.subnets.data, local.subnets.isolated, local.subnets.internal) :
      !contains(local.subnets.private, "${cidrhost("${cidrhost(range, 0)}/18", 0)}/18")
    ])
    error_message = "No range, the isolated ones included, may lie in another."
  }
}

run "rule_a_zone_that_fails_takes_no_other_with_it" {
  assert {
    condition = length(aws_nat_gateway.this) == 3 && alltrue([
      for zone, route in aws_route.private_to_nat : route.nat_gateway_id == aws_nat_gateway.this[zone].id
    ])
    error_message = "By default each zone must go out through a NAT gateway of its own."
  }
}

run "rule_a_single_nat_gateway_serves_all_zones_where_asked" {
  variables {
    nat_gateways = "single"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.private_to_nat) == 3
    error_message = "With a single NAT gateway all three private subnets must still have a way out."
  }
}

run "rule_traffic_is_logged_encrypted_and_kept" {
  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_flow_log.this.vpc_id == aws_vpc.this.id
    error_message = "Flow logs must record all traffic of the network, refused traffic too."
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow_logs.kms_key_id == var.logs_key_arn && aws_cloudwatch_log_group.flow_logs.retention_in_days >= 365
    error_message = "Flow logs must be encrypted with the logs key and kept for a year by default."
  }
}

run "rule_endpoints_answer_the_network_only" {
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.endpoints.cidr_ipv4 == var.cidr_block &&
      aws_vpc_security_group_ingress_rule.endpoints.from_port == 443 &&
      aws_vpc_security_group_ingress_rule.endpoints.to_port == 443
    )
    error_message = "Interface endpoints must take HTTPS from inside the network and nothing else."
  }

  assert {
    condition = length(aws_vpc_endpoint.interface) > 0 && alltrue([
      for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.security_group_ids == toset([aws_security_group.endpoints.id])
    ])
    error_message = "Every interface endpoint must be found by the service's own name and stand behind the endpoints' security group."
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.gateway)) == toset(["s3", "dynamodb"])
    error_message = "S3 and DynamoDB must have gateway endpoints."
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = length(data.aws_iam_policy_document.flow_logs.statement) > 0 && alltrue(flatten([
      for document in [data.aws_iam_policy_document.flow_logs, data.aws_iam_policy_document.flow_logs_trust] : [
        for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]
      ]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}
